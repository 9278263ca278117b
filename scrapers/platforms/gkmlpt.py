"""gkmlpt 广东省政府信息公开目录平台: the JSON catalogue of a site or department in Guangdong.

`GET <base>/gkmlpt/api/all/<column>?page=N&sid=SID` gives pages of 100 articles; page 0 and page 1 are
the same page. Old documents fall out of the listing, which `total` then betrays.
"""

from urllib.parse import urlencode

from extract.dates import day_of_clock
from scrapers.platforms.answers import json_of
from scrapers.platforms.catalogue import Article, Reader, chosen, count, number_path, read_articles
from scrapers.platforms.dates import read_date
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest, Row

_PAGE_ROWS = 100
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
        """Return page 1 of the column."""
        return _page(listed, 1)

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read one page of the list API."""
        answer = json_of(answered)
        base = listed.site.base_url.rstrip("/") + "/"
        reader = Reader(link=lambda article: _link(article, base), row=_row)
        rows, dropped, notes = read_articles(listed, base, answer.get("articles"), reader)
        classify = answer.get("classify")
        posts = count(classify.get("post_count")) if isinstance(classify, dict) else None
        total = count(answer.get("total"))
        total = posts if total is None else total
        here = len(rows) + len(dropped)
        more = here >= _PAGE_ROWS if total is None else here > 0 and total > request.page * _PAGE_ROWS
        following = (_page(listed, request.page + 1),) if more else ()
        return ListingPage(rows, following, total, dropped, notes)

    def holds_document(self, _fetch_url: str, _payload: bytes, /) -> bool:
        """Return True: the address of a detail page is its public address."""
        return True


def _page(listed: Listed, number: int) -> ListingRequest:
    column = listed.column
    query: dict[str, int | str] = {"page": number}
    if column.sid is not None:
        query["sid"] = column.sid
    url = f"{listed.site.base_url.rstrip('/')}/gkmlpt/api/all/{column.column}?{urlencode(query)}"
    return ListingRequest(url, step="page", page=number)


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
    # display_publish_time is what the page prints; publish_time moves whenever the page is published again
    published_on = (
        day_of_clock(article.get("display_publish_time"))
        or day_of_clock(article.get("create_time"))
        or read_date(str(article.get("created_at") or ""))
    )
    meta = chosen(article, _META)
    if issued_on := day_of_clock(article.get("date")):
        meta["issued_on"] = issued_on
    return Row(address, address, title, published_on, meta)
