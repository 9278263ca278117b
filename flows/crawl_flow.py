"""The Prefect flow: crawl, load, read, publish. Prefect is told and never asked: all goes on without it.

The flow has no tasks: a task's events go through a queue that, where the server has died, takes seconds for
each of them before the process can end.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from prefect.runtime import deployment, flow_run
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled, Running

from archive.errors import Busy
from extract.errors import GongkaiError
from flows.crawling import PrefectAwayError, crawl_sites
from flows.language import t
from flows.layout import Layout
from flows.output import complain
from flows.pipeline import owned
from flows.prefect_runs import skip_others
from flows.run_results import CrawlOptions, RunResult, SiteResult


class RunFailedError(GongkaiError):
    """Some sites need a person, or a data check failed; what came is loaded. `result` has it all."""

    def __init__(self, result: RunResult) -> None:
        self.result = result
        reasons = [f"{site.site}: {site.errors[0]}" for site in result.failed]
        refused = next(iter(result.loaded.refused), "a data check found errors")
        super().__init__("; ".join(reasons) or refused)


@dataclass(slots=True)
class _Outcome:
    """What the flow's body came to, kept where Prefect cannot lose it."""

    begun: bool = False
    result: RunResult | None = None
    error: BaseException | None = None


_outcome: ContextVar[_Outcome] = ContextVar("outcome")


@flow(name="crawl", validate_parameters=False, persist_result=False)
def crawl_flow(
    data: str,
    sites: str,
    keys: list[str] | None = None,
    limit: int | None = None,
    since: str | None = None,
    contact: str | None = None,
    everything: bool = False,
    at_once: int = 1,
    wait_minutes: float = 0,
) -> RunResult | State[None]:
    """Crawl the sites of `keys` (all where none is given) into the folder `data`.

    Waits up to `wait_minutes` for the data folder; where another process still holds it then the run is
    Cancelled and says so. Raises RunFailedError after everything is loaded and published: the run is red and
    nothing is lost.
    """
    asked_since = date.fromisoformat(since) if since else None
    options = CrawlOptions(limit, asked_since, contact, everything, at_once)
    layout = Layout(Path(data))
    outcome = _outcome.get(_Outcome())
    outcome.begun = True
    try:
        hold = _in_turn(layout, wait_minutes)
        outcome.result = crawl_sites(layout, Path(sites), keys or (), options, hold=hold)
    except Busy as busy:
        outcome.error = busy
        return Cancelled(message=f"skipped: {busy}")
    except BaseException as error:
        outcome.error = error
        raise
    _leave_counts(outcome.result)
    if outcome.result.failed or not outcome.result.loaded.sound:
        raise RunFailedError(outcome.result)
    return outcome.result


@contextmanager
def _in_turn(layout: Layout, wait_minutes: float) -> Iterator[None]:
    """Hold the data folder; Prefect shows who keeps us waiting, and which other due runs this one is for."""
    waited = False

    def waiting(busy: Busy) -> None:
        nonlocal waited
        waited = True
        _show(Running(name="Waiting", message=str(busy)))

    with owned(layout, wait_s=wait_minutes * 60, on_wait=waiting):
        if waited:
            _show(Running())
        if deployment.id:
            with suppress(Exception), get_client(sync_client=True) as client:
                skip_others(client, flow_run.id, deployment.id)
        yield


def _show(state: State[None]) -> None:
    """Set the state that Prefect shows; what it answers changes nothing."""
    with suppress(Exception), get_client(sync_client=True) as client:
        client.set_flow_run_state(flow_run.id, state, force=True)


def run_flow(
    layout: Layout,
    sites: Path,
    keys: Sequence[str],
    options: CrawlOptions,
    api: str,
    *,
    wait_minutes: float = 0,
) -> RunResult:
    """Run the flow in this process, told to the Prefect server at `api`; failed sites are in the result.

    What the crawl came to is returned or raised also where the server died meanwhile: that is one line on
    standard error. Raises PrefectAwayError where Prefect broke before the crawl began.
    """
    since = options.since.isoformat() if options.since else None
    outcome = _Outcome()
    token = _outcome.set(outcome)
    try:
        with temporary_settings({PREFECT_API_URL: api}):
            crawl_flow(
                str(layout.data.resolve()),
                str(sites.resolve()),
                list(keys),
                options.limit,
                since,
                options.contact,
                options.everything,
                options.at_once,
                wait_minutes,
            )
    except (TerminationSignal, KeyboardInterrupt):
        raise KeyboardInterrupt from None
    except RunFailedError:
        pass
    except Exception as error:
        if not outcome.begun:
            raise PrefectAwayError(_reason(error)) from error
        if outcome.error is None:
            complain(t("gongkai: Prefect was not told how the run ended: {reason}", reason=_reason(error)))
    finally:
        _outcome.reset(token)
    if outcome.error is not None:
        raise outcome.error
    assert outcome.result is not None  # noqa: S101 - the body ended without an error
    return outcome.result


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _leave_counts(result: RunResult) -> None:
    """Leave the run's counts with Prefect, where it can take them: they are in the run files anyway."""
    with suppress(Exception):
        create_table_artifact(
            key="run", table=artifact_rows(result), description=f"published {result.loaded.published}"
        )


def artifact_rows(result: RunResult) -> list[dict[str, object]]:
    """Return the counts of a run, a row per site."""
    return [_artifact_row(site) for site in result.sites]


def _artifact_row(site: SiteResult) -> dict[str, object]:
    row: dict[str, object] = {"site": site.site, "run": site.run_id, "errors": "; ".join(site.errors)}
    if site.report is not None:
        row |= {"listed": site.report.entries, "complete": site.report.complete}
        row |= {str(outcome): count for outcome, count in site.report.counts.items()}
    return row
