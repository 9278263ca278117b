"""One run of one site: robots, listings, documents, attachments; all is archived before it is read."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from scrapers.address import Hosts, joined
from scrapers.answer import Answer
from scrapers.attachments import Attachments, file_limits
from scrapers.capture import Earlier, Entry, Known, Level, RunReport
from scrapers.clock import Clock
from scrapers.documents import Documents, plan
from scrapers.http import Fetcher, Limits, user_agent
from scrapers.listing import Listing, walk
from scrapers.platforms import platform_named
from scrapers.platforms.protocol import Listed, Platform
from scrapers.politeness import Manners, Pace
from scrapers.reach import reach_of
from scrapers.record import Recorder
from scrapers.site import Column, Site
from scrapers.visit import Visitor

Progress = Callable[[str], None]
_SLOWED_TELLING = 4.0
_CHINA = timedelta(hours=8)


async def crawl(
    site: Site,
    *,
    archive: ArchiveWriter,
    run: RunWriter,
    earlier: Earlier | None = None,
    limit: int | None = None,
    since: date | None = None,
    everything: bool = False,
    contact: str | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    clock: Clock | None = None,
    manners: Manners | None = None,
) -> RunReport:
    """Crawl `site` once into `archive` and `run`, and return the report that `run` ends with.

    Of the documents that earlier runs hold those that are due are asked again, conditionally, also when no
    listing names them any more; with `everything` all of them. `limit` bounds the documents asked for,
    `since` leaves out entries listed with an earlier date; with either of them only attachments of pages
    that come are asked for, and not what earlier runs owe. `contact` goes into the user agent. `manners` are
    those of all sites that are crawled together. Raises what archive and run writer raise; a server's faults
    become issues.
    When cancelled or told to exit, what is recorded so far is flushed and valid, and the run has no report.
    """
    earlier = earlier or Earlier()
    platform = platform_named(site.platform)
    clock = clock or Clock()
    manners = manners or Manners()
    pace = Pace(site.politeness.delay_s, clock, manners.turns)
    run.add("sites", {"run_id": run.run_id, **site.model_dump(mode="json")})
    recorder = Recorder(site.key, archive, run)
    tell = progress or _silent
    started_at = clock.now()

    def record_robots(answer: Answer) -> None:
        recorder.capture(answer, "robots")

    try:
        async with Fetcher(
            agent=user_agent(contact),
            pace=pace,
            limits=limits,
            clock=clock,
            reach=reach_of(site),
        ) as fetcher:
            hosts = Hosts(site.hosts, site.base_url)
            visitor = Visitor(
                fetcher,
                hosts=hosts,
                pace=pace,
                on_robots=record_robots,
                kept=earlier.robots,
                health=manners.health,
            )
            tomorrow = (started_at + _CHINA + timedelta(days=1)).date()
            listings = _Listings(site, platform, hosts, visitor, recorder, earlier.known, tomorrow)
            await listings.read(tell)
            attachments = Attachments(
                visitor,
                recorder,
                hosts,
                earlier.files,
                tell,
                limits=file_limits(limits or Limits()),
                body_selector=site.profile.body,
            )
            documents = Documents(
                platform, visitor, recorder, earlier.known, tell, on_new=attachments.named_by
            )
            if not listings.closed:
                planned = plan(
                    listings.entries.values(),
                    earlier,
                    now=started_at,
                    complete=listings.complete,
                    since=since,
                    everything=everything,
                )
                await documents.fetch(planned[:limit])
                if limit is None and since is None:
                    attachments.owed()
                await attachments.fetch({*earlier.known, *listings.fetch_urls})
        _tell_slowed(pace, recorder)
        return recorder.report(
            started_at,
            clock.now(),
            complete=listings.complete,
            expected=listings.expected,
            entries=len(listings.entries),
        )
    except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
        run.sync()
        raise


def _silent(_: str) -> None:
    return None


def _tell_slowed(pace: Pace, recorder: Recorder) -> None:
    """Say which hosts were asked much more slowly than usual: it explains why a run took so long."""
    for host, gap_s in pace.slowest_s.items():
        usual_s = pace.usual_gap_s(host)
        if gap_s >= _SLOWED_TELLING * usual_s > 0:
            message = (
                f"{host} was slow or overloaded: asked only every {gap_s:.0f} s at times, not {usual_s:g} s"
            )
            recorder.issue("warning", "host_slowed", None, message, {"host": host})


class _Listings:
    """The listings of all columns: entries recorded as soon as their column was read, doubts as issues."""

    def __init__(
        self,
        site: Site,
        platform: Platform,
        hosts: Hosts,
        visitor: Visitor,
        recorder: Recorder,
        known: Mapping[str, Known],
        tomorrow: date,
    ) -> None:
        self._site = site
        self._platform = platform
        self._hosts = hosts
        self._visitor = visitor
        self._recorder = recorder
        self._known = known
        self._tomorrow = tomorrow
        self._read: list[Listing] = []
        self.entries: dict[str, Entry] = {}
        self.closed = False

    @property
    def complete(self) -> bool:
        """Tell whether all columns were read whole and gave what the site file expects."""
        whole = len(self._read) == len(self._site.columns) and all(listing.complete for listing in self._read)
        return whole and len(self.entries) >= self._site.expect.entries_min

    @property
    def expected(self) -> int | None:
        """The rows that the site says its columns have; None where a column does not say."""
        totals = [listing.total for listing in self._read if listing.total is not None]
        return sum(totals) if len(totals) == len(self._site.columns) else None

    @property
    def fetch_urls(self) -> frozenset[str]:
        """The addresses that give the documents listed."""
        return frozenset(entry.fetch_url for entry in self.entries.values())

    async def read(self, tell: Progress) -> None:
        """Read every column, unless the rules of the site's host cannot be known."""
        why = await self._visitor.closed(self._site.base_url)
        if why is not None:
            self.closed = True
            self._recorder.issue("error", "host_closed", self._site.base_url, why)
            return
        for column in self._site.columns:
            tell(f"listing {column.name}")
            listing = await walk(self._platform, Listed(self._site, column, self._hosts), self._ask)
            listing.drop_days_after(self._tomorrow)
            self._record(column, listing)
            tell(
                f"listing {column.name}: {len(listing.rows)} rows{'' if listing.complete else ', incomplete'}"
            )
        self._check_expected()

    async def _ask(self, url: str) -> Answer:
        answer = await self._visitor.get(url)
        self._recorder.capture(answer, "listing")
        return answer

    def _record(self, column: Column, listing: Listing) -> None:
        self._read.append(listing)
        for seen in listing.rows.values():
            fetch_url = seen.row.fetch_url
            if fetch_url not in self._known and seen.row.url in self._known:
                fetch_url = seen.row.url  # earlier runs found the document there and not in the JSON
            entry = self._recorder.entry(column.name, seen, fetch_url)
            self.entries.setdefault(entry.url, entry)
        for url, note in listing.told_notes():
            self._recorder.issue("warning", note.code, url, f"{column.name}: {note.message}", note.data)
        for doubt in listing.doubts:
            level: Level = "error" if doubt.code == "listing_failed" else "warning"
            self._recorder.issue(level, doubt.code, doubt.url, f"{column.name}: {doubt.message}")
        if not listing.rows and listing.complete:
            url = joined(self._site.base_url, column.url or "") or self._site.base_url
            self._recorder.issue("warning", "column_empty", url, f"{column.name}: the listing has no rows")

    def _check_expected(self) -> None:
        least, found = self._site.expect.entries_min, len(self.entries)
        if found < least:
            code = "too_few_entries" if found else "no_entries"
            message = f"{found} entries listed where the site file expects {least}"
            self._recorder.issue("error", code, self._site.base_url, message)
