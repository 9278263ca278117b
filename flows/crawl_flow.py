"""The Prefect flow: crawl, load, read, publish; a task for each site, never for a page."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.settings import PREFECT_API_URL, temporary_settings

from extract.errors import GongkaiError
from flows.digest import digest
from flows.layout import Layout
from flows.loading import LoadReport, Tell, latest, load
from flows.notifying import notify, targets
from flows.output import progress
from flows.pipeline import Shared, crawl_site, run_sites
from flows.run_results import CrawlOptions, RunResult, SiteResult
from flows.sites import chosen_sites
from scrapers.site import Site


class SitesFailedError(GongkaiError):
    """Some sites need a person; the others are loaded. `result` has what each came to."""

    def __init__(self, result: RunResult) -> None:
        self.result = result
        super().__init__("; ".join(f"{site.site}: {site.errors[0]}" for site in result.failed))


@task(
    name="crawl-site",
    task_run_name="crawl {site.key}",
    retries=1,
    retry_delay_seconds=30,
    cache_policy=NO_CACHE,
)
async def crawl_task(
    layout: Layout, site: Site, options: CrawlOptions, shared: Shared, tell: Tell
) -> SiteResult:
    """Crawl one site; tried again once if it breaks in a way that nobody foresaw."""
    return await crawl_site(layout, site, options, shared, tell)


@task(name="load", retries=1, retry_delay_seconds=5, cache_policy=NO_CACHE)
def load_task(layout: Layout, tell: Tell) -> LoadReport:
    """Load what is new, read it, publish: idempotent, so it may be tried again."""
    return load(layout, tell)


@flow(name="crawl", validate_parameters=False, persist_result=False)
def crawl_flow(
    data: str,
    sites: str,
    keys: list[str] | None = None,
    limit: int | None = None,
    since: str | None = None,
    contact: str | None = None,
    everything: bool = False,
) -> RunResult:
    """Crawl the sites of `keys` (all where none is given) into the folder `data`.

    Raises SitesFailedError after everything else is loaded and published: the run is red and nothing is lost.
    """
    chosen, _ = chosen_sites(Path(sites), keys or (), progress)
    options = CrawlOptions(limit, date.fromisoformat(since) if since else None, contact, everything)
    layout, started_at = Layout(Path(data)), datetime.now(UTC)
    before = latest(layout)
    result = run_sites(layout, chosen, options, progress, crawl_step=crawl_task, load_step=load_task)
    if addresses := targets():
        notify(digest(before, result.loaded.published, started_at, result.failed), addresses)
    create_table_artifact(
        key="run", table=artifact_rows(result), description=f"published {result.loaded.published}"
    )
    if result.failed:
        raise SitesFailedError(result)
    return result


def run_flow(layout: Layout, sites: Path, keys: Sequence[str], options: CrawlOptions, api: str) -> RunResult:
    """Run the flow in this process, told to the Prefect server at `api`; failed sites are in the result."""
    since = options.since.isoformat() if options.since else None
    with temporary_settings({PREFECT_API_URL: api}):
        try:
            return crawl_flow(
                str(layout.data),
                str(sites),
                list(keys),
                options.limit,
                since,
                options.contact,
                options.everything,
            )
        except SitesFailedError as error:
            return error.result


def artifact_rows(result: RunResult) -> list[dict[str, object]]:
    """Return the counts of a run, a row per site."""
    return [_artifact_row(site) for site in result.sites]


def _artifact_row(site: SiteResult) -> dict[str, object]:
    row: dict[str, object] = {"site": site.site, "run": site.run_id, "errors": "; ".join(site.errors)}
    if site.report is not None:
        row |= {"listed": site.report.entries, "complete": site.report.complete}
        row |= {str(outcome): count for outcome, count in site.report.counts.items()}
    return row
