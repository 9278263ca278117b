"""Rows in list pages of any make: anchors that stand beside a date, in the largest group of their kind.

A list repeats one shape: the rows of one list have ancestors with the same tags and classes. Navigation
has no dates, and side panels have fewer rows or lead to other columns, so the largest dated group is the
list, and one whose links lie below the list's own folder counts more. Where nothing is dated, the largest
group of links to documents, known by the form of their addresses, is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from scrapers.address import canonical, joined
from scrapers.errors import UnreadableError
from scrapers.platforms.answers import clean
from scrapers.platforms.dates import count_dates, is_bare_date, read_date, written_date
from scrapers.platforms.protocol import Listed, Note, Row
from scrapers.platforms.rows import off_list_note, public_address
from scrapers.platforms.signs import is_document

_CLIMB = 3
_DEEPEST = 12
_ROW_TEXT = 600  # characters in a row beside its link: more is no row of a list
_SHAPE_DEPTH = 6
_OWN_FOLDER_WEIGHT = 4
_UNDATED_ROWS_MIN = 3

Pair = tuple[LexborNode, LexborNode]


@dataclass(frozen=True, slots=True)
class LinkedRows:
    """The rows of one list page, and the addresses that were dropped from it."""

    rows: tuple[Row, ...]
    dropped: tuple[str, ...]
    notes: tuple[Note, ...]


def linked_rows(listed: Listed, page: LexborHTMLParser, url: str, *, rows: str | None = None) -> LinkedRows:
    """Return the links of the page's main list.

    The selector `rows`, else `profile.rows` of the site file, overrules the search.
    Addresses are canonical with the site's own scheme. Links off the allow-list are dropped with a note.
    Raises UnreadableError where `profile.rows` is no CSS selector.
    """
    base = base_of(page, url)
    selector = rows or listed.site.profile.rows
    found = _chosen_rows(page, selector) if selector else _found_rows(page, base, url)
    own_address = canonical(url)
    kept: dict[str, Row] = {}
    off_list: list[str] = []
    for anchor, row in found:
        address = public_address(listed.hosts, base, _href(anchor))
        title = _title(anchor)
        if address is None or title is None or address == own_address:
            continue
        if listed.hosts.refusal(address):
            off_list.append(address)
        else:
            day, unread = _date_beside(row, anchor)
            kept.setdefault(address, Row(address, address, title, day, unread_day=unread))
    return LinkedRows(tuple(kept.values()), tuple(off_list), off_list_note(off_list))


def base_of(page: LexborHTMLParser, url: str) -> str:
    """Return the address that relative links of the page start from."""
    base = page.css_first("base[href]")
    href = base.attributes.get("href") if base else None
    return (joined(url, href) if href else None) or url


def _chosen_rows(page: LexborHTMLParser, selector: str) -> list[Pair]:
    try:
        rows = page.css(selector)
    except SelectolaxError:
        raise UnreadableError(f"cannot be read: profile rows {selector!r} is no CSS selector") from None
    anchors = ((row if row.tag == "a" else row.css_first("a[href]"), row) for row in rows)
    return [(anchor, row) for anchor, row in anchors if anchor is not None]


def _found_rows(page: LexborHTMLParser, base: str, url: str) -> list[Pair]:
    anchors = page.css("a[href]")
    groups: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
    links = _links_below(anchors)
    dates: dict[int, int] = {}
    for anchor in anchors:
        if (row := _row_of(anchor, links, dates)) is not None:
            groups[_shape(row)].append((anchor, row))
    if not groups:
        return _undated_rows(anchors, base)
    folder = urljoin(url, ".")
    return max(groups.values(), key=lambda group: _weight(group, base, folder))


def _weight(group: list[Pair], base: str, folder: str) -> int:
    """Return how much a group speaks for being the list: its size, more where it lies in its own folder."""
    if urlsplit(folder).path in ("", "/"):
        return len(group)
    own = sum((joined(base, _href(anchor)) or "").startswith(folder) for anchor, _ in group)
    return len(group) * (_OWN_FOLDER_WEIGHT if own * 2 > len(group) else 1)


def _undated_rows(anchors: Iterable[LexborNode], base: str) -> list[Pair]:
    """Return the largest group of links to documents, each link its own row; nothing where it is small."""
    groups: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for anchor in anchors:
        address = joined(base, _href(anchor))
        if address is not None and is_document(address):
            groups[_shape(anchor)].append((anchor, anchor))
    group = max(groups.values(), key=len, default=[])
    return group if len({_href(anchor) for anchor, _ in group}) >= _UNDATED_ROWS_MIN else []


def _href(anchor: LexborNode) -> str:
    return anchor.attributes.get("href") or ""


def _links_below(anchors: Iterable[LexborNode]) -> dict[int, set[str | None]]:
    """Return for each element (by memory id) which addresses the links in it have: linear in the links."""
    links: dict[int, set[str | None]] = defaultdict(set)
    for anchor in anchors:
        node: LexborNode | None = anchor
        for _ in range(_DEEPEST):
            if node is None:
                break
            links[node.mem_id].add(anchor.attributes.get("href"))
            node = node.parent
    return links


def _row_of(
    anchor: LexborNode, links: Mapping[int, set[str | None]], dates: dict[int, int]
) -> LexborNode | None:
    """Return the smallest element around the link alone that has a date beside it, else None.

    The link itself is the row where the date is a part of its own, or stands nowhere but in its title.
    `dates` remembers how many dates an element holds, for all links in it.
    """
    if any(is_bare_date(part) for part in _parts(anchor)):
        return anchor
    longest = _ROW_TEXT + len(anchor.text())  # a title of any length is one
    inside = _count(anchor, dates, longest)
    node = anchor.parent
    for _ in range(_CLIMB):
        if node is None or node.tag in ("body", "html") or len(links[node.mem_id]) > 1:
            break
        if _count(node, dates, longest) > inside:
            return node
        node = node.parent
    return anchor if inside else None


def _count(node: LexborNode, dates: dict[int, int], longest: int) -> int:
    if node.mem_id not in dates:
        text = node.text(separator=" ")
        dates[node.mem_id] = count_dates(text) if len(text) <= longest else 0
    return dates[node.mem_id]


def _parts(anchor: LexborNode) -> list[str]:
    return [child.text() for child in anchor.iter(include_text=True)]


def _shape(row: LexborNode) -> tuple[str, ...]:
    """Return tags and classes of the row's ancestors: the same for all rows of a list, split or not."""
    shape = [row.tag or ""]
    node = row.parent
    while node is not None and len(shape) < _SHAPE_DEPTH:
        shape.append(f"{node.tag}#{node.attributes.get('id') or ''}.{node.attributes.get('class') or ''}")
        node = node.parent
    return tuple(shape)


def _title(anchor: LexborNode) -> str | None:
    """Return the link's text without its date; the title attribute where the text is cut."""
    text = clean(_without_dates(anchor))
    full = clean(anchor.attributes.get("title") or "")
    if text is None or full is None:
        return full or text
    return full if text.endswith(("…", "...")) or _continues(text, full) else text


def _continues(text: str, full: str) -> bool:
    """Tell whether `full` is the text and some more of it, and not the text and its date."""
    return full.startswith(text) and count_dates(full) == count_dates(text)


def _without_dates(anchor: LexborNode) -> str:
    parts = _parts(anchor)
    kept = [part for part in parts if not is_bare_date(part)]
    return "".join(kept or parts)


def _date_beside(row: LexborNode, anchor: LexborNode) -> tuple[date | None, str | None]:
    """Return the date that stands in the row beside the link, else the one inside the link; where neither is
    a date, what is written like one.

    Texts are joined by a space: a title that ends in a digit would else run into the date.
    """
    title = anchor.text(separator=" ")
    beside = row.text(separator=" ").replace(title, " ", 1)
    day = read_date(beside) or read_date(title)
    return day, written_date(beside if beside.strip() else title) if day is None else None
