"""大汉 Hanweb: list pages with records inside, and the services that have the others.

- jcms: `/col/col<N>/index.html` holds a `<recordset>` of `<record><![CDATA[<li>…]]></record>` with the first
  rows (45 or so), and a script with the parameters of
  `dataproxy.jsp?startrecord=46&endrecord=90&perpage=15&…`, which answers the same form. Some sites ignore
  `startrecord` and count groups, `page=2` (`<nextgroup>` shows it).
- JPaaS: see `jpaas`.
- A 信息公开 module (`/module/xxgk/search.jsp`) answers POST only, for all columns at once: not read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.address import joined, origin
from scrapers.errors import UnreadableError
from scrapers.platforms import jpaas
from scrapers.platforms.answers import text_of, tree_of
from scrapers.platforms.linked import LinkedRows, linked_rows
from scrapers.platforms.links import Links
from scrapers.platforms.listpage import read_list_page
from scrapers.platforms.literals import read_literal
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest

_PER_PAGE = 15
_GROUP_ROWS = 3 * _PER_PAGE
_PROXY = "/module/web/jpage/dataproxy.jsp"
_OPENING = re.compile(r"\s{0,20}<!\[CDATA\[")
_TOTAL = re.compile(
    r"""(?:<totalrecord>|\btotal_?record["']?\s{0,3}[:=])\s{0,5}["']?(\d{1,7})""", re.IGNORECASE
)
_NEXT_GROUP = re.compile(
    r"""<nextgroup>\s{0,20}<!\[CDATA\[.{0,20}?href=["']([^"'<>]{1,1000})["']""", re.DOTALL
)
_PARAMETERS = re.compile(r"""(?:\bparam_\w{1,40}\s{0,3}=|\bajaxParam["']?\s{0,3}:)\s{0,3}(?=\{)""")
_PROXY_TOLD = re.compile(r"""\bproxyUrl["']?\s{0,3}:\s{0,3}["']([^"'<>\s]{1,300})["']""")
_COUNTED = ("page", "startrecord", "endrecord", "perpage")
_MODULE = "/module/xxgk/search.jsp"


class Hanweb(Links):
    """Listings of Hanweb columns: the records in the page, then those of the service."""

    name = "hanweb"

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read a list page, an answer of the record service or a unit, by the step that was asked for."""
        if request.step == jpaas.UNIT:
            return jpaas.read_unit(listed, request, answered)
        html = text_of(answered)
        if request.step in ("records", "groups"):
            return _read_service(listed, request, answered, html)
        if (store := _largest_store(html)) is not None:
            return _read_embedded(listed, answered, html, store)
        units = jpaas.units(listed, html, answered.url)
        if units and units[0].is_list:
            return ListingPage((), (jpaas.request_of(units),))
        page = read_list_page(listed, request, answered)
        if page.rows or page.dropped or request.page > 1:
            return page
        if units:
            return ListingPage((), (jpaas.request_of(units),))
        if _MODULE in html:
            raise UnreadableError(
                f"lists its rows through {_MODULE}, which is not read; name a column with a list page"
            )
        return page


@dataclass(frozen=True, slots=True)
class _Store:
    """A record set: the HTML of its records, and where it ends in the page."""

    records: tuple[str, ...]
    end: int


def _largest_store(html: str) -> _Store | None:
    """Return the record set with most records: pages carry the short ones of their panels too."""
    stores: list[_Store] = []
    place = 0
    while (start := html.find("<recordset>", place)) >= 0 and (end := html.find("</recordset>", start)) >= 0:
        stores.append(_Store(_records_in(html[start:end]), end))
        place = end
    return max(stores, key=lambda store: len(store.records), default=None)


def _records_in(text: str) -> tuple[str, ...]:
    """Return what stands in each `<record><![CDATA[…]]>`; a record that does not end is none."""
    pieces = ((piece, _OPENING.match(piece)) for piece in text.split("<record>")[1:])
    opened = ((piece[mark.end() :], "]]>") for piece, mark in pieces if mark)
    return tuple(piece[: piece.find(end)] for piece, end in opened if end in piece)


def _rows_of(listed: Listed, records: Sequence[str], url: str) -> LinkedRows:
    """Return the rows of records; one without a date is a row too."""
    cells = "".join(f"<div class=record>{record}</div>" for record in records)
    return linked_rows(listed, tree_of(f"<body>{cells}</body>"), url, rows="div.record")


def _read_embedded(listed: Listed, answered: Answered, html: str, store: _Store) -> ListingPage:
    found = _rows_of(listed, store.records, answered.url)
    here, total = len(store.records), _total(html, store.end)
    service = _service(html, store.end, answered.url) if here else None
    more = total > here if total is not None else here >= _GROUP_ROWS
    if more and service is not None and not listed.hosts.refusal(service.address):
        following = (_records_from(service, here + 1, 2),)
        return ListingPage(found.rows, following, total, found.dropped, found.notes)
    cut = f"only the {here} rows in the page can be read: no service is named" if more else None
    return ListingPage(found.rows, (), total, found.dropped, found.notes, cut)


def _total(html: str, place: int) -> int | None:
    """Return the total told nearest behind the record set, else the first one told."""
    told = _TOTAL.search(html, place) or _TOTAL.search(html)
    return int(told[1]) if told else None


@dataclass(frozen=True, slots=True)
class _Service:
    """The record service of a column: its address and what it must be told."""

    address: str
    parameters: tuple[tuple[str, str], ...]


def _service(html: str, place: int, url: str) -> _Service | None:
    """Return the service that the script behind the record set names, else the one behind `<nextgroup>`."""
    named = _PARAMETERS.search(html, place) or _PARAMETERS.search(html)
    values = read_literal(html, named.end()) if named else None
    told = _PROXY_TOLD.search(html, place) or _PROXY_TOLD.search(html)
    group = _NEXT_GROUP.search(html)
    behind = joined(url, unescape(group[1])) if group else None
    address = joined(url, told[1]) if told else behind or joined(url, _PROXY)
    if isinstance(values, dict):
        pairs = [(key, str(value)) for key, value in values.items() if isinstance(value, str | int)]
    else:
        pairs = parse_qsl(urlsplit(behind or "").query, keep_blank_values=True)
    if address is None or not any(key == "columnid" for key, _ in pairs):
        return None
    return _Service(urlunsplit(urlsplit(address)._replace(query="")), _uncounted(pairs))


def _records_from(service: _Service, start: int, number: int) -> ListingRequest:
    """Return the request for the rows from `start`; the group of that number where that gives nothing new."""
    counted = {"startrecord": start, "endrecord": start + _GROUP_ROWS - 1, "perpage": _PER_PAGE}
    groups = (_group(service, number),) if number == 2 else ()
    return ListingRequest(_address(service, counted), "records", number, instead=groups)


def _group(service: _Service, number: int) -> ListingRequest:
    return ListingRequest(_address(service, {"page": number, "perpage": _GROUP_ROWS}), "groups", number)


def _address(service: _Service, counted: dict[str, int]) -> str:
    return f"{service.address}?{urlencode((*counted.items(), *service.parameters))}"


def _read_service(listed: Listed, request: ListingRequest, answered: Answered, html: str) -> ListingPage:
    records = _records_in(html)
    if not records and (request.instead or "<datastore" not in html):
        raise UnreadableError("holds no records")
    found = _rows_of(listed, records, origin(answered.url) + "/")
    total = _total(html, 0)
    following = _further(request, len(records), total)
    return ListingPage(found.rows, following, total, found.dropped, found.notes)


def _further(request: ListingRequest, here: int, total: int | None) -> tuple[ListingRequest, ...]:
    """Return the request for what follows an answer with `here` records, if anything does."""
    parts = urlsplit(request.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    groups = request.step == "groups"
    end = request.page * _GROUP_ROWS if groups else int(query["endrecord"])
    if not here or (end >= total if total is not None else here < _GROUP_ROWS):
        return ()
    service = _Service(urlunsplit(parts._replace(query="")), _uncounted(query.items()))
    number = request.page + 1
    return (_group(service, number) if groups else _records_from(service, end + 1, number),)


def _uncounted(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a column without those that count its rows."""
    return tuple(pair for pair in pairs if pair[0] not in _COUNTED)
