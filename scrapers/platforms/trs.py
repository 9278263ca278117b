"""TRS WCM: static list pages, whose paging a script draws (`paging` tells the forms).

Documents are t<date>_<id>.html; the date in the name need not be the row's. Pages beyond those that the
site publishes are stubs of some hundred bytes without rows.
"""

from scrapers.platforms.links import Links


class Trs(Links):
    """Listings of TRS columns."""

    name = "trs"
