"""大汉 Hanweb: list pages with records inside (`jpage`), shells of units (`jpaas`), and plain list pages.

A 信息公开 module (`/module/xxgk/search.jsp`) answers POST only, for all columns at once: it is not read.
"""

from scrapers.errors import UnreadableError
from scrapers.platforms import jpaas, jpage
from scrapers.platforms.answers import text_of
from scrapers.platforms.links import Links
from scrapers.platforms.listpage import read_list_page
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest

_MODULE = "/module/xxgk/search.jsp"


class Hanweb(Links):
    """Listings of Hanweb columns: the records or units of the page, then those of their service."""

    name = "hanweb"

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read a list page, an answer of the record service or a unit, by the step that was asked for."""
        if request.step == jpaas.UNIT:
            return jpaas.read_unit(listed, request, answered)
        if request.step in jpage.STEPS:
            return jpage.read_service(listed, request, answered)
        if (embedded := jpage.read_embedded(listed, answered)) is not None:
            return embedded
        html = text_of(answered)
        units = jpaas.units(listed, html, answered.url)
        if units and units[0].is_list:
            return ListingPage((), (jpaas.request_of(units),))
        page = read_list_page(listed, request, answered)
        if page.rows or page.dropped or request.page > 1:
            return page
        if units:
            return ListingPage((), (jpaas.request_of(units),))
        if (records := jpage.first_records(listed, answered)) is not None:
            return ListingPage((), (records,))
        if _MODULE in html:
            raise UnreadableError(
                f"lists its rows through {_MODULE}, which is not read; name a column with a list page"
            )
        return page
