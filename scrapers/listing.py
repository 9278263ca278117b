"""Walk a column's listing to its end, and say whether it was read whole.

Rule 3 of the design: a listing is complete or it is not, and only a complete one may ever imply that
something was taken down. So every doubt (a failed page, a total not reached, a page that repeats, a
budget) makes it incomplete, with the reason as an issue.
"""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from scrapers.answer import Answer
from scrapers.errors import UnreadableError
from scrapers.platforms.protocol import (
    Answered,
    Listed,
    ListingPage,
    ListingRequest,
    Note,
    Platform,
    Row,
)

MOST_PAGES = 200
MOST_ROWS = 5_000
_EXAMPLES = 5

Ask = Callable[[str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row and the listing page that it was first seen on."""

    row: Row
    listing_url: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a listing is not known to be whole: `url` is the listing page where it showed."""

    code: str
    url: str
    message: str


@dataclass(slots=True)
class Listing:
    """What was read of one column: rows by address in the order seen, and what is wrong with them.

    `total` is the largest number of rows that any page said the column has. `dropped` names the rows that
    could not be used, each once however many pages repeat it.
    """

    rows: dict[str, SeenRow] = field(default_factory=dict)
    total: int | None = None
    dropped: set[str] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Tell whether the column was read to its end without a doubt."""
        return not self.doubts

    def drop_days_after(self, last: date) -> None:
        """Leave rows that are dated after `last` without a date, and note it."""
        ahead = {url: seen for url, seen in self.rows.items() if (seen.row.published_on or last) > last}
        for url, seen in ahead.items():
            self.rows[url] = replace(seen, row=replace(seen.row, published_on=None))
        if ahead:
            first = next(iter(ahead.values()))
            message = (
                f"{len(ahead)} rows are dated in the future ({first.row.published_on}) and have no date here"
            )
            self.notes.append(
                (first.listing_url, Note("row_date_ahead", message, {"urls": list(ahead)[:_EXAMPLES]}))
            )

    def told_notes(self) -> Iterator[tuple[str, Note]]:
        """Yield each kind of note once, with the page where it came first and on how many more it came; a
        listing may have hundreds of pages.
        """
        alike: defaultdict[str, list[tuple[str, Note]]] = defaultdict(list)
        for url, note in self.notes:
            alike[note.code].append((url, note))
        for (url, note), *others in alike.values():
            more = f" (the like on {len(others)} more pages)" if others else ""
            yield url, replace(note, message=note.message + more)
        unread = [seen for seen in self.rows.values() if seen.row.unread_day is not None]
        if unread:
            first = unread[0]
            message = (
                f"{len(unread)} rows have no date here: {first.row.unread_day!r} is no day that can be read"
            )
            urls = [seen.row.url for seen in unread[:_EXAMPLES]]
            yield first.listing_url, Note("row_date_unread", message, {"urls": urls})

    def doubt(self, code: str, url: str, message: str) -> None:
        """Record why this listing is incomplete."""
        self.doubts.append(Doubt(code, url, message))


async def walk(platform: Platform, listed: Listed, ask: Ask, *, most_pages: int | None = None) -> Listing:
    """Read the listing of a column through `ask`, which archives each answer before it is returned.

    `most_pages` bounds the answers that are asked for; a listing with more is told as `listing_budget`.
    """
    listing = Listing()
    first = platform.first(listed)
    waiting = deque([first])
    asked: set[str] = set()
    while waiting:
        request = waiting.popleft()
        if request.url in asked:
            continue
        if len(asked) >= (most_pages or MOST_PAGES) or len(listing.rows) >= MOST_ROWS:
            budget = f"stopped after {len(asked)} pages and {len(listing.rows)} rows"
            listing.doubt("listing_budget", request.url, budget)
            return listing
        asked.add(request.url)
        page = await _page(platform, listed, request, ask, listing)
        if page is None:
            waiting.extend(request.instead)
        elif _took(listing, page, request):
            waiting.extend(page.following)
        else:
            waiting.extend(request.instead)
    _check_total(listing, first.url)
    return listing


async def _page(
    platform: Platform, listed: Listed, request: ListingRequest, ask: Ask, listing: Listing
) -> ListingPage | None:
    answer = await ask(request.url)
    reason = answer.reason
    if answer.outcome == "ok" and answer.payload is not None:
        try:
            return platform.read(
                listed, request, Answered(answer.final_url, answer.payload, answer.content_type)
            )
        except UnreadableError as error:
            reason = str(error)
    if not request.instead and not request.optional:
        listing.doubt("listing_failed", request.url, f"page {request.page} of the listing {reason}")
    return None


def _took(listing: Listing, page: ListingPage, request: ListingRequest) -> bool:
    """Add a page to the listing; tell whether it makes sense to read on from it."""
    before = len(listing.rows) + len(listing.dropped)
    for row in page.rows:
        listing.rows.setdefault(row.url, SeenRow(row, request.url))
    listing.dropped.update(page.dropped)
    new = len(listing.rows) + len(listing.dropped) - before
    listing.notes.extend((request.url, note) for note in page.notes)
    if page.total is not None:
        listing.total = max(page.total, listing.total or 0)
    if page.cut is not None:
        listing.doubt("listing_cut", request.url, page.cut)
    if new or request.page == 1:
        return True
    if request.instead:
        return False
    has_rows = bool(page.rows or page.dropped)
    what = "repeats rows of earlier pages" if has_rows else "is empty"
    if page.following or not has_rows:
        listing.doubt("listing_repeats", request.url, f"page {request.page} of the listing {what}")
    return False


def _check_total(listing: Listing, url: str) -> None:
    reached = len(listing.rows) + len(listing.dropped)
    if listing.total is not None and reached < listing.total:
        message = f"{reached} of {listing.total} rows were listed; the others are out of reach"
        listing.doubt("listing_short", url, message)
