"""NFCMS 广东集约化: ordinary pages with static JSON beside them.

`/postmeta/i/<column>.json` is a whole column (2,500 rows at most) and
`/postmeta/p/<id//10^6>/<id//10^3>/<id>.json` a whole post. Sites that do not serve them have list pages
index.html, index_2.html … and HTML posts. Pinned rows come first, so a list is not sorted by date and is
read to its end. Some pages hold the whole list in a script: `var zcData=[{'title':…,'url':…},…]`.
"""

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

from scrapers.address import origin
from scrapers.errors import UnreadableError
from scrapers.platforms.answers import html_of, json_of, text_of
from scrapers.platforms.catalogue import Article, Reader, chosen, count, number_path, read_articles
from scrapers.platforms.dates import told_day
from scrapers.platforms.listpage import read_list_page
from scrapers.platforms.literals import read_literal
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest, Row
from scrapers.platforms.rows import column_address, public_address

_MOST_JSON_ROWS = 2_500
_POST = re.compile(r"/post_(\d{1,12})\.html?$")
_COLUMN_ID = re.compile(r"""NFCMS_CAT_ID\s{0,3}=\s{0,3}["']?(\d{1,12})\b""")
_INDEX_NUMBER = re.compile(r"index_(\d{1,5})\.html?(?:[?#]|$)")
_EMBEDDED = re.compile(r"\bvar\s{1,3}zcData\s{0,3}=\s{0,3}(?=\[)")
_CLOCKS = ("display_publish_time", "visible_publish_time", "date", "created_at")
_META = ("id", "date", "source", "created_at", "json_ext")


class Nfcms:
    """Listings of NFCMS columns: the column's JSON first, else its list pages."""

    name = "nfcms"

    def first(self, listed: Listed) -> ListingRequest:
        """Return the column's JSON where its number is known, else its first list page."""
        page = ListingRequest(column_address(listed), step="page")
        if listed.column.column is None:
            return page
        return _column_json(listed, listed.column.column, (page,) if listed.column.url else ())

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read a column's JSON or one list page, by the step that was asked for."""
        if request.step == "json":
            return _read_json(listed, request, answered)
        if (embedded := _read_embedded(listed, answered)) is not None:
            return embedded
        page = read_list_page(listed, request, answered)
        following = page.following or _numbered(listed, request, answered)
        cut = None if following else page.cut
        number = column_number(text_of(answered)) if request.page == 1 else None
        if number is not None and listed.column.column is None:
            following = (_column_json(listed, number, following, optional=cut is None),)
        rows = tuple(_at_its_json(row) for row in page.rows)
        return replace(page, rows=rows, following=following, cut=cut)

    def holds_document(self, fetch_url: str, payload: bytes, /) -> bool:
        """Tell whether a post's JSON is a post; sites without it answer with an error page and 200."""
        if "/postmeta/p/" not in fetch_url:
            return True
        try:
            post = json.loads(payload)
        except (ValueError, RecursionError):
            return False
        return isinstance(post, dict) and isinstance(post.get("content"), str)


def column_number(html: str) -> int | None:
    """Return the number of the column that a list page or a post is in; None where the page tells none."""
    number = _COLUMN_ID.search(html)
    return int(number[1]) if number else None


def _column_json(
    listed: Listed, number: int, instead: tuple[ListingRequest, ...], *, optional: bool = False
) -> ListingRequest:
    url = f"{origin(listed.site.base_url)}/postmeta/i/{number}.json"
    return ListingRequest(url, "json", instead=instead, optional=optional)


def _read_json(listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
    answer = json_of(answered)
    reader = Reader(link=_link, row=_json_row)
    rows, dropped, notes = read_articles(listed, answered.url, answer.get("articles"), reader)
    here = len(rows) + len(dropped)
    if here == 0 and request.instead:
        raise UnreadableError("lists nothing, and the column has list pages")
    cut = None
    if here >= _MOST_JSON_ROWS:
        cut = f"the column's JSON stops at {_MOST_JSON_ROWS} rows; older ones may be missing"
    return ListingPage(rows, (), count(answer.get("publish_count")), dropped, notes, cut)


def _read_embedded(listed: Listed, answered: Answered) -> ListingPage | None:
    """Return the listing that a page holds in its script; None where it holds none."""
    html = text_of(answered)
    mark = _EMBEDDED.search(html)
    articles = read_literal(html, mark.end()) if mark else None
    if not isinstance(articles, list) or not articles:
        return None
    reader = Reader(link=_link, row=_json_row)
    rows, dropped, notes = read_articles(listed, answered.url, articles, reader, name="zcData")
    return ListingPage(rows, (), None, dropped, notes)


def _link(article: Article) -> str | None:
    link = article.get("url")
    return link if isinstance(link, str) and link.strip() else None


def _json_row(article: Article, address: str, title: str) -> Row:
    day, unread = told_day(article.get(name) for name in _CLOCKS)
    extras = tuple(name for name in article if name.startswith("EXT_"))
    return _at_its_json(Row(address, address, title, day, chosen(article, _META + extras), unread))


def _at_its_json(row: Row) -> Row:
    """Point `row` to the JSON of its post on the post's own host, where the address tells its number."""
    post = _POST.search(urlsplit(row.url).path)
    if post is None:
        return row
    number = int(post[1])
    return replace(row, fetch_url=f"{origin(row.url)}/postmeta/p/{number_path(number)}/{number}.json")


def _numbered(listed: Listed, request: ListingRequest, answered: Answered) -> tuple[ListingRequest, ...]:
    """Return the next numbered page where the pager tells the last one."""
    last = html_of(answered).css_first("#page_div a.last")
    match = _INDEX_NUMBER.search((last.attributes.get("href") or "") if last else "")
    if match is None or request.page >= int(match[1]):
        return ()
    address = public_address(listed.hosts, answered.url, f"index_{request.page + 1}.html")
    return (ListingRequest(address, "page", request.page + 1),) if address else ()
