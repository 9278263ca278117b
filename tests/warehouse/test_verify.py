"""Verification names every kind of disagreement and is silent about a sound warehouse."""

import json
import shutil

import pytest

from warehouse.database import examiner, writer
from warehouse.verify import archived, verify

A = "http://yunxi.example/1"
BODY = "税收5.0亿元。"


@pytest.fixture
def folder(world, connection):
    """A run that is loaded and read."""
    folder = world.run(1, listed={A: "甲"}, captured={A: BODY})
    world.load(connection, folder)
    world.read(connection, BODY, world.figure("5.0亿元", "税收", 5))
    return folder


def found(world, connection):
    return [(item.kind, item.subject) for item in verify(connection, world.data)]


def test_a_sound_warehouse_has_no_findings(world, connection, folder):
    assert found(world, connection) == []


def test_a_crashed_run_is_sound(world, connection, folder):
    world.load(connection, world.run(2, listed={A: "甲"}, whole=False))
    assert found(world, connection) == []


def test_a_row_that_was_deleted_is_found(world, connection, folder):
    connection.execute("delete from raw.entries")
    assert found(world, connection) == [("run", folder.name)]


@pytest.mark.parametrize("kind", ["entries", "captures"])
def test_a_run_file_that_was_lost_before_a_rebuild_is_named(world, connection, kind):
    """The rows agree with the lines that are left; only the run's own report knows how many there were."""
    folder = world.run(1, listed={A: "甲"}, captured={A: BODY})
    (folder / f"{kind}.jsonl").unlink()
    world.load(connection, folder)
    (discrepancy,) = verify(connection, world.data)
    assert f"restore {kind}.jsonl" in discrepancy.message


def test_a_run_that_is_not_loaded_or_has_no_files_is_named(world, connection, folder):
    later = world.run(2)
    shutil.rmtree(folder)
    assert found(world, connection) == [("run", folder.name), ("run", later.name)]


def test_a_damaged_run_file_is_named(world, connection, folder):
    (folder / "entries.jsonl").write_text("rubbish\n")
    (discrepancy,) = verify(connection, world.data)
    assert "entries.jsonl line 1" in discrepancy.message


def test_a_report_that_was_lost_is_named(world, connection, folder):
    (folder / "runs.jsonl").unlink()
    assert found(world, connection) == [("run", folder.name)]


def test_a_figure_that_is_not_in_its_text_is_named(world, connection, folder):
    connection.execute("update core.documents set body = '税收6.0亿元。'")
    (discrepancy,) = verify(connection, world.data)
    assert (discrepancy.kind, discrepancy.subject) == ("figure", world.digest(BODY))
    assert "5.0亿元" in discrepancy.message


def test_a_document_that_nobody_captured_is_named(world, connection, folder):
    world.read(connection, "别处的文字。")
    assert found(world, connection) == [("document", world.digest("别处的文字。"))]


def test_archived_are_the_places_of_all_captures_once(world, connection, folder):
    """Also of listings and of answers that hold no document; where nothing came there is no place."""
    later = world.run(2, captured={A: 404, f"{A}1": 500})
    rows = [json.loads(line) for line in (later / "captures.jsonl").read_text().splitlines()]
    rows[1] |= {"warc": None, "offset": None, "outcome": "network_error"}
    listing = rows[0] | {"purpose": "listing"}
    (later / "captures.jsonl").write_text("".join(json.dumps(row) + "\n" for row in [*rows, listing]))
    world.load(connection, later)
    assert list(archived(connection)) == [
        (f"{folder.name}-00000.warc.gz", 100),
        (f"{later.name}-00000.warc.gz", 100),
    ]


def test_verifying_changes_nothing(world):
    """It runs on the examiner's connection, which is read-only."""
    folder = world.run(1, listed={A: "甲"}, captured={A: BODY})
    with writer(world.data) as connection:
        world.load(connection, folder)
        world.read(connection, BODY, world.figure("5.0亿元", "税收", 5))
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files_of(world)}
    with examiner(world.data) as connection:
        assert list(verify(connection, world.data)) == []
        assert len(list(archived(connection))) == 1
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files_of(world)} == before


def files_of(world):
    return [path for path in world.data.rglob("*") if path.is_file()]
