"""Any list page: dated links, and the next page behind a 下一页 anchor or a paging script.

Static publishers (TRS and its kin) write no anchors for pages but a call, createPageHTML(pages, current,
"index", "html"), whose current page counts from 0; page k is index_k.html, the first has no number.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from scrapers.address import joined
from scrapers.platforms.answers import html_of
from scrapers.platforms.linked import linked_rows, next_by_anchor
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest
from scrapers.platforms.rows import column_address

_PAGING = re.compile(
    r"createPageHTML\(\s{0,5}(\d{1,5})\s{0,5},\s{0,5}(\d{1,5})\s{0,5},"
    r"""\s{0,5}["']([\w-]{1,60})["']\s{0,5},\s{0,5}["'](\w{1,6})["']"""
)


class Links:
    """Listings without a known platform."""

    name = "links"

    def first(self, listed: Listed) -> ListingRequest:
        """Return the column's list page."""
        return ListingRequest(column_address(listed), step="page")

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read one list page; it tells no total."""
        page = html_of(answered)
        found = linked_rows(listed, page, answered.url)
        address = next_by_anchor(page, answered.url) or next_by_script(page, answered.url)
        following = (ListingRequest(address, "page", request.page + 1),) if address else ()
        return ListingPage(found.rows, following, None, found.dropped, found.notes)

    def holds_document(self, _fetch_url: str, _payload: bytes, /) -> bool:
        """Return True: the page is the document."""
        return True


def next_by_script(page: LexborHTMLParser, url: str) -> str | None:
    """Return the address of the next page that a createPageHTML call implies, or None on the last page."""
    call = _PAGING.search(page.html or "")
    if call is None:
        return None
    pages, following = int(call[1]), int(call[2]) + 1
    return joined(url, f"{call[3]}_{following}.{call[4]}") if following < pages else None
