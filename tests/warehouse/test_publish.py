"""Published copies: whole before they are pointed at, new under a new name, old ones kept for a while."""

import subprocess
import sys
from datetime import timedelta

import duckdb
import pytest

from warehouse.database import writer
from warehouse.errors import DamagedError, NotPublishedError, UnreadableCopyError, WarehouseError
from warehouse.publish import current, publish
from warehouse.text_index import index_path

A = "http://yunxi.example/1"


def test_a_copy_has_the_rows_and_comments_and_is_current(world, connection):
    world.load(connection, world.run(1, listed={A: "甲"}))
    copy = publish(connection, world.data, now=world.now)
    assert current(world.data) == copy
    with duckdb.connect(str(copy), read_only=True) as reader:
        assert reader.execute("select title from mart.documents").fetchall() == [("甲",)]
        assert reader.execute(
            "select count(*) from duckdb_columns() where comment is null and not internal"
        ).fetchone() == (0,)
        storage = reader.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()
        assert storage == ("v1.2.0+",)


def test_a_reader_keeps_its_copy_while_a_new_one_is_published(world, connection):
    first = publish(connection, world.data, now=world.now)
    with duckdb.connect(str(first), read_only=True) as reader:
        world.load(connection, world.run(1, listed={A: "甲"}))
        second = publish(connection, world.data, now=world.now + timedelta(seconds=1))
        assert reader.execute("select count(*) from mart.documents").fetchone() == (0,)
    assert current(world.data) == second != first


def test_three_copies_and_those_of_a_week_stay(world, connection):
    days = [0, 1, 2, 20, 21, 22, 23]
    copies = [publish(connection, world.data, now=world.now + timedelta(days=day)) for day in days]
    assert [copy.exists() for copy in copies] == [False] * 3 + [True] * 4
    copies += [publish(connection, world.data, now=world.now + timedelta(days=day)) for day in (40, 41)]
    assert [copy.exists() for copy in copies] == [False] * 6 + [True] * 3


def test_copies_stay_for_as_long_as_is_wanted(world, connection):
    folder = world.data / "published"
    folder.mkdir()
    old = [folder / f"gongkai-2026020{day}T120000000000Z.duckdb" for day in range(1, 7)]
    for copy in old:
        copy.touch()
    publish(connection, world.data, now=world.now, kept_for=timedelta(days=26))
    assert [copy.exists() for copy in old] == [False, False, True, True, True, True]
    publish(connection, world.data, now=world.now + timedelta(hours=1), kept_for=timedelta(0))
    assert [copy.exists() for copy in old] == [False] * 5 + [True]


READER = """
import sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print("open", flush=True)
    for _ in sys.stdin:
        print(connection.execute("select count(*), max(title) from mart.documents").fetchone(), flush=True)
"""


def test_a_reader_neither_blocks_the_writer_nor_loses_its_copy(world, connection):
    """A BI tool keeps a file open for weeks: runs go on, the copy is removed, and the tool still reads it."""
    world.load(connection, world.run(1, listed={A: "甲"}))
    first = publish(connection, world.data, now=world.now)
    command = [sys.executable, "-c", READER, str(first)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as tool:
        assert tool.stdin
        assert tool.stdout
        assert tool.stdout.readline() == "open\n"
        for day in range(1, 4):
            world.load(connection, world.run(1 + day, listed={A: f"乙{day}"}))
            moment = world.now + timedelta(days=20 * day)
            publish(connection, world.data, now=moment, kept_for=timedelta(days=1))
        assert not first.exists()
        tool.stdin.write("again\n")
        assert tool.stdout.readline() == "(1, '甲')\n"
    with duckdb.connect(str(current(world.data)), read_only=True) as reader:
        assert reader.execute("select max(title) from mart.documents").fetchall() == [("乙3",)]


def test_nothing_published_says_what_to_do(world):
    with pytest.raises(NotPublishedError, match="run `gongkai demo` or `gongkai ingest` first"):
        current(world.data)


def test_a_pointer_to_nothing_or_to_elsewhere_is_an_error(world, connection):
    copy = publish(connection, world.data, now=world.now)
    (world.data / "published" / "current").write_text("../warehouse/warehouse.duckdb\n")
    with pytest.raises(NotPublishedError, match="missing"):
        current(world.data)
    (world.data / "published" / "current").write_text(copy.name)
    copy.unlink()
    with pytest.raises(NotPublishedError, match="gongkai rebuild"):
        current(world.data)


def test_a_copy_that_fails_leaves_the_pointer(world, monkeypatch):
    with writer(world.data) as connection:
        first = publish(connection, world.data, now=world.now)
        monkeypatch.setattr(
            "shutil.copyfile", lambda *paths: (_ for _ in ()).throw(OSError(28, "No space left"))
        )
        with pytest.raises(WarehouseError, match="cannot be written: No space left"):
            publish(connection, world.data, now=world.now + timedelta(seconds=1))
    assert current(world.data) == first
    assert {path.name for path in first.parent.iterdir()} == {"current", first.name, index_path(first).name}


def test_views_that_an_earlier_version_left_are_not_published(world):
    with writer(world.data) as connection:
        connection.execute("create or replace view mart.metrics as select 'old' as document_id")
        connection.execute("create view mart.gone_since as from mart.metrics")
        copy = publish(connection, world.data, now=world.now)
    with duckdb.connect(str(copy), read_only=True) as published:
        assert published.execute("from mart.metrics").fetchall() == []
        left = published.execute("select count(*) from duckdb_views() where view_name = 'gone_since'")
        assert left.fetchone() == (0,)


def test_a_publication_without_memory_is_no_damage(world, monkeypatch):
    def store_mart(connection):
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate data of size 1 GiB")

    with writer(world.data) as connection:
        monkeypatch.setattr("warehouse.publish.store_mart", store_mart)
        with pytest.raises(WarehouseError, match="free memory and run again") as caught:
            publish(connection, world.data, now=world.now)
    assert not isinstance(caught.value, DamagedError)
    assert list((world.data / "published").iterdir()) == []


def test_what_a_killed_publication_left_is_removed_by_the_next(world, connection):
    first = publish(connection, world.data, now=world.now)
    first.with_name("gongkai-20260101T000000000000Z.copying").write_bytes(b"half")
    publish(connection, world.data, now=world.now + timedelta(seconds=1))
    assert not list(first.parent.glob("*.copying"))


def test_a_pointer_that_is_missing_or_rubbish_is_no_empty_folder(world, connection):
    publish(connection, world.data, now=world.now)
    pointer = world.data / "published" / "current"
    pointer.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableCopyError, match="verify --repair"):
        current(world.data)
    pointer.unlink()
    with pytest.raises(UnreadableCopyError, match="is missing; run `gongkai verify --repair`"):
        current(world.data)
