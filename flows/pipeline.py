"""The steps of a run as plain functions, which Prefect's tasks and the commands call.

Network and database are never open at once (DESIGN, rule 5): what a crawl must know is asked before.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from archive.errors import ArchiveError
from archive.lock import held
from archive.repair import repair
from archive.run_id import new_run_id
from archive.runs import RunWriter, read_rows
from archive.writer import ArchiveWriter
from extract.errors import GongkaiError
from flows.expectations import held_against
from flows.layout import Layout
from flows.loading import LoadReport, Tell, knowledge, load, load_runs
from flows.run_results import CrawlOptions, RunResult, SiteResult
from scrapers.capture import Issue, RunReport, row
from scrapers.crawl import crawl
from scrapers.site import Site

_log = logging.getLogger(__name__)

CrawlStep = Callable[[Layout, Site, CrawlOptions, Tell], SiteResult]
LoadStep = Callable[[Layout, Tell], LoadReport]


@contextmanager
def owned(layout: Layout) -> Iterator[None]:
    """Hold the data folder and mend what a killed run left; raises archive.errors.Busy when it is held."""
    with held(layout.lock):
        repair(layout.archive)
        yield


def run_sites(
    layout: Layout,
    sites: Sequence[Site],
    options: CrawlOptions,
    tell: Tell,
    *,
    crawl_step: CrawlStep | None = None,
    load_step: LoadStep = load,
) -> RunResult:
    """Crawl `sites` one after the other, then load once; one site's failure never stops the others.

    Prefect passes its tasks as the steps. Raises archive.errors.Busy when another run holds the data folder.
    """
    with owned(layout):
        load_runs(layout, tell)  # a killed run's captures are known before we ask the sites again
        results = tuple(_guarded(crawl_step or crawl_site, layout, site, options, tell) for site in sites)
        loaded = load_step(layout, tell)
    if options.limit is None and options.since is None:
        results = held_against(loaded.published, sites, results)
    return RunResult(results, loaded)


def _guarded(step: CrawlStep, layout: Layout, site: Site, options: CrawlOptions, tell: Tell) -> SiteResult:
    """Crawl one site; what nobody foresaw is logged as the bug that it is, and the other sites go on."""
    try:
        return step(layout, site, options, tell)
    except GongkaiError as error:
        return SiteResult(site.key, None, None, (str(error),))
    except Exception as error:
        _log.exception("crawl of %s", site.key)
        return SiteResult(site.key, None, None, (f"{type(error).__name__}: {error}",))


def crawl_site(layout: Layout, site: Site, options: CrawlOptions, tell: Tell) -> SiteResult:
    """Crawl one site into the archive and a run folder; the caller owns the data folder.

    An error that ends the crawl (a full disk) is recorded as an issue of the run;
    one that nobody foresaw is recorded and raised.
    """
    run_id = new_run_id(site.key, datetime.now(UTC))
    knows = knowledge(layout, site.key)
    report: RunReport | None = None
    failures: tuple[str, ...] = ()
    with RunWriter(layout.runs, run_id) as run:
        try:
            with ArchiveWriter(layout.archive, run_id, knows.originals) as archive:
                report = asyncio.run(
                    crawl(
                        site,
                        archive=archive,
                        run=run,
                        earlier=knows.earlier,
                        limit=options.limit,
                        since=options.since,
                        everything=options.everything,
                        contact=options.contact,
                        progress=tell,
                    )
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
