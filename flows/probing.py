"""Recognise the platform of an address and write a first site file for it."""

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.decode import decode
from extract.errors import GongkaiError
from scrapers.address import Hosts, canonical
from scrapers.answer import Answer
from scrapers.errors import UnreadableError
from scrapers.probe import Seen, look_over, site_toml, together
from scrapers.turns import OwnTurn, Turns
from scrapers.visit import visiting

DELAY_S = 1.0
_COMMON_LABELS = ("www", "gov", "cn", "com", "net", "org")
_KEY_LONGEST = 40


class NoAnswerError(GongkaiError):
    """The address gave nothing to look at."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The platform's name, the signs that told it, the names of the columns that were found, and the text of
    a site file to be completed.
    """

    platform: str
    signs: tuple[str, ...]
    columns: tuple[str, ...]
    site_file: str


async def probe(url: str, *, contact: str | None, turns: Turns = OwnTurn) -> Probe:
    """Ask for `url`, and where it tells too little for one page more; robots.txt is obeyed.

    `turns` are those of the crawls that may go on meanwhile. NoAnswerError says why there is nothing to
    recognise.
    """
    if canonical(url) is None:
        raise NoAnswerError(f"{url}: is no http or https address")
    hosts = Hosts([urlsplit(url).netloc.lower()], url)
    async with visiting(hosts, delay_s=DELAY_S, contact=contact, turns=turns) as visitor:
        answer = await visitor.get(url)
        seen = _seen(answer)
        if seen.further is not None:
            with suppress(NoAnswerError):
                seen = together(seen, _seen(await visitor.get(seen.further)))
    place = urlsplit(answer.final_url)
    text = site_toml(
        key=_key(place.hostname or ""),
        name=seen.site_name or place.hostname or "",
        base_url=f"{place.scheme}://{place.netloc}",
        platform=seen.platform,
        columns=seen.columns,
        signs=seen.signs,
    )
    return Probe(seen.platform, seen.signs, tuple(column.name for column in seen.columns), text)


def _seen(answer: Answer) -> Seen:
    if answer.payload is None or answer.outcome != "ok":
        raise NoAnswerError(f"{answer.url}: {answer.reason or answer.outcome}")
    try:
        return look_over(answer.final_url, decode(answer.payload, answer.content_type).text)
    except UnreadableError as error:
        raise NoAnswerError(f"{answer.url}: {error}") from None


def _key(host: str) -> str:
    """Return the telling labels of a host, those that are not common ones; of an address its digits."""
    labels = host.split(".") if host.replace(".", "").isdigit() else _telling(host)
    return "-".join(labels)[:_KEY_LONGEST].strip("-") or "site"


def _telling(host: str) -> list[str]:
    return [label for label in host.split(".") if label not in _COMMON_LABELS]
