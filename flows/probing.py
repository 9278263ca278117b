"""Recognise the platform of an address and write a first site file for it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.decode import decode
from extract.errors import GongkaiError
from scrapers.probe import recognise, report_columns, site_toml
from scrapers.visit import look

_COMMON_LABELS = ("www", "gov", "cn", "com", "net", "org")


class NoAnswerError(GongkaiError):
    """The address gave nothing to look at."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The platform's name, the signs that told it, and the text of a site file to be completed."""

    platform: str
    signs: tuple[str, ...]
    site_file: str


async def probe(url: str, *, contact: str | None) -> Probe:
    """Ask for `url` once, obeying its robots.txt; NoAnswerError says why there is nothing to recognise."""
    answer = await look(url, contact=contact)
    if answer.payload is None or answer.outcome != "ok":
        raise NoAnswerError(f"{url}: {answer.reason or answer.outcome}")
    html = decode(answer.payload, answer.content_type).text
    platform, signs = recognise(answer.final_url, html)
    place = urlsplit(answer.final_url)
    text = site_toml(
        key=_key(place.hostname or ""),
        name=place.hostname or "",
        base_url=f"{place.scheme}://{place.netloc}",
        platform=platform,
        columns=report_columns(answer.final_url, html),
        signs=signs,
    )
    return Probe(platform, signs, text)


def _key(host: str) -> str:
    """Return the telling label of a host, the last before the common ones; of an address its digits."""
    if host.replace(".", "").isdigit():
        return host.replace(".", "-")
    labels = [label for label in host.split(".") if label not in _COMMON_LABELS]
    return labels[-1] if labels else "site"
