"""Title, dates, source and numbers of a page: the visible lines first, then its meta tags.

Meta tags after 国办发〔2017〕47号 (ArticleTitle, PubDate, ContentSource) are on most pages, in any case and
with dates of re-publication; what the page shows beside its title is what a reader would cite, so it wins.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.dates import read_day
from extract.headings import page_title, plain_text, site_names, visible_title
from extract.headline import dated_title, fields_of
from extract.labels import Field
from extract.lines import joined, lines_of, spaced
from extract.strip import comparable, head_length, is_crumb, squeeze
from extract.surrounding import lines_above_footer, lines_after, lines_before
from extract.written import unshown_days, written_source

_HEAD_LINES_MAX = 12
_LINES_NEAR_ABOVE, _LINES_NEAR_BELOW = 17, 8  # of the body: there stands its title
_OFFICE = re.compile(
    r"[一-鿿]{2,20}(?:街道办事处|街道办|人民政府|镇政府|乡政府|委员会|管委会|办公室|办公厅|[局厅署院]|街道|法院|检察院)"
)
_DOCUMENT_NUMBER = re.compile(
    r"[一-鿿]{1,12}[〔\[（(［【]\s?(?:19|20)\d\d\s?[〕\]）)］】]\s?第?\s?\d{1,5}\s?号|[一-鿿]{2,20}令\s?第\s?\d{1,5}\s?号"
)
_CRUMB_MARK = re.compile(r"[>›»/〉》\t]+|→")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page tells about its document; `warnings` names what it told and could not be read."""

    title: str | None = None
    published_on: date | None = None
    issued_on: date | None = None
    document_number: str | None = None
    index_number: str | None = None
    publisher: str | None = None
    source: str | None = None
    warnings: tuple[str, ...] = ()


def meta_tags(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the page's meta tags by lower-case name; the first non-empty content of a name counts."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name], meta[property]")[:200]:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = plain_text(attributes.get("content") or "")
        if content:
            found.setdefault(name, content)
    return found


def read_facts(
    tree: LexborHTMLParser,
    page: str,
    metas: Mapping[str, str],
    container: LexborNode | None,
    inside: Sequence[str],
    hidden: AbstractSet[int],
) -> tuple[Facts, Sequence[str]]:
    """Return the facts of an HTML page, and the lines of its body.

    `page` is its text (for values that scripts write), `metas` its meta tags, `container` the element of
    its body, `inside` the lines in it, `hidden` the elements that are not shown. Where nothing above the
    element tells source or date, its first lines are looked at: they may be the page's head.
    """
    around = lines_before(container, hidden) if container is not None else lines_above_footer(tree, hidden)
    before, told = list(map(joined, around)), list(map(spaced, around))
    shown = fields_of(told)
    near = [shown.get("title", ""), *before[-_LINES_NEAR_ABOVE:], *inside[:_LINES_NEAR_BELOW]]
    title = (visible_title(tree, metas, near, hidden) or "").replace("\t", " ") or None
    if not {"source", "published"} & shown.keys() and container is not None:
        first = list(map(spaced, lines_of(container, hidden, apart=True)[:_HEAD_LINES_MAX]))
        head = head_length(first, title)
        before = [*before, *inside[:head]]
        shown = fields_of([*told, *first[:head]])
        inside = inside[head:]
    shown.setdefault("published", _day_beside_title(title, before))
    is_told = bool(shown.get("source") and shown.get("published"))
    below = {} if is_told or container is None else fields_of(_spaced_below(container, hidden))
    visible = (shown.get("published"), below.get("published"))
    published, warnings = _first_day(itertools.chain(visible, unshown_days(tree, page, metas)))
    facts = Facts(
        title=title,
        published_on=published,
        issued_on=read_day(shown.get("issued")),
        document_number=squeeze(shown.get("number", "")) or number_in_text(title, inside),
        index_number=shown.get("index"),
        publisher=shown.get("publisher") or shown.get("office") or publisher_of_crumbs(before),
        source=_without_site_name(_source(shown, below, page, metas), site_names(metas, page_title(tree))),
        warnings=warnings,
    )
    return facts, inside


def _spaced_below(container: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    return [spaced(line) for line in lines_after(container, hidden)]


def _source(
    shown: Mapping[Field, str], below: Mapping[Field, str], page: str, metas: Mapping[str, str]
) -> str | None:
    """Return the source: as labelled, as a script or a meta tag tells it, else the office that supplied the
    text, else the office that published it; the publisher of an index table is none.
    """
    told = shown.get("source") or below.get("source") or written_source(page)
    own = shown.get("supplier") or ("" if {"index", "number"} & shown.keys() else shown.get("office"))
    return told or metas.get("contentsource") or own


def _day_beside_title(title: str | None, lines: Sequence[str]) -> str:
    dated = (dated_title(line) for line in lines)
    return next((day for own, day in dated if day and comparable(own) == comparable(title or "")), "")


def _first_day(written: Iterable[str | None]) -> tuple[date | None, tuple[str, ...]]:
    unread = ""
    for text in written:
        day = read_day(text)
        if day is not None:
            return day, ()
        unread = unread or text or ""
    return None, (f"published: {unread[:40]!r} is no day that can be read",) if unread else ()


def _without_site_name(source: str | None, sites: AbstractSet[str]) -> str | None:
    """Drop the site's own name that some pages append to the source."""
    words = (source or "").split()
    if len(words) > 1 and comparable(words[-1]) in sites:
        words = words[:-1]
    return " ".join(words) or None


def publisher_of_crumbs(lines: Sequence[str]) -> str | None:
    """Return the office that a navigation path runs through (首页 > 某街道办事处 > 信息公开), if one does."""
    for line in reversed(lines):
        if not is_crumb(line):
            continue
        for step in _CRUMB_MARK.split(line):
            if _OFFICE.fullmatch(step.strip()):
                return step.strip()
    return None


def number_in_text(title: str | None, body: Sequence[str]) -> str | None:
    """Return the document number (文号) that stands alone in one of the first lines or closes the title."""
    for line in body[:8]:
        match = _DOCUMENT_NUMBER.fullmatch(line.strip("（）() "))
        if match:
            return squeeze(match[0])
    closing = list(_DOCUMENT_NUMBER.finditer(title or ""))
    return closing[-1][0] if closing and (title or "").rstrip("）)").endswith(closing[-1][0]) else None
