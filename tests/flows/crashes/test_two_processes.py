"""Two processes on one data folder (FAULTS 87, 94, 95, 97): one works, the other ends and says why."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.cli import run
from flows.layout import Layout
from flows.readers import Readers
from tests.flows.test_readers import read
from warehouse.database import warehouse_path, writer
from warehouse.publish import current, publish
from warehouse.query import reader
from web.published import opened

RUN = """
import sys
from pathlib import Path
from archive.lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
OPEN_DATABASE = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""
ROWS = "select count(*) from raw.issues"
ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def holder(code: str, path: Path) -> Iterator[int]:
    """Run `code` on `path` in another process for the time of the block; yield its id."""
    command = [sys.executable, "-c", code, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        assert process.stdout.readline()
        yield process.pid
        process.stdin.close()


@pytest.mark.parametrize("command", [["rebuild"], ["verify"], ["verify", "--repair"], ["ingest", __file__]])
def test_87_a_second_run_ends_at_once_and_says_who_holds_the_folder(
    layout: Layout, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with holder(RUN, layout.lock) as pid:
        assert run(["--data", str(layout.data), *command]) == 75
    told = capsys.readouterr().err
    assert told.startswith(f"gongkai: {layout.lock}: held by process {pid}, started ")
    assert told.count("\n") == 1


@pytest.mark.parametrize("command", [["rebuild"], ["verify", "--repair"]])
def test_94_a_second_writer_ends_at_once_and_says_who_has_the_database(
    layout: Layout, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    before = warehouse_path(layout.data).stat().st_ino
    with holder(OPEN_DATABASE, warehouse_path(layout.data)) as pid:
        assert run(["--data", str(layout.data), *command]) == 75
    assert f"in use by process {pid}; wait until it has ended" in capsys.readouterr().err
    assert warehouse_path(layout.data).stat().st_ino == before


def test_94_readers_read_while_the_writer_writes(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    with holder(OPEN_DATABASE, warehouse_path(layout.data)):
        assert run(["--data", str(layout.data), "sql", "select count(*) from mart.metrics"]) == 0
    assert capsys.readouterr().err == ""


def test_95_a_reader_goes_on_with_the_old_copy_and_the_next_one_sees_the_new(layout: Layout) -> None:
    old = current(layout.data)
    with reader(old) as connection:
        before = connection.execute(ROWS).fetchall()
        with writer(layout.data) as writing:
            writing.execute(
                "insert into raw.issues (run_id, line, level, code) values ('x', 1, 'error', 'x')"
            )
            new = publish(writing, layout.data, now=datetime.now(UTC))
        assert connection.execute(ROWS).fetchall() == before
        with opened(layout.data) as page:
            assert page.execute(ROWS).fetchall() == [(before[0][0] + 1,)]
    assert current(layout.data) == new != old


def test_97_no_process_is_forked_while_a_database_is_open(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fork() -> int:
        raise AssertionError("a fork copies DuckDB's locks without its threads")

    monkeypatch.setattr(os, "fork", fork)
    with writer(layout.data), Readers(read, 1) as readers:
        assert list(readers.results(["a"])) == ["A"]
