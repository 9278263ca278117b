"""Made-up sites and answers for platform tests."""

from scrapers.address import Hosts
from scrapers.platforms.protocol import Answered, Listed
from scrapers.site import Column, Profile, Site

HOST = "www.qinghe.example"


def listed(
    platform: str,
    *,
    base_url: str = f"http://{HOST}",
    host: str = HOST,
    url: str | None = None,
    column: int | None = None,
    sid: str | None = None,
    rows: str | None = None,
) -> Listed:
    """Return a column of a made-up site."""
    one = Column(name="工作总结", url=url, column=column, sid=sid)
    site = Site(
        key="qinghe",
        name="清河区人民政府",
        region="990101",
        base_url=base_url,
        hosts=(host,),
        platform=platform,  # type: ignore[arg-type]
        columns=(one,),
        profile=Profile(rows=rows),
    )
    return Listed(site, one, Hosts(site.hosts, base_url))


def answered(url: str, payload: bytes | str, content_type: str | None = None) -> Answered:
    """Return a listing answer."""
    return Answered(url, payload.encode() if isinstance(payload, str) else payload, content_type)
