"""Verification names every kind of disagreement and is silent about a sound warehouse."""

import json
import shutil

import pytest

from warehouse.verify import verify

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


def test_a_row_that_was_deleted_is_found_twice(world, connection, folder):
    connection.execute("delete from raw.entries")
    assert found(world, connection) == [("counts", "counts.json"), ("run", folder.name)]


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


def test_counts_that_were_changed_are_named(world, connection, folder):
    path = world.data / "warehouse" / "counts.json"
    path.write_text(json.dumps({"rows": [{"raw.entries": 7}]}))
    assert found(world, connection) == [("counts", "counts.json")]
