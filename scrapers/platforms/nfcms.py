"""NFCMS 广东集约化: ordinary pages with static JSON beside them.

`/postmeta/i/<column>.json` is a whole column (2,500 rows at most) and
`/postmeta/p/<id//10^6>/<id//10^3>/<id>.json` a whole post. Sites that do not serve them have list pages
index.html, index_2.html … and HTML posts.
"""

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from extract.dates import day_of_clock
from scrapers.address import joined, origin
from scrapers.errors import UnreadableError
from scrapers.platforms.answers import html_of, json_of
from scrapers.platforms.catalogue import Article, Reader, chosen, count, number_path, read_articles
from scrapers.platforms.dates import read_date
from scrapers.platforms.linked import linked_rows, next_by_anchor
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest, Row
from scrapers.platforms.rows import column_address

_MOST_JSON_ROWS = 2_500
_POST = re.compile(r"/post_(\d{1,12})\.html?$")
_COLUMN_ID = re.compile(r"""NFCMS_CAT_ID\s{0,3}=\s{0,3}["'](\d{1,12})["']""")
_INDEX_NUMBER = re.compile(r"index_(\d{1,5})\.html?(?:[?#]|$)")
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
        page = html_of(answered)
        listing = linked_rows(listed, page, answered.url)
        rows = tuple(_at_its_json(row) for row in listing.rows)
        following = _next_list_page(page, answered.url, request.page)
        if (
            request.page == 1
            and listed.column.column is None
            and (number := _COLUMN_ID.search(page.html or ""))
        ):
            following = (_column_json(listed, int(number[1]), following, optional=True),)
        return ListingPage(rows, following, None, listing.dropped, listing.notes)

    def holds_document(self, fetch_url: str, payload: bytes, /) -> bool:
        """Tell whether a post's JSON is a post; sites without it answer with an error page and 200."""
        if "/postmeta/p/" not in fetch_url:
            return True
        try:
            post = json.loads(payload)
        except (ValueError, RecursionError):
            return False
        return isinstance(post, dict) and isinstance(post.get("content"), str)


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


def _link(article: Article) -> str | None:
    link = article.get("url")
    return link if isinstance(link, str) and link.strip() else None


def _json_row(article: Article, address: str, title: str) -> Row:
    day = (
        day_of_clock(article.get("display_publish_time"))
        or day_of_clock(article.get("visible_publish_time"))
        or read_date(str(article.get("visible_publish_time") or ""))
        or read_date(str(article.get("date") or ""))
        or read_date(str(article.get("created_at") or ""))
    )
    extras = tuple(name for name in article if name.startswith("EXT_"))
    return _at_its_json(Row(address, address, title, day, chosen(article, _META + extras)))


def _at_its_json(row: Row) -> Row:
    """Point `row` to the JSON of its post on the post's own host, where the address tells its number."""
    post = _POST.search(urlsplit(row.url).path)
    if post is None:
        return row
    number = int(post[1])
    return replace(row, fetch_url=f"{origin(row.url)}/postmeta/p/{number_path(number)}/{number}.json")


def _next_list_page(page: LexborHTMLParser, url: str, number: int) -> tuple[ListingRequest, ...]:
    address = next_by_anchor(page, url)
    if address is None:
        last = page.css_first("#page_div a.last")
        match = _INDEX_NUMBER.search((last.attributes.get("href") or "") if last else "")
        if match is None or number >= int(match[1]):
            return ()
        address = joined(url, f"index_{number + 1}.html")
    return (ListingRequest(address, "page", number + 1),) if address else ()
