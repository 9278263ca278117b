"""Days and sources that a page shows by script, or keeps where no line shows them.

Some templates print the head line with document.write, some fill it from a variable, some tell the day only
in JSON-LD or in the attribute of a time element. A page may hold the values of other documents too, so a
value counts only where it is the only one of its kind.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

from extract.dates import DAY, read_day

_WRITTEN = r"document\.write(?:ln)?\(\s{0,5}[\"'][^\"'()]{0,80}"
_SOURCE = re.compile(rf"{_WRITTEN}来源\s{{0,2}}[:：]\s{{0,2}}([^\"'<>()]{{2,60}})[\"'<]")
_SOURCE_NAME = re.compile(
    rf"{_WRITTEN}来源\s{{0,2}}[:：][^\"'()]{{0,40}}[\"']\s{{0,5}}\+\s{{0,5}}(\w{{1,40}})\b"
)
_SOURCE_SCRIPT = re.compile(
    r"来源\s{0,2}[:：]\s{0,40}(?:<(?:span|b|em|i)>\s{0,40})?<script[^<>]{0,80}>([^<]{0,1200})"
)
_WRITTEN_VALUE = re.compile(r"document\.write\(\s{0,5}(?:[\"']([^\"'<>]{2,60})[\"']|(\w{1,40}))\s{0,5}\)")
_SHOWN_DAY = re.compile(rf"{_WRITTEN}(?:时间|日期)\s{{0,2}}[:：]\s{{0,2}}({DAY.pattern})")
_KEPT_DAY = re.compile(
    r"(?<!\w)(?:datePublished|pub(?:lish|lished)?_?(?:date|time)|release_?(?:date|time)|docRelTime)[\"']?"
    rf"\s{{0,5}}[:=]\s{{0,5}}[\"']({DAY.pattern})",
    re.IGNORECASE,
)
_DAY_METAS = (
    *("pubdate", "publishdate", "publishtime", "articlepublishedtime"),
    *("datepublished", "firstpublishedtime", "releasedate", "createdate"),
)
_META_MARKS = re.compile(r"[-_.:]")
_PAGE_MAX, _TIMES_MAX = 2_000_000, 50
_NEAR = 2_000  # characters around a script that writes a variable


def written_source(page: str) -> str | None:
    """Return the source that a script writes into the page, as text or from a variable."""
    match = _SOURCE.search(page)
    if match:
        return match[1].strip()
    named = _SOURCE_NAME.search(page)
    if named:
        return _value_of(named[1], page[max(0, named.start() - _NEAR) : named.end() + _NEAR])
    waited = _SOURCE_SCRIPT.search(page)
    written = _WRITTEN_VALUE.search(waited[1]) if waited else None
    if waited is None or written is None:
        return None
    return written[1] or _value_of(written[2], waited[1])


def _value_of(name: str, script: str) -> str | None:
    value = re.search(rf"(?<!\w){re.escape(name)}\s{{0,5}}=\s{{0,5}}[\"']([^\"'<>]{{2,60}})[\"']", script)
    return value[1].strip() if value else None


def unshown_days(tree: LexborHTMLParser, page: str, metas: Mapping[str, str]) -> Iterator[str | None]:
    """Yield the days that no line of the page shows, the nearest to what a reader sees first; each is looked
    for only when it is asked for.
    """
    yield shown_day(page)
    yield marked_day(tree)
    yield from meta_days(metas)
    yield kept_day(page)


def shown_day(page: str) -> str | None:
    """Return the day that a script writes behind a label."""
    match = _SHOWN_DAY.search(page)
    return match[1] if match else None


def marked_day(tree: LexborHTMLParser) -> str | None:
    """Return the day of the page's time elements, None where they name several."""
    nodes = tree.css("time[datetime]")[:_TIMES_MAX]
    return _only(node.attributes.get("datetime") or "" for node in nodes)


def meta_days(metas: Mapping[str, str]) -> list[str]:
    """Return the days of publication that meta tags tell, the most telling name first."""
    by_name = {_META_MARKS.sub("", name): content for name, content in metas.items()}
    return [by_name[name] for name in _DAY_METAS if name in by_name]


def kept_day(page: str) -> str | None:
    """Return the day that the page's scripts and JSON-LD hold, None where they hold several."""
    return _only(match[1] for match in _KEPT_DAY.finditer(page[:_PAGE_MAX]))


def _only(written: Iterable[str]) -> str | None:
    days = {day: text for text in written if (day := read_day(text)) is not None}
    return next(iter(days.values())) if len(days) == 1 else None
