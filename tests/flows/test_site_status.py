"""What status makes of a site's runs: each state has one cause that a person can act on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.lock import held
from archive.run_id import new_run_id
from archive.runs import RunWriter
from flows.layout import Layout
from flows.site_status import SCHEDULE, SiteStatus, site_status
from scrapers.site import Site

NOW = datetime(2031, 3, 4, 5, 6, tzinfo=UTC)
SITE = """
key = "yunxi"
name = "云栖区人民政府"
[expect]
max_age_days = 100
"""


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "yunxi.toml").write_text(SITE, encoding="utf-8")
    (folder / "broken.toml").write_text("key = ", encoding="utf-8")
    return folder


def write_run(layout: Layout, at: datetime, *, report: bool = True, **facts: Any) -> None:
    with RunWriter(layout.runs, new_run_id("yunxi", at)) as run:
        for listed in facts.get("listed", ("2031-02-01",)):
            run.add("entries", {"url": "http://x/", "published_on": listed})
        for outcome in ("ok", "ok", "unchanged", "not_found"):
            run.add("captures", {"purpose": "document", "outcome": outcome})
        for level in facts.get("issues", ()):
            run.add("issues", {"level": level, "message": "m"})
        if verdict := facts.get("verdict"):
            run.add("verdicts", {"errors": [verdict]})
        if report:
            complete = facts.get("complete", True)
            run.add("runs", {"finished_at": at, "complete": complete, "entries": 6})


def status(layout: Layout, sites: Path) -> SiteStatus:
    (found,) = site_status(layout, sites, NOW)
    return found


def test_a_site_without_a_run_was_never_crawled(layout: Layout, sites: Path) -> None:
    assert status(layout, sites).state == "never"


def test_a_fresh_whole_run_is_fine_and_counted(layout: Layout, sites: Path) -> None:
    write_run(layout, NOW - timedelta(hours=9))
    found = status(layout, sites)
    assert (found.state, found.entries, found.documents_ok) == ("ok", 6, 3)
    assert found.last_success == NOW - timedelta(hours=9)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"report": False}, "lost"),
        ({"issues": ("warning", "error")}, "failed"),
        ({"issues": ("warning",)}, "ok"),
        ({"complete": False}, "incomplete"),
        ({"listed": ("2030-01-01", None)}, "stale"),
    ],
)
def test_each_state_has_its_cause(layout: Layout, sites: Path, facts: dict[str, Any], state: str) -> None:
    write_run(layout, NOW - timedelta(hours=1), **facts)
    assert status(layout, sites).state == state


def test_the_last_run_counts_and_the_last_success_is_remembered(layout: Layout, sites: Path) -> None:
    write_run(layout, NOW - timedelta(hours=30))
    write_run(layout, NOW - timedelta(hours=2), complete=False)
    found = status(layout, sites)
    assert (found.state, found.last_success) == ("incomplete", NOW - timedelta(hours=30))


@pytest.mark.parametrize(
    ("line", "hours", "due"),
    [
        ("17 5 * * *", 31, None),  # due at 21:17 UTC: the last time may wait a day, the one before was met
        ("17 5 * * *", 32, datetime(2031, 3, 2, 21, 17, tzinfo=UTC)),
        ("17 5 * * 0", 49, None),  # Sundays; NOW is a Tuesday
        ("17 5 * * 0", 7 * 24 + 1, datetime(2031, 3, 1, 21, 17, tzinfo=UTC)),
    ],
)
def test_104_a_site_is_late_by_its_own_cron_line_in_chinese_time(
    layout: Layout, sites: Path, line: str, hours: int, due: datetime | None
) -> None:
    (sites / "yunxi.toml").write_text(f'key = "yunxi"\nschedule = "{line}"', encoding="utf-8")
    write_run(layout, NOW - timedelta(hours=hours))
    found = status(layout, sites)
    assert (found.state, found.since) == (("late", due) if due else ("ok", None))
    assert bool(found.reason) == bool(due)


def test_a_site_is_bad_since_the_first_run_after_a_good_one(layout: Layout, sites: Path) -> None:
    for hours, complete in ((90, False), (80, True), (70, False), (9, False)):
        write_run(layout, NOW - timedelta(hours=hours), complete=complete)
    found = status(layout, sites)
    assert (found.state, found.since) == ("incomplete", NOW - timedelta(hours=70))


def test_a_verdict_on_the_run_counts_as_an_error_of_its_own(layout: Layout, sites: Path) -> None:
    write_run(layout, NOW, verdict="none of the 3 documents asked for came")
    found = status(layout, sites)
    assert (found.state, found.errors) == ("failed", 1)
    assert found.reason == "none of the 3 documents asked for came"


def test_a_site_that_a_schedule_serves_is_late_where_it_is_never_crawled(
    layout: Layout, sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status(layout, sites).state == "never", "nobody said that it should be"
    with held(layout.schedule_lock):
        since = json.loads(layout.schedule_lock.read_text("utf-8"))["since"]
        soon, later = (datetime.fromisoformat(since) + timedelta(hours=hours) for hours in (23, 49))
        assert site_status(layout, sites, soon)[0].state == "never"
        assert site_status(layout, sites, later)[0].state == "late"


def test_a_run_that_holds_the_data_folder_is_no_alarm_and_others_are_lost(
    layout: Layout, sites: Path
) -> None:
    write_run(layout, datetime(2021, 1, 1, tzinfo=UTC), report=False)
    with held(layout.lock):
        assert status(layout, sites).state == "lost", "it began before the lock was taken"
        write_run(layout, datetime.now(UTC), report=False)
        now = datetime.now(UTC)
        (found,) = site_status(layout, sites, now)
        assert (found.state, found.entries, found.documents_ok) == ("running", 1, 3)
        assert site_status(layout, sites, now + timedelta(days=3))[0].state == "late", "it hangs"
    assert site_status(layout, sites, now)[0].state == "lost"


def test_104_runs_that_a_wrong_clock_named_do_not_hide_those_of_today(layout: Layout, sites: Path) -> None:
    write_run(layout, NOW + timedelta(days=3000))
    write_run(layout, NOW - timedelta(hours=1), complete=False)
    found = status(layout, sites)
    assert (found.state, found.last_success) == ("incomplete", None)


def test_104_a_clock_that_was_set_back_makes_no_site_late(layout: Layout, sites: Path) -> None:
    write_run(layout, NOW + timedelta(hours=5))
    assert status(layout, sites).state == "ok"


def test_the_default_line_is_that_of_the_site_file() -> None:
    assert Site.model_fields["schedule"].default == SCHEDULE
