"""开普 UCAP: list pages, and the JSON of the same list.

A column has static pages list.shtml, list_2.shtml … (1,000 rows at most) or a page that a script fills from
`/common/search/<channel>` (also /search/, /searchList/), which answers JSON to `_isJson=true`:
`{"data": {"total", "page", "rows", "results": [{"title", "url", "publishedTimeStr", …}]}}`.
A column's `url` may be the page or the service itself.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from scrapers.address import origin
from scrapers.errors import UnreadableError
from scrapers.platforms.answers import clean, json_of, text_of
from scrapers.platforms.catalogue import Article, Reader, chosen, count, read_articles
from scrapers.platforms.dates import told_day
from scrapers.platforms.listpage import read_list_page
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest, Row
from scrapers.platforms.rows import column_address

_PAGE_ROWS = 50
_SERVICE = re.compile(r"((?:/common)?/search(?:List)?/[0-9a-f]{32})(?![0-9a-f])")
_CHANNEL = re.compile(
    r"""\bchannel_?id["']?\s{0,3}(?:[:=]|,?\s{0,3}value\s{0,2}=)\s{0,3}["']([0-9a-f]{32})["']""",
    re.IGNORECASE,
)
_CLOCKS = ("publishedTimeStr", "publishedTime")
_META = ("manuscriptId", "channelName", "source", "subTitle")


class Ucap:
    """Listings of UCAP columns: the JSON where the page or the site file tells its address, else pages."""

    name = "ucap"

    def first(self, listed: Listed) -> ListingRequest:
        """Return page 1 of the list service where the column names it, else the column's list page."""
        address = column_address(listed)
        if service := _SERVICE.search(urlsplit(address).path):
            return _json_page(origin(address) + service[1], 1, _PAGE_ROWS)
        return ListingRequest(address, step="page")

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read a page of the list service or one list page, by the step that was asked for."""
        if request.step == "json":
            return _read_json(listed, request, answered)
        page = read_list_page(listed, request, answered)
        services = _services(answered) if request.page == 1 else ()
        if not services or (len(services) > 1 and page.rows):
            return page
        # the pages may stop at 1,000 rows; they are read where the service does not answer
        whole = bool(page.rows) and page.cut is None
        better = _json_page(services[0], 1, _PAGE_ROWS, instead=page.following, optional=whole)
        return ListingPage(page.rows, (better,), page.total, page.dropped, page.notes)

    def holds_document(self, _fetch_url: str, _payload: bytes, /) -> bool:
        """Return True: the page is the document."""
        return True


def _services(answered: Answered) -> tuple[str, ...]:
    """Return the addresses of the list services that a page names; several may belong to other columns."""
    html = text_of(answered)
    paths = dict.fromkeys(match[1] for match in _SERVICE.finditer(html))
    paths = paths or dict.fromkeys(f"/common/search/{match[1]}" for match in _CHANNEL.finditer(html))
    return tuple(origin(answered.url) + path for path in paths)


def _json_page(
    service: str, number: int, size: int, *, instead: tuple[ListingRequest, ...] = (), optional: bool = False
) -> ListingRequest:
    query = {"_isAgg": "true", "_isJson": "true", "_pageSize": size, "_template": "index", "page": number}
    return ListingRequest(f"{service}?{urlencode(query)}", "json", number, instead, optional)


def _read_json(listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
    data = json_of(answered).get("data")
    if not isinstance(data, dict):
        raise UnreadableError("has no `data` object")
    reader = Reader(link=_link, row=_row)
    rows, dropped, notes = read_articles(listed, answered.url, data.get("results"), reader, name="results")
    here = len(rows) + len(dropped)
    if here == 0 and request.instead:
        raise UnreadableError("lists nothing, and the column has list pages")
    # the service may give less than was asked for; what page 1 gave is the size of the others
    asked = int(parse_qs(urlsplit(request.url).query)["_pageSize"][0])
    size = here if request.page == 1 else asked
    total = count(data.get("total"))
    before = (request.page - 1) * size
    more = here > 0 and (here >= asked if total is None else before + here < total)
    following = (_json_page(request.url.partition("?")[0], request.page + 1, size),) if more else ()
    return ListingPage(rows, following, total, dropped, notes)


def _link(article: Article) -> str | None:
    link = article.get("url")
    return link if isinstance(link, str) and link.strip() else None


def _row(article: Article, address: str, title: str) -> Row:
    day, unread = told_day(article.get(name) for name in _CLOCKS)
    return Row(address, address, title, day, {**chosen(article, _META), **_domain_metas(article)}, unread)


def _domain_metas(article: Article) -> dict[str, Any]:
    """Return the pairs of domainMetaList (refno 文号, indexnumber 索引号, writedate 成文日期 …)."""
    lists = (group.get("resultList") for group in _objects(article.get("domainMetaList")))
    pairs = (pair for each in lists for pair in _objects(each))
    tidy = ((clean(pair.get("key")), clean(pair.get("value"))) for pair in pairs)
    return {key: value for key, value in tidy if key and value and value not in ("null", "undefined")}


def _objects(value: object) -> Iterable[Article]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
