"""博达 Visual SiteBuilder: list pages whose numbers go down.

The first page is zj.htm, the second of 129 is zj/128.htm, the last zj/1.htm: the next page is found behind
its anchor and never by counting up. The pager tells the number of all rows (共2576条).
"""

from scrapers.platforms.links import Links
from scrapers.platforms.listpage import read_list_page
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest


class Vsb(Links):
    """Listings of Visual SiteBuilder columns."""

    name = "vsb"

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read one list page and the number of rows that its pager tells."""
        return read_list_page(listed, request, answered, tells_rows=True)
