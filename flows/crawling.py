"""One crawl from site files to the digest: told to Prefect where that works, and as well without it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from extract.errors import GongkaiError
from flows.digest import digest
from flows.language import t
from flows.layout import Layout
from flows.loading import latest
from flows.notifying import notify, targets
from flows.output import complain, progress
from flows.pipeline import owned, run_sites
from flows.run_results import CrawlOptions, RunResult
from flows.sites import chosen_sites


def crawl_sites(
    layout: Layout,
    sites: Path,
    keys: Sequence[str],
    options: CrawlOptions,
    *,
    hold: AbstractContextManager[None] | None = None,
) -> RunResult:
    """Crawl the sites of `keys` (all in `sites` where none is given), load, publish, and send the digest.

    `hold` holds the data folder meanwhile (pipeline.run_sites). Failed sites are in the result.
    """
    chosen, _ = chosen_sites(sites, keys, progress)
    with hold or owned(layout):
        before, started_at = latest(layout), datetime.now(UTC)
        result = run_sites(layout, chosen, options, progress, hold=nullcontext())
    if addresses := targets():
        notify(digest(before, result.loaded.published, started_at, result.failed), addresses)
    return result


class PrefectAwayError(GongkaiError):
    """Prefect broke before a crawl began; the message is its reason."""


def crawl_once(
    layout: Layout,
    sites: Path,
    keys: Sequence[str],
    options: CrawlOptions,
    *,
    wait_minutes: float = 0,
    prefect: bool = True,
) -> RunResult:
    """Crawl as `crawl_sites` does, as a run that Prefect records; a Prefect that does not work is one line.

    Waits up to `wait_minutes` for the data folder, then raises archive.errors.Busy.
    """
    if prefect:
        try:
            return _crawl_told(layout, sites, keys, options, wait_minutes)
        except PrefectAwayError as error:
            complain(
                t("gongkai: Prefect does not work, so the crawl goes on without it: {reason}", reason=error)
            )
    hold = owned(layout, wait_s=wait_minutes * 60, on_wait=lambda busy: progress(str(busy)))
    return crawl_sites(layout, sites, keys, options, hold=hold)


def _crawl_told(
    layout: Layout, sites: Path, keys: Sequence[str], options: CrawlOptions, wait_minutes: float
) -> RunResult:
    from flows.prefect_server import prefect_server

    with ExitStack() as stack:
        try:
            api = stack.enter_context(prefect_server(layout))
            from flows.crawl_flow import run_flow
        except Exception as error:  # a taken port, a full disk, a broken install: whatever it is
            raise PrefectAwayError(str(error) or type(error).__name__) from error
        return run_flow(layout, sites, keys, options, api, wait_minutes=wait_minutes)
