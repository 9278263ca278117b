"""gkmlpt 广东省政府信息公开目录平台: the JSON catalogue of a site or department in Guangdong.

`GET <base>/gkmlpt/api/all/<column>?page=N&sid=SID` gives pages of 100 articles; page 0 and page 1 are
the same page. Old documents fall out of the listing, which `total` then betrays. A site file may name the
column by its number, or by the address of the catalogue's index (`/gkmlpt/index#512`, or a department's
`/bjtj/gkmlpt/index`) and its name; the SID that some sites want stands in the index too.
"""

from urllib.parse import parse_qsl, urlencode

from extract.dates import day_of_clock
from scrapers.errors import UnreadableError
from scrapers.platforms.answers import json_of, text_of
from scrapers.platforms.catalogue import Article, Reader, chosen, count, number_path, read_articles
from scrapers.platforms.dates import told_day
from scrapers.platforms.gkml_index import read_index
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest, Row
from scrapers.platforms.rows import column_address

_PAGE_ROWS = 100
# display_publish_time is what the page prints; publish_time moves whenever the page is published again
_CLOCKS = ("display_publish_time", "create_time", "created_at")
_META = (
    "id",
    "document_number",
    "identifier",
    "publisher",
    "keywords",
    "classify_main_name",
    "classify_genre_name",
    "classify_theme_name",
    "post_url",
    "is_expired",
    "is_abolished",
    "attachment",
)


class Gkmlpt:
    """Listings of the gkmlpt catalogue; documents are its detail pages, whose script holds the text."""

    name = "gkmlpt"

    def first(self, listed: Listed) -> ListingRequest:
        """Return page 1 of the column where its number is known, else the index that has it."""
        index = ListingRequest(_index_address(listed), "index")
        number = _number_known(listed)
        if number is None:
            return index
        sid = listed.column.sid
        # without its SID a site may answer, or not
        return _page(_base(listed), number, sid, 1, instead=(index,) if sid is None else ())

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read the index, or one page of the list API."""
        if request.step == "index":
            return ListingPage((), (_from_index(listed, answered),))
        answer = json_of(answered)
        base = _base(listed)
        reader = Reader(link=lambda article: _link(article, base), row=_row)
        rows, dropped, notes = read_articles(listed, base, answer.get("articles"), reader)
        classify = answer.get("classify")
        posts = count(classify.get("post_count")) if isinstance(classify, dict) else None
        total = count(answer.get("total"))
        total = posts if total is None else total
        here = len(rows) + len(dropped)
        if here == 0 and total != 0 and request.instead:
            raise UnreadableError("lists nothing, and the column has no `sid`")
        more = here >= _PAGE_ROWS if total is None else here > 0 and total > request.page * _PAGE_ROWS
        following = (_next(request),) if more else ()
        return ListingPage(rows, following, total, dropped, notes)

    def holds_document(self, _fetch_url: str, _payload: bytes, /) -> bool:
        """Return True: the address of a detail page is its public address."""
        return True


def _base(listed: Listed) -> str:
    """Return the address that `gkmlpt/` stands below, with a slash at its end."""
    address = column_address(listed) if listed.column.url else ""
    root, mark, _ = address.partition("/gkmlpt/")
    return f"{root if mark else listed.site.base_url.rstrip('/')}/"


def _index_address(listed: Listed) -> str:
    return f"{_base(listed)}gkmlpt/index"


def _number_known(listed: Listed) -> int | None:
    """Return the column's number: told as such, or behind the `#` of the index address."""
    if listed.column.column is not None:
        return listed.column.column
    fragment = (listed.column.url or "").partition("#")[2]
    return count(fragment)


def _from_index(listed: Listed, answered: Answered) -> ListingRequest:
    """Return page 1 of the column as the index tells it."""
    index = read_index(text_of(answered))
    if index is None:
        raise UnreadableError("holds no catalogue tree")
    number, name = _number_known(listed), listed.column.name
    if number is None:
        number = next((column.number for column in index.columns if column.name == name), None)
    if number is None:
        raise UnreadableError(f"has no column named {name!r}; set `column` to its number")
    return _page(_base(listed), number, listed.column.sid or index.sid, 1)


def _page(
    base: str, column: int, sid: int | str | None, number: int, *, instead: tuple[ListingRequest, ...] = ()
) -> ListingRequest:
    query = {"page": number} | ({} if sid is None else {"sid": sid})
    return ListingRequest(f"{base}gkmlpt/api/all/{column}?{urlencode(query)}", "page", number, instead)


def _next(request: ListingRequest) -> ListingRequest:
    address, _, query = request.url.partition("?")
    pairs = dict(parse_qsl(query)) | {"page": str(request.page + 1)}
    return ListingRequest(f"{address}?{urlencode(pairs)}", "page", request.page + 1)


def _link(article: Article, base: str) -> str | None:
    for name in ("url", "post_url"):
        link = article.get(name)
        if isinstance(link, str) and link.strip():
            return link
    number = count(article.get("id"))
    if number is None:
        return None
    return f"{base}gkmlpt/content/{number_path(number)}/post_{number}.html"


def _row(article: Article, address: str, title: str) -> Row:
    published_on, unread = told_day(article.get(name) for name in _CLOCKS)
    meta = chosen(article, _META)
    if issued_on := day_of_clock(article.get("date")):
        meta["issued_on"] = issued_on
    return Row(address, address, title, published_on, meta, unread)
