"""The steps of a run as plain functions, which Prefect's tasks and the commands call.

Network and database are never open at once (DESIGN, rule 5): what a crawl must know is asked before.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.errors import ArchiveError, Busy
from archive.lock import held
from archive.repair import repair
from archive.run_id import moment_after, new_run_id
from archive.runs import RunWriter, read_rows
from archive.writer import ArchiveWriter
from extract.errors import GongkaiError
from flows.expectations import held_against, write_verdicts
from flows.keeping import kept_for
from flows.knowledge import Knowledge, knowledge
from flows.layout import Layout
from flows.loading import Tell, load, load_runs
from flows.manners import manners
from flows.run_results import CrawlOptions, RunResult, SiteResult
from flows.scratch import clear
from scrapers.capture import Issue, RunReport, row
from scrapers.crawl import crawl
from scrapers.politeness import Manners
from scrapers.site import Site

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sites of one run share: what is known of them, and the manners towards their hosts."""

    knowledge: Knowledge
    manners: Manners


@contextmanager
def owned(
    layout: Layout, *, wait_s: float = 0, on_wait: Callable[[Busy], None] | None = None
) -> Iterator[None]:
    """Hold the data folder and mend what a killed run left.

    Raises archive.errors.Busy when another process still holds it after `wait_s` seconds; `on_wait` is told
    once that it waits.
    """
    with held(layout.lock, wait_s=wait_s, on_wait=on_wait):
        repair(layout.archive)
        clear(layout)
        yield


def run_sites(
    layout: Layout,
    sites: Sequence[Site],
    options: CrawlOptions,
    tell: Tell,
    *,
    hold: AbstractContextManager[None] | None = None,
) -> RunResult:
    """Crawl `sites`, `options.at_once` at a time, then load once; one site's failure never stops the others.

    `hold` holds the data folder meanwhile, `owned(layout)` where it is None. Raises archive.errors.Busy when
    another run holds it.
    """
    kept_for()  # a setting that is wrong is told before the sites are asked
    with hold or owned(layout):
        load_runs(layout, tell)  # a killed run's captures are known before we ask the sites again
        with knowledge(layout, [site.key for site in sites]) as known:
            shared = Shared(known, manners(layout))
            results = asyncio.run(_crawled(layout, sites, options, shared, tell))
        loaded = load(layout, tell)
        whole = options.limit is None and options.since is None
        results = held_against(loaded.published, sites, results, whole=whole)
        results = write_verdicts(layout.runs, results)
    return RunResult(results, loaded)


async def _crawled(
    layout: Layout, sites: Sequence[Site], options: CrawlOptions, shared: Shared, tell: Tell
) -> tuple[SiteResult, ...]:
    """Crawl the sites, some at once: a host is asked by one of them at a time, whoever shares it."""
    places = asyncio.Semaphore(options.at_once)

    async def one(site: Site) -> SiteResult:
        async with places:
            return await _guarded(layout, site, options, shared, lambda what: tell(f"{site.key}: {what}"))

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(site)) for site in sites]
    return tuple(task.result() for task in tasks)


async def _guarded(
    layout: Layout, site: Site, options: CrawlOptions, shared: Shared, tell: Tell
) -> SiteResult:
    """Crawl one site; what nobody foresaw is logged as the bug that it is, and the other sites go on."""
    try:
        return await crawl_site(layout, site, options, shared, tell)
    except GongkaiError as error:
        return SiteResult(site.key, None, None, (str(error),))
    except Exception as error:
        _log.exception("crawl of %s", site.key)
        return SiteResult(site.key, None, None, (f"{type(error).__name__}: {error}",))


async def crawl_site(
    layout: Layout, site: Site, options: CrawlOptions, shared: Shared, tell: Tell
) -> SiteResult:
    """Crawl one site into the archive and a run folder; the caller owns the data folder.

    An error that ends the crawl (a full disk) is recorded as an issue of the run;
    one that nobody foresaw is recorded and raised.
    """
    run_id = new_run_id(site.key, moment_after(layout.run_ids(), datetime.now(UTC)))
    known = shared.knowledge
    report: RunReport | None = None
    failures: tuple[str, ...] = ()
    with RunWriter(layout.runs, run_id) as run:
        try:
            with ArchiveWriter(layout.archive, run_id, known.originals) as archive:
                report = await crawl(
                    site,
                    archive=archive,
                    run=run,
                    earlier=known.earlier(site.key),
                    limit=options.limit,
                    since=options.since,
                    everything=options.everything,
                    contact=options.contact,
                    progress=tell,
                    manners=shared.manners,
                )
        except Exception as error:
            failures = (str(error),)
            issue = Issue(run_id, site.key, "error", "crawl_failed", site.base_url, str(error), {})
            with suppress(ArchiveError):  # a full disk takes no issue either
                run.add("issues", row(issue))
            if not isinstance(error, GongkaiError | OSError):
                raise
    issues = read_rows(layout.runs / run_id, "issues")
    errors = [issue["message"] for issue in issues if issue["level"] == "error"]
    return SiteResult(site.key, run_id, report, tuple(dict.fromkeys([*errors, *failures])))
