"""`gongkai schedule` with a real Prefect server: overlap, lost runs, catch-up, being stopped."""

import json
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from flows import prefect_runs
from flows.layout import Layout
from tests.flows.scheduling.served import Prefect, Served, lives, rewrite, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
Cli = Callable[..., int]


@pytest.fixture
def served(prefect: Prefect, layout: Layout, sites: Path) -> Callable[[], Served]:
    return lambda: Served(layout, sites, PREFECT_API_URL=prefect.api)


def slow(sites: Path, key: str, delay_s: int) -> None:
    rewrite(sites / f"{key}.toml", "delay_s", str(delay_s))


def test_102_days_off_are_made_up_by_one_run_of_each_site_and_an_idle_schedule_stops_at_once(
    prefect: Prefect, registered: dict[str, UUID], served: Callable[[], Served], layout: Layout
) -> None:
    prefect.late(registered["huaipu"], days=(3, 1, 2))
    prefect.late(registered["weiting"], days=(1,))
    with served() as schedule:
        schedule.until_said("Completed", times=2)
        took_s = schedule.stop()
    *older, newest = prefect.states(layout, registered["huaipu"])
    assert newest[0] == "Completed"
    assert {name for name, _ in older} == {"Cancelled"}
    assert all(message.startswith("skipped: run ") for _, message in older)
    assert [name for name, _ in prefect.states(layout, registered["weiting"])] == ["Completed"]
    crawled = [folder.name.split("-")[1] for folder in layout.run_folders()]
    assert sorted(crawled) == ["huaipu", "weiting"], "one after the other, each once"
    assert (schedule.process.returncode, took_s < 10) == (0, True)
    assert len(schedule.said.splitlines()) == 3, "no more than what was served and how two runs ended"


def test_56_and_101_stopped_it_runs_again_and_killed_it_is_lost_and_the_next_run_works(
    prefect: Prefect,
    registered: dict[str, UUID],
    served: Callable[[], Served],
    layout: Layout,
    sites: Path,
    cli: Cli,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow(sites, "huaipu", 20)
    prefect.late(registered["huaipu"])
    with served() as schedule:
        run = schedule.until_crawling()
        took_s = schedule.stop(signal.SIGINT)
        assert (schedule.process.returncode, took_s < 10) == (0, True)
        assert not lives(run)
        assert "Traceback" not in schedule.said
    assert [name for name, _ in prefect.states(layout, registered["huaipu"])] == ["AwaitingRetry"]

    with served() as schedule:
        run = schedule.until_crawling()
        schedule.process.kill()
        until(lambda: not lives(run), "the run dies with the schedule")
    assert cli("--sites", sites, "status", "--json") == 4
    status = json.loads(capsys.readouterr().out)
    assert {site["site"]: site["state"] for site in status["sites"]}["huaipu"] == "lost"
    assert status["schedule"]["alive"] is False
    assert [name for name, _ in prefect.states(layout, registered["huaipu"])] == ["Running"], "still"

    monkeypatch.setattr(prefect_runs, "_STARTING", timedelta())
    assert len(prefect.client(lambda client: prefect_runs.mark_lost(client, layout))) == 1
    slow(sites, "huaipu", 0)
    prefect.late(registered["huaipu"], days=(0,))
    with served() as schedule:
        schedule.until_said("huaipu: Completed")
        schedule.stop()
    assert prefect.states(layout, registered["huaipu"])[0] == ("Crashed", "lost: its process was killed")
    assert cli("--sites", sites, "status") == 0
