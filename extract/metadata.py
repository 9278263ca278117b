"""Title, dates, source and numbers of a page: the visible lines first, then its meta tags.

Meta tags after 国办发〔2017〕47号 (ArticleTitle, PubDate, ContentSource) are on most pages, in any case and
with dates of re-publication; what the page shows beside its title is what a reader would cite, so it wins.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.dates import read_day
from extract.headings import page_title, plain_text, site_names, visible_title
from extract.headline import dated_title, fields_of
from extract.lines import SILENT, fold_spaces, lines_of
from extract.strip import comparable, head_length, is_crumb, is_end, squeeze

_LINES_BEFORE_MAX, _LINES_AFTER_MAX = 60, 12
_LINES_NEAR_ABOVE, _LINES_NEAR_BELOW = 17, 8  # of the body: there stands its title
_DAY_TAGS = ("pubdate", "publishdate", "firstpublishedtime", "createdate")
_WRITTEN_SOURCE = re.compile(
    r"document\.write\(\s{0,5}[\"'][^\"'()]{0,80}来源\s{0,2}[:：]\s{0,2}([^\"'<>()]{2,60})[\"'<]"
)
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
    for node in tree.css("meta[name]")[:200]:
        attributes = node.attributes
        name = (attributes.get("name") or "").strip().lower()
        content = plain_text(attributes.get("content") or "")
        if content:
            found.setdefault(name, content)
    return found


def lines_before(container: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    """Return the visible lines above an element, up to the navigation path or to 60 lines.

    What stands nearest is looked at first: the siblings before it, then those before its parent, and so on.
    """
    chunks: list[list[str]] = []
    count = 0
    for sibling in _siblings(container, forward=False):
        lines = _node_lines(sibling, hidden)
        chunks.append(lines)
        count += len(lines)
        if count >= _LINES_BEFORE_MAX or any(is_crumb(line) for line in lines):
            break
    return [line for chunk in reversed(chunks) for line in chunk]


def lines_after(container: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    """Return the first visible lines below an element, where some pages print the source."""
    lines: list[str] = []
    for sibling in _siblings(container, forward=True):
        lines += _node_lines(sibling, hidden)
        if len(lines) >= _LINES_AFTER_MAX:
            break
    return lines[:_LINES_AFTER_MAX]


def _lines_above_footer(tree: LexborHTMLParser, hidden: AbstractSet[int]) -> list[str]:
    lines = lines_of(tree.body, hidden) if tree.body is not None else []
    return list(itertools.takewhile(lambda line: not is_end(line), lines))


def _siblings(container: LexborNode, *, forward: bool) -> Iterator[LexborNode]:
    node: LexborNode | None = container
    while node is not None and node.tag not in ("body", "html"):
        sibling = node.next if forward else node.prev
        while sibling is not None:
            yield sibling
            sibling = sibling.next if forward else sibling.prev
        node = node.parent


def _node_lines(node: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    tag = node.tag or ""
    if tag == "-text":
        line = fold_spaces(node.text_content or "")
        return [line] if line.strip() else []
    if tag.startswith("-") or tag in SILENT or node.mem_id in hidden:
        return []
    return lines_of(node, hidden)


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
    before = lines_before(container, hidden) if container is not None else _lines_above_footer(tree, hidden)
    shown = fields_of(before)
    near = [shown.get("title", ""), *before[-_LINES_NEAR_ABOVE:], *inside[:_LINES_NEAR_BELOW]]
    title = (visible_title(tree, metas, near, hidden) or "").replace("\t", " ") or None
    if not {"source", "published"} & shown.keys():
        head = head_length(inside, title)
        before = [*before, *inside[:head]]
        shown = fields_of(before)
        inside = inside[head:]
    shown.setdefault("published", _day_beside_title(title, before))
    is_told = bool(shown.get("source") and shown.get("published"))
    below = {} if is_told or container is None else fields_of(lines_after(container, hidden))
    source = shown.get("source") or below.get("source") or _written_source(page) or metas.get("contentsource")
    published, warnings = _first_day(
        shown.get("published"), below.get("published"), *map(metas.get, _DAY_TAGS)
    )
    facts = Facts(
        title=title,
        published_on=published,
        issued_on=read_day(shown.get("issued")),
        document_number=squeeze(shown.get("number", "")) or number_in_text(title, inside),
        index_number=shown.get("index"),
        publisher=shown.get("publisher") or publisher_of_crumbs(before),
        source=_without_site_name(source, site_names(metas, page_title(tree))),
        warnings=warnings,
    )
    return facts, inside


def _day_beside_title(title: str | None, lines: Sequence[str]) -> str:
    dated = (dated_title(line) for line in lines)
    return next((day for own, day in dated if day and comparable(own) == comparable(title or "")), "")


def _first_day(*written: str | None) -> tuple[date | None, tuple[str, ...]]:
    told = [text for text in written if text]
    for text in told:
        day = read_day(text)
        if day is not None:
            return day, ()
    return None, (f"published: {told[0][:40]!r} is no day that can be read",) if told else ()


def _written_source(page: str) -> str | None:
    match = _WRITTEN_SOURCE.search(page)
    return match[1].strip() if match else None


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
