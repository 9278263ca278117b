"""How long published copies stay is a setting, and a wrong one is told before anything is asked for."""

from datetime import timedelta

import pytest

from flows.exit_codes import ExitCode
from flows.keeping import VARIABLE, KeepingError, kept_for
from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions
from warehouse.publish import KEPT_FOR


@pytest.mark.parametrize(
    ("told", "days"), [(None, KEPT_FOR.days), ("", KEPT_FOR.days), ("0", 0), (" 30 ", 30), ("36500", 36_500)]
)
def test_days_are_as_told_or_a_week(monkeypatch, told: str | None, days: int) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if told is not None:
        monkeypatch.setenv(VARIABLE, told)
    assert kept_for() == timedelta(days=days)


@pytest.mark.parametrize("told", ["week", "-1", "1.5", "36501", "9" * 30, "9" * 5_000, "七", "²"])
def test_what_is_no_number_of_days_is_refused_with_its_name(monkeypatch, told: str) -> None:
    monkeypatch.setenv(VARIABLE, told)
    with pytest.raises(KeepingError, match=f"{VARIABLE}: .* is no number of days from 0 to 36500"):
        kept_for()


def test_a_crawl_says_so_before_it_asks_anybody(monkeypatch, layout: Layout) -> None:
    monkeypatch.setenv(VARIABLE, "week")
    with pytest.raises(KeepingError):
        run_sites(layout, [], CrawlOptions(), lambda _: None)
    assert not layout.data.exists()


def test_copies_go_by_the_setting(monkeypatch, layout: Layout, cli, tmp_path) -> None:
    monkeypatch.setenv(VARIABLE, "0")
    layout.published.mkdir(parents=True)
    old = [layout.published / f"gongkai-2020010{day}T000000000000Z.duckdb" for day in (1, 2, 3, 4)]
    for copy in old:
        copy.touch()
    page = tmp_path / "a.txt"
    page.write_text("云溪区2024年工作总结\n" + "各项工作稳步推进。\n" * 20, encoding="utf-8")
    assert cli("ingest", page) == ExitCode.OK
    assert [copy.exists() for copy in old] == [False, False, True, True]
