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
}


def rows(layout: Layout, table: str) -> list[tuple[object, ...]]:
    return ask(current(layout.data), f"select {SAME[table]} from {table} order by all").rows


def export(layout: Layout, kind: str, out: Path, *options: str) -> int:
    return run(["--data", str(layout.data), "export", kind, str(out), *options])


@pytest.fixture(params=["warc", "wacz"])
def taken_in(request: pytest.FixtureRequest, crawled: Layout, tmp_path: Path) -> Layout:
    """Return a fresh folder that took in an export of the whole corpus."""
    out, fresh = tmp_path / "out", Layout(tmp_path / "fresh")
    assert export(crawled, request.param, out) == 0
    assert run(["--data", str(fresh.data), "ingest", str(out)]) == 0
    return fresh


def test_everything_that_is_asked_comes_out_the_same(crawled: Layout, taken_in: Layout) -> None:
    for table in SAME:
        assert rows(taken_in, table) == rows(crawled, table), table
    assert rows(crawled, "mart.gone")
    assert rows(crawled, "mart.changes")
    assert rows(crawled, "mart.attachments")
    assert verify_all(taken_in, lambda _: None).problems == ()
