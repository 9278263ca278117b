"""`gongkai schedule` with a real Prefect server: stopped in a run, killed in a run, back after days."""

import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.lock import holder
from flows import prefect_runs
from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.site_status import site_status
from tests.flows.scheduling.served import Prefect, Served, lives, never_due, rewrite, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
States = list[tuple[str, str]]


@dataclass
class Story:
    """What happened to two sites: one run is stopped, runs again and is killed, then both are made up for."""

    stopped: Served
    stop_took_s: float
    left_by_stop: States
    site_when_killed: str
    schedule_alive: bool
    left_by_kill: States
    caught_up: Served
    idle_stop_took_s: float
    huaipu: States
    weiting: States
    runs_made_up: list[str]
    sites_at_last: list[str]


@pytest.fixture(scope="module")
def story(prefect: Prefect, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("story")
    with DemoSite(folder / "sites") as demo:
        yield told(prefect, Layout(folder / "data"), never_due(demo))


def told(prefect: Prefect, layout: Layout, sites: Path) -> Story:
    huaipu, weiting = (prefect.register(layout, sites)[key] for key in ("huaipu", "weiting"))

    def served() -> Served:
        return Served(layout, sites, PREFECT_API_URL=prefect.api)

    rewrite(sites / "huaipu.toml", "delay_s", "20")
    prefect.late(huaipu)
    with served() as stopped:
        run = stopped.until_crawling()
        stop_took_s = stopped.stop(signal.SIGINT)
        until(lambda: not lives(run), "the run ends with the schedule")
    left_by_stop = prefect.states(layout, huaipu)

    with served() as killed:
        run = killed.until_crawling()
        killed.process.kill()
        until(lambda: not lives(run), "the run dies with the schedule")
    (site_when_killed,) = (
        site.state for site in site_status(layout, sites, datetime.now(UTC)) if site.site == "huaipu"
    )
    scheduler = holder(layout.schedule_lock)
    left_by_kill = prefect.states(layout, huaipu)

    rewrite(sites / "huaipu.toml", "delay_s", "0")
    prefect.late(huaipu, days=(0, 2, 3))
    prefect.late(weiting, days=(1,))
    before = len(layout.run_folders())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prefect_runs, "_STARTING", timedelta())
        prefect.client(lambda client: prefect_runs.mark_lost(client, layout))
    with served() as caught_up:
        caught_up.until_said("Completed", times=2)
        idle_stop_took_s = caught_up.stop()
    return Story(
        stopped=stopped,
        stop_took_s=stop_took_s,
        left_by_stop=left_by_stop,
        site_when_killed=site_when_killed,
        schedule_alive=scheduler is not None and scheduler.alive,
        left_by_kill=left_by_kill,
        caught_up=caught_up,
        idle_stop_took_s=idle_stop_took_s,
        huaipu=prefect.states(layout, huaipu),
        weiting=prefect.states(layout, weiting),
        runs_made_up=[run.name.split("-")[1] for run in layout.run_folders()[before:]],
        sites_at_last=[site.state for site in site_status(layout, sites, datetime.now(UTC))],
    )


def test_56_stopped_in_a_run_it_ends_soon_and_quietly(story: Story) -> None:
    assert story.stopped.process.returncode == 0
    assert story.stop_took_s < 10
    assert len(story.stopped.said.splitlines()) == 2, "what was served, and what became of the run"


def test_56_a_run_that_was_stopped_is_scheduled_again(story: Story) -> None:
    assert [name for name, _ in story.left_by_stop] == ["AwaitingRetry"]
    assert "interrupted" in story.left_by_stop[0][1]


def test_56_stopped_between_runs_it_ends_soon_and_quietly(story: Story) -> None:
    assert story.caught_up.process.returncode == 0
    assert story.idle_stop_took_s < 10
    assert len(story.caught_up.said.splitlines()) == 3


def test_101_a_killed_run_is_lost(story: Story) -> None:
    assert story.site_when_killed == "lost"
    assert not story.schedule_alive
    assert [name for name, _ in story.left_by_kill] == ["Running"], "Prefect does not know yet"
    assert ("Crashed", "lost: its process was killed") in story.huaipu


def test_101_the_next_run_works(story: Story) -> None:
    assert story.huaipu[-1][0] == "Completed"
    assert story.sites_at_last == ["ok", "ok", "never"]


def test_102_days_off_are_made_up_by_one_run_of_each_site(story: Story) -> None:
    assert sorted(story.runs_made_up) == ["huaipu", "weiting"]
    assert [name for name, _ in story.huaipu] == ["Cancelled", "Cancelled", "Crashed", "Completed"]
    assert all(message.startswith("skipped: run ") for _, message in story.huaipu[:2])
    assert [name for name, _ in story.weiting] == ["Completed"]
