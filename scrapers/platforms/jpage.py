"""Hanweb jcms: records inside the list page, and the service that has the others.

`/col/col<N>/index.html` holds a `<recordset>` of `<record><![CDATA[<li>…]]></record>` with the first rows (45
or so), and a script with the parameters of `dataproxy.jsp?startrecord=46&endrecord=90&perpage=15&…`, which
answers the same form. Some sites ignore `startrecord` and count groups, `page=2` (`<nextgroup>` shows it). A
page may hold several sets, of panels beside the list; what stands around a set is its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import chain, islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.address import joined, origin
from scrapers.errors import UnreadableError
from scrapers.platforms.answers import text_of, tree_of
from scrapers.platforms.linked import LinkedRows, linked_rows
from scrapers.platforms.literals import read_literal
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest

STEPS = ("records", "groups")
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
_TOLD_MAX = 20  # services of one page
_PARAMETERS_LONGEST = 4_000  # characters
_COUNTED = ("page", "startrecord", "endrecord", "perpage")
_DATA = re.compile(r"<datastore|<recordset>")


@dataclass(frozen=True, slots=True)
class _Store:
    """A record set: the HTML of its records, and the part of the page around it that no other set is in."""

    records: tuple[str, ...]
    around: str


def _largest_store(html: str) -> _Store | None:
    """Return the record set with most records, the whole page around it where it is the only one."""
    stores: list[_Store] = []
    place = 0
    while (start := html.find("<recordset>", place)) >= 0 and (end := html.find("</recordset>", start)) >= 0:
        data = html.rfind("<datastore", place, start)
        after = _DATA.search(html, end)
        around = html[data if data >= 0 else start : after.start() if after else len(html)]
        stores.append(_Store(_records_in(html[start:end]), around))
        place = end
    if len(stores) == 1:
        return replace(stores[0], around=html)
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


def read_embedded(listed: Listed, answered: Answered) -> ListingPage | None:
    """Read the records in a list page; None for a page without any."""
    html = text_of(answered)
    store = _largest_store(html)
    if store is None or not store.records:
        return None
    found = _rows_of(listed, store.records, answered.url)
    here = len(store.records)
    total = _total(store.around)
    more = total > here if total is not None else here >= _GROUP_ROWS
    service = _service(html, store.around, answered.url) if more else None
    if service is not None and not listed.hosts.refusal(service.address):
        following = (_records_from(service, here + 1, 2),)
        return ListingPage(found.rows, following, total, found.dropped, found.notes)
    cut = f"only the {here} rows in the page can be read: no service of the site is named" if more else None
    return ListingPage(found.rows, (), total, found.dropped, found.notes, cut)


def first_records(listed: Listed, answered: Answered) -> ListingRequest | None:
    """Return the request for the first rows where a page holds none and names the service of its column."""
    html = text_of(answered)
    service = _service(html, html, answered.url)
    if service is None or listed.hosts.refusal(service.address):
        return None
    return _records_from(service, 1, 1)


def _total(text: str) -> int | None:
    told = _TOTAL.search(text)
    return int(told[1]) if told else None


@dataclass(frozen=True, slots=True)
class _Service:
    """The record service of a column: its address and what it must be told."""

    address: str
    parameters: tuple[tuple[str, str], ...]


def _service(html: str, around: str, url: str) -> _Service | None:
    """Return the service of the record set in `around`: one that is told there, or anywhere in the page for
    the column that the page's own address names.
    """
    near = _told_services(around, url)
    own = (told for told in (*near, *_told_services(html, url)) if _is_of(told, url))
    return next(chain(own, near), None)


def _is_of(service: _Service, url: str) -> bool:
    column = dict(service.parameters)["columnid"]
    return f"/col{column}/" in urlsplit(url).path


def _told_services(text: str, url: str) -> list[_Service]:
    """Return the services that scripts and next groups in `text` name, each with the number of its column."""
    proxy = _PROXY_TOLD.search(text)
    groups = [
        joined(url, unescape(group[1])) or url for group in islice(_NEXT_GROUP.finditer(text), _TOLD_MAX)
    ]
    address = joined(url, proxy[1] if proxy else groups[0] if groups else _PROXY) or url
    places = (named.end() for named in islice(_PARAMETERS.finditer(text), _TOLD_MAX))
    values = (read_literal(text[place : place + _PARAMETERS_LONGEST]) for place in places)
    scripted = ({key: str(value) for key, value in each.items()} for each in values if isinstance(each, dict))
    told = [(address, pairs) for pairs in scripted]
    told += [(group, dict(parse_qsl(urlsplit(group).query, keep_blank_values=True))) for group in groups]
    return [_Service(_bare(place), _uncounted(pairs.items())) for place, pairs in told if "columnid" in pairs]


def _bare(address: str) -> str:
    return urlunsplit(urlsplit(address)._replace(query=""))


def _records_from(service: _Service, start: int, number: int) -> ListingRequest:
    """Return the request for the rows from `start`; the group of that number where that gives nothing new."""
    counted = {"startrecord": start, "endrecord": start + _GROUP_ROWS - 1, "perpage": _PER_PAGE}
    groups = (_group(service, number),) if number <= 2 else ()
    return ListingRequest(_address(service, counted), "records", number, instead=groups)


def _group(service: _Service, number: int) -> ListingRequest:
    return ListingRequest(_address(service, {"page": number, "perpage": _GROUP_ROWS}), "groups", number)


def _address(service: _Service, counted: dict[str, int]) -> str:
    return f"{service.address}?{urlencode((*counted.items(), *service.parameters))}"


def read_service(listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
    """Read an answer of the record service; raise UnreadableError for what is none."""
    html = text_of(answered)
    records = _records_in(html)
    if not records and (request.instead or "<datastore" not in html):
        raise UnreadableError("holds no records")
    found = _rows_of(listed, records, origin(answered.url) + "/")
    total = _total(html)
    following = _further(request, len(records), total)
    return ListingPage(found.rows, following, total, found.dropped, found.notes)


def _further(request: ListingRequest, here: int, total: int | None) -> tuple[ListingRequest, ...]:
    """Return the request for what follows an answer with `here` records, if anything does."""
    query = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    groups = request.step == "groups"
    end = request.page * _GROUP_ROWS if groups else int(query["endrecord"])
    if not here or (end >= total if total is not None else here < _GROUP_ROWS):
        return ()
    service = _Service(_bare(request.url), _uncounted(query.items()))
    number = request.page + 1
    return (_group(service, number) if groups else _records_from(service, end + 1, number),)


def _uncounted(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a column without those that count its rows."""
    return tuple(pair for pair in pairs if pair[0] not in _COUNTED)
