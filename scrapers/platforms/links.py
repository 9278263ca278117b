"""Any list page: dated links, and the next page behind a 下一页 anchor or a paging script."""

from scrapers.platforms.listpage import read_list_page
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest
from scrapers.platforms.rows import column_address


class Links:
    """Listings without a known platform."""

    name = "links"

    def first(self, listed: Listed) -> ListingRequest:
        """Return the column's list page."""
        return ListingRequest(column_address(listed), step="page")

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read one list page; it tells a total only where its paging script does."""
        return read_list_page(listed, request, answered)

    def holds_document(self, _fetch_url: str, _payload: bytes, /) -> bool:
        """Return True: the page is the document."""
        return True
