"""A run that finds its data folder held: it waits and says for whom, or is skipped and says so."""

import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID

import pytest

from archive.errors import Busy
from archive.lock import held
from flows.layout import Layout
from flows.run_results import CrawlOptions
from tests.flows.scheduling.served import Prefect, until

HOLD = """
import sys
from pathlib import Path
from archive.lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_100_a_run_that_is_not_to_wait_is_cancelled_with_the_reason(
    prefect: Prefect, layout: Layout, sites: Path
) -> None:
    from flows.crawl_flow import run_flow

    with held(layout.lock), pytest.raises(Busy, match="process"):
        run_flow(layout, sites, ["huaipu"], CrawlOptions(), prefect.api)
    (run,) = prefect.into(layout)
    assert run.state.name == "Cancelled"
    assert "skipped" in run.state.message
    assert "held by process" in run.state.message


def test_100_a_run_waits_its_turn_and_shows_for_whom(prefect: Prefect, layout: Layout, sites: Path) -> None:
    from flows.crawl_flow import run_flow

    shown: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(layout.lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"

        def let_go_when_shown() -> None:
            def waits() -> bool:
                return any(run.state.name == "Waiting" for run in prefect.into(layout))

            until(waits, "Waiting")
            shown.extend(run.state.message for run in prefect.into(layout))
            holder.kill()

        watcher = threading.Thread(target=let_go_when_shown)
        watcher.start()
        result = run_flow(layout, sites, ["huaipu"], CrawlOptions(), prefect.api, wait_minutes=1)
        watcher.join()
    assert f"held by process {holder.pid}" in shown[0]
    assert not result.failed
    (run,) = prefect.into(layout)
    assert run.state.name == "Completed"


def test_100_what_became_due_while_a_run_waited_is_done_by_it(
    prefect: Prefect, registered: dict[str, UUID]
) -> None:
    """The newest due run of each site is started, in the order in which they were due."""
    from flows.prefect_runs import due_runs, next_runs

    prefect.late(registered["huaipu"], days=(5, 1))
    prefect.late(registered["weiting"], days=(2, 4))
    due = prefect.client(lambda client: due_runs(client, registered.values()))
    assert len(due) == 4
    assert [run.deployment_id for run in next_runs(due)] == [registered["weiting"], registered["huaipu"]]
    ages = [(due[0].next_scheduled_start_time - run.next_scheduled_start_time).days for run in next_runs(due)]
    assert ages == [-3, -4], "due 2 days and 1 day ago, where the first was 5 days ago"
