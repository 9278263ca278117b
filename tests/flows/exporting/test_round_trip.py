"""An export of pages, taken in by a fresh folder, gives the same warehouse."""

from pathlib import Path

import pytest

from flows.cli import run
from flows.layout import Layout
from flows.questions import ask
from flows.verification import verify_all
from warehouse.publish import current

# where a record lies, and the line of its row in the run's file, are of the folder
PLACES = "exclude (warc, warc_offset)"
SAME = {
    "mart.documents": "*",
    "mart.metrics": "*",
    "mart.latest_metric": "*",
    "mart.versions": f"* {PLACES}",
    "mart.changes": "*",
    "mart.gone": f"* {PLACES}",
    "mart.returned": f"* {PLACES}",
    "mart.answers": f"* {PLACES}",
    "mart.captures": "* exclude (warc, warc_offset, line)",
    "mart.attachments": "*",
    "mart.cells": "*",
    "mart.indicator_panel": "*",
    "mart.targets": "*",
    "mart.coverage": "*",
    "mart.conflicts": "*",
    "mart.duplicates": "*",
    "mart.ranking": "*",
    "mart.missing": "*",
}


def rows(layout: Layout, table: str) -> list[tuple[object, ...]]:
    return ask(current(layout.data), f"select {SAME[table]} from {table} order by all").rows


def export(layout: Layout, kind: str, out: Path, *options: str) -> int:
    return run(["--data", str(layout.data), "export", kind, str(out), *options])


@pytest.fixture(scope="module", params=["warc", "wacz"])
def taken_in(
    request: pytest.FixtureRequest, crawled: Layout, tmp_path_factory: pytest.TempPathFactory
) -> Layout:
    """Return a fresh folder, beside an export of the whole corpus that it took in."""
    folder = tmp_path_factory.mktemp("round")
    out, fresh = folder / "out", Layout(folder / "fresh")
    assert export(crawled, request.param, out) == 0
    assert run(["--data", str(fresh.data), "ingest", str(out)]) == 0
    return fresh


def test_a_run_that_is_there_is_left_out_aloud(taken_in: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    before = rows(taken_in, "mart.captures")
    assert run(["--data", str(taken_in.data), "ingest", str(taken_in.data.parent / "out")]) == 0
    assert "9 runs of an export are here already" in capsys.readouterr().err
    assert rows(taken_in, "mart.captures") == before


def test_everything_that_is_asked_comes_out_the_same(crawled: Layout, taken_in: Layout) -> None:
    for table in SAME:
        assert rows(taken_in, table) == rows(crawled, table), table
    assert rows(crawled, "mart.gone")
    assert rows(crawled, "mart.changes")
    assert rows(crawled, "mart.attachments")
    assert verify_all(taken_in, lambda _: None).problems == ()


def test_a_part_comes_out_as_it_was_in_the_whole(pages: Layout, tmp_path: Path) -> None:
    fresh = Layout(tmp_path / "fresh")
    assert export(pages, "wacz", tmp_path / "out", "--column", "总结") == 0
    assert run(["--data", str(fresh.data), "ingest", str(tmp_path / "out" / "gongkai.wacz")]) == 0
    for table in ("mart.documents", "mart.metrics", "mart.versions", "mart.captures"):
        part = rows(fresh, table)
        assert part
        assert set(map(str, part)) < set(map(str, rows(pages, table))), table
    assert verify_all(fresh, lambda _: None).problems == ()
