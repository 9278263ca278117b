"""A site file tried on its site: the first pages of each listing and one document, nothing stored."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from extract.document import read_document
from flows.loading import Tell
from scrapers.address import Hosts
from scrapers.answer import Answer
from scrapers.clock import Clock
from scrapers.http import Limits
from scrapers.listing import Listing, walk
from scrapers.platforms import platform_named
from scrapers.platforms.protocol import Listed, Platform, Row
from scrapers.reach import reach_of
from scrapers.site import Column, Site
from scrapers.turns import OwnTurn, Turns
from scrapers.visit import Visitor, visiting

_PAGES_MAX = 4  # answers of a column: enough for a shell, its service, and the next page
_BODY_MIN = 50  # characters: less is a page without its text
_ADVICE = {
    "listing_failed": "open the address in a browser; mend `url`, or choose a column whose list is a page",
    "listing_cut": "older rows stay out of reach, so the listing never counts as complete",
    "listing_short": "rows are out of reach, so the listing never counts as complete",
    "listing_repeats": "its paging is not understood; look at the second page in a browser and report it",
    "row_off_list": "add a host to `hosts` only where the site's own office runs it",
    "row_unreadable": "report the listing if many rows are concerned",
}
_OTHERWISE = "report it with the address"
_NO_ROWS = (
    "no rows were found; where a browser shows a list, set `rows` under [profile] to the CSS selector of a "
    "row, or probe the page again"
)
_FEW_DATES = (
    "{undated} of {rows} rows have no date; set `rows` under [profile] to the element around link and date"
)
_NO_BODY = "set `body` under [profile] to the CSS selector of the element that holds the text"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a column and what to do; an error means that a crawl would get nothing good."""

    level: Literal["error", "warning"]
    message: str


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """What the first pages of one column gave.

    `dated` rows have a date, `total` is what the site tells, `more_pages` that pages follow which were not
    asked for. `document` is the first row's address, `kind` and `characters` what was read there.
    """

    column: str
    rows: int = 0
    dated: int = 0
    newest: date | None = None
    total: int | None = None
    more_pages: bool = False
    document: str | None = None
    kind: str | None = None
    characters: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """What trying a site came to, column by column; `closed` says why nothing could be asked."""

    site: str
    columns: tuple[ColumnCheck, ...]
    closed: str | None = None

    @property
    def failed(self) -> bool:
        """Tell whether a crawl of the site would fail, in whole or for a column."""
        levels = (problem.level for column in self.columns for problem in column.problems)
        return self.closed is not None or "error" in levels

    def as_object(self) -> dict[str, object]:
        """Return the check JSON-ready."""
        return asdict(self) | {"failed": self.failed}


async def check_site(
    site: Site,
    *,
    contact: str | None,
    tell: Tell,
    turns: Turns = OwnTurn,
    limits: Limits | None = None,
    clock: Clock | None = None,
) -> SiteCheck:
    """Try each column of `site`: a few answers of its listing and its first document, at the site's pace.

    `turns` are those of the crawls that may go on meanwhile.
    """
    hosts = Hosts(site.hosts, site.base_url)
    delay_s = site.politeness.delay_s
    async with visiting(
        hosts,
        delay_s=delay_s,
        contact=contact,
        limits=limits,
        clock=clock,
        reach=reach_of(site),
        turns=turns,
    ) as visitor:
        if (closed := await visitor.closed(site.base_url)) is not None:
            return SiteCheck(site.key, (), f"{site.base_url} {closed}")
        platform = platform_named(site.platform)
        columns = []
        for column in site.columns:
            tell(f"{site.key}: {column.name}")
            columns.append(await _check_column(platform, Listed(site, column, hosts), visitor))
    return SiteCheck(site.key, tuple(columns))


async def _check_column(platform: Platform, listed: Listed, visitor: Visitor) -> ColumnCheck:
    listing = await walk(platform, listed, visitor.get, most_pages=_PAGES_MAX)
    rows = [seen.row for seen in listing.rows.values()]
    days = [row.published_on for row in rows if row.published_on is not None]
    problems = list(_listing_problems(listed.column, listing, len(rows), len(days)))
    kind, characters = None, 0
    if rows:
        kind, characters, problem = await _document(platform, listed.site, rows[0], visitor)
        problems += [problem] if problem else []
    return ColumnCheck(
        column=listed.column.name,
        rows=len(rows),
        dated=len(days),
        newest=max(days, default=None),
        total=listing.total,
        more_pages=any(doubt.code == "listing_budget" for doubt in listing.doubts),
        document=rows[0].url if rows else None,
        kind=kind,
        characters=characters,
        problems=tuple(problems),
    )


def _listing_problems(column: Column, listing: Listing, rows: int, dated: int) -> Iterator[Problem]:
    for doubt in listing.doubts:
        if doubt.code != "listing_budget":
            level: Literal["error", "warning"] = "error" if doubt.code == "listing_failed" else "warning"
            yield Problem(level, f"{doubt.url}: {doubt.message}; {_ADVICE.get(doubt.code, _OTHERWISE)}")
    for url, note in listing.told_notes():
        yield Problem("warning", f"{url}: {note.message}; {_ADVICE.get(note.code, _OTHERWISE)}")
    if not rows and not any(doubt.code == "listing_failed" for doubt in listing.doubts):
        yield Problem("error", f"{column.url or column.name}: {_NO_ROWS}")
    if dated * 2 < rows:
        yield Problem("warning", _FEW_DATES.format(undated=rows - dated, rows=rows))


async def _document(
    platform: Platform, site: Site, row: Row, visitor: Visitor
) -> tuple[str | None, int, Problem | None]:
    """Return the kind of the row's document, the length of its text, and what is wrong with it."""
    answer = await visitor.get(row.fetch_url)
    if row.fetch_url != row.url and not _holds(platform, answer):
        answer = await visitor.get(row.url)
    if answer.outcome != "ok" or answer.payload is None:
        return None, 0, Problem("error", f"{row.url}: the first document {answer.reason or answer.outcome}")
    document = read_document(
        answer.payload, url=row.url, content_type=answer.content_type, body_selector=site.profile.body
    )
    good = document.kind in ("article", "file") and len(document.body) >= _BODY_MIN
    if good:
        return document.kind, len(document.body), None
    wrong = f"{row.url}: reads as {document.kind} with {len(document.body)} characters of text; {_NO_BODY}"
    return document.kind, len(document.body), Problem("error", wrong)


def _holds(platform: Platform, answer: Answer) -> bool:
    payload = answer.payload if answer.outcome == "ok" else None
    return payload is not None and platform.holds_document(answer.url, payload)
