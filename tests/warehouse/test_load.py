"""Run files into raw: repeatable, line by line, and a crash costs at most the line that it tore."""

import json

import pytest

from warehouse.errors import LoadError, UnfitRowsError
from warehouse.load import load_run, loaded_runs

PAGE = "http://yunxi.example/1"


def test_loading_twice_adds_nothing(world, connection):
    folder = world.run(1, listed={PAGE: "甲"}, captured={PAGE: "正文"})
    first = load_run(connection, folder, regions=world.regions)
    again = load_run(connection, folder, regions=world.regions)
    assert first.rows == {"sites": 1, "entries": 1, "captures": 1, "issues": 0}
    assert set(again.rows.values()) == {0}
    assert loaded_runs(connection) == {folder.name}


def test_a_row_knows_its_line_in_the_run_file(world, connection):
    folder = world.run(1, listed={f"http://yunxi.example/{number}": str(number) for number in range(1, 4)})
    world.load(connection, folder)
    assert connection.execute("select line, title from raw.entries order by line").fetchall() == [
        (1, "1"),
        (2, "2"),
        (3, "3"),
    ]


def test_a_run_that_crashed_is_incomplete(world, connection):
    folder = world.run(1, listed={PAGE: "甲"}, whole=False)
    assert not load_run(connection, folder, regions=world.regions).whole
    row = connection.execute(
        "select site, started_at::varchar, finished_at, complete from raw.runs"
    ).fetchone()
    assert row == ("yunxi", "2026-01-01 08:00:00", None, False)


def test_a_report_that_comes_later_is_taken(world, connection):
    world.load(connection, world.run(1, whole=False))
    world.load(connection, world.run(1, whole=True))
    assert connection.execute("select complete, finished_at is not null from raw.runs").fetchall() == [
        (True, True)
    ]


def test_only_a_run_with_its_report_counts_as_loaded(world, connection):
    """What crashed is loaded again: its report, and lines that were not there, come in later."""
    folder = world.run(1, listed={PAGE: "甲"}, whole=False)
    world.load(connection, folder)
    assert loaded_runs(connection) == frozenset()
    world.run(1, listed={PAGE: "甲", f"{PAGE}1": "乙"})
    again = load_run(connection, folder, regions=world.regions)
    assert (again.rows["entries"], again.whole) == (1, True)
    assert loaded_runs(connection) == {folder.name}


def test_a_torn_last_line_is_left_out_and_the_rest_loads(world, connection):
    folder = world.run(1, listed={PAGE: "甲"}, whole=False)
    with (folder / "entries.jsonl").open("a") as file:
        file.write('{"run_id": "2026')
    assert load_run(connection, folder, regions=world.regions).rows["entries"] == 1


def test_a_run_folder_without_files_is_a_crashed_run(world, connection):
    folder = world.data / "runs" / "20260101T080000000Z-yunxi-0001"
    folder.mkdir(parents=True)
    loaded = load_run(connection, folder, regions=world.regions)
    assert not loaded.whole
    assert connection.execute("select run_id from raw.runs").fetchall() == [(loaded.run_id,)]


def test_times_are_stored_in_utc(world, connection):
    folder = world.run(1, captured={PAGE: "正文"})
    path = folder / "captures.jsonl"
    row = json.loads(path.read_text())
    path.write_text(json.dumps(row | {"fetched_at": "2026-01-01T16:00:00.250000+08:00"}) + "\n")
    world.load(connection, folder)
    assert connection.execute("select fetched_at::varchar from raw.captures").fetchone() == (
        "2026-01-01 08:00:00.25",
    )


@pytest.mark.parametrize(
    "line", [b"no json", b'{"fetched_at": "yesterday"}', b"[]", b"{}", b'{"url": "\xff"}', bytes(9), b"{\n}"]
)
def test_a_line_that_does_not_fit_is_named_and_nothing_of_the_run_is_loaded(world, connection, line):
    folder = world.run(1, listed={PAGE: "甲"}, captured={PAGE: "正文"})
    with (folder / "captures.jsonl").open("ab") as file:
        file.write(line + b"\n")
    with pytest.raises(UnfitRowsError, match=folder.name):
        load_run(connection, folder, regions=world.regions)
    assert connection.execute("select count(*) from raw.entries").fetchone() == (0,)
    assert loaded_runs(connection) == frozenset()


def test_hostile_titles_are_only_text(world, connection):
    titles = ["'); drop table raw.entries; --", "=1+1", "\u0000\u202e", "题" * 200_000]
    listed = {f"http://yunxi.example/{number}": title for number, title in enumerate(titles)}
    world.load(connection, world.run(1, listed=listed))
    assert [
        row[0] for row in connection.execute("select title from raw.entries order by line").fetchall()
    ] == titles


def test_what_is_no_run_is_refused(world, connection, tmp_path):
    with pytest.raises(LoadError, match="no such run"):
        load_run(connection, tmp_path / "nothing")
    with pytest.raises(LoadError, match="not named like a run"):
        load_run(connection, tmp_path)
