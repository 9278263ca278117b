"""One HTML list page read whole: its rows, its next page, and what keeps it from being trusted.

Every platform has such pages, alone or beside its list service.
"""

from selectolax.lexbor import LexborHTMLParser

from extract.kind import is_error
from scrapers.errors import UnreadableError
from scrapers.platforms.answers import clean, text_of, tree_of
from scrapers.platforms.linked import LinkedRows, base_of, linked_rows
from scrapers.platforms.paging import Paging, read_paging, rows_told
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest
from scrapers.platforms.rows import public_address

_FRAMES_MAX = 3
_FRAME = "frame"


def read_list_page(
    listed: Listed, request: ListingRequest, answered: Answered, *, tells_rows: bool = False
) -> ListingPage:
    """Read one list page. Where it has no rows but frames of the site, the list may be in one of them.

    `tells_rows`: the platform writes the number of all rows into the pager (共2576条). Raises
    UnreadableError for an error page with a good status.
    """
    html = text_of(answered)
    page = tree_of(html)
    found = linked_rows(listed, page, answered.url)
    if not found.rows and not found.dropped:
        _refuse_errors(page)
        if request.step == _FRAME and request.instead:
            raise UnreadableError("is a frame without rows")
        if request.step != _FRAME and request.page == 1 and (frame := _frame(listed, page, answered.url)):
            return ListingPage((), (frame,))
    paging = read_paging(page, html, answered.url, request.page)
    if tells_rows and paging.total is None:
        paging = Paging(paging.following, rows_told(page), paging.cut)
    return _with_next(listed, request, found, paging)


def _with_next(listed: Listed, request: ListingRequest, found: LinkedRows, paging: Paging) -> ListingPage:
    if paging.following is None:
        return ListingPage(found.rows, (), paging.total, found.dropped, found.notes, paging.cut)
    address = listed.hosts.own_scheme(paging.following)
    if refusal := listed.hosts.refusal(address):
        cut = f"its next page {address} {refusal}"
        return ListingPage(found.rows, (), paging.total, found.dropped, found.notes, cut)
    following = (ListingRequest(address, "page", request.page + 1),)
    return ListingPage(found.rows, following, paging.total, found.dropped, found.notes)


def _refuse_errors(page: LexborHTMLParser) -> None:
    title = page.css_first("title")
    text = page.body.text(separator="\n") if page.body else ""
    lines = [line for line in map(clean, text.splitlines()) if line]
    if lines and is_error(title.text() if title else "", lines):
        raise UnreadableError(f"is an error page: {' '.join(lines)[:60]}")


def _frame(listed: Listed, page: LexborHTMLParser, url: str) -> ListingRequest | None:
    """Return the request for the first frame on the site's own hosts, the others in its stead."""
    sources = (frame.attributes.get("src") or "" for frame in page.css("iframe[src]"))
    addresses = (public_address(listed.hosts, base_of(page, url), source) for source in sources if source)
    own = [
        each for each in dict.fromkeys(addresses) if each and each != url and not listed.hosts.refusal(each)
    ]
    request = None
    for address in reversed(own[:_FRAMES_MAX]):
        request = ListingRequest(address, _FRAME, instead=(request,) if request else ())
    return request
