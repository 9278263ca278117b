"""What status makes of a site's runs: each state has one cause that a person can act on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.lock import held
from archive.run_id import new_run_id
from archive.runs import RunWriter
from flows.layout import Layout
from flows.site_status import SiteStatus, site_status

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


def test_a_site_without_success_for_two_days_is_late(layout: Layout, sites: Path) -> None:
    write_run(layout, NOW - timedelta(hours=49))
    assert status(layout, sites).state == "late"


def test_a_run_that_still_holds_the_data_folder_is_no_alarm(layout: Layout, sites: Path) -> None:
    write_run(layout, NOW, report=False)
    with held(layout.lock):
        found = status(layout, sites)
    assert (found.state, found.entries, found.documents_ok) == ("running", 1, 3)
    assert status(layout, sites).state == "lost"
