"""A connection has little memory, and a step that needs more gets more."""

import duckdb
import pytest

from warehouse import connection as rooms
from warehouse.connection import connect, execute_in_room, make_room

SMALL, LARGE = 2_000_000, 64_000_000
WIDE = """
    create table wide as
    select i, repeat(i::varchar, 40) as text from range(100000) as t(i) order by hash(i)
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "MEMORY_BYTES", SMALL)
    monkeypatch.setattr(rooms, "MEMORY_BYTES_MAX", LARGE)
    with connect(tmp_path / "a.duckdb") as connection:
        yield connection


def test_a_step_that_needs_more_memory_gets_more_and_keeps_it(small):
    with pytest.raises(duckdb.OutOfMemoryException):
        small.execute(WIDE)
    execute_in_room(
        small, ["create table before as select 1", WIDE, WIDE.replace("table wide", "table again")]
    )
    assert small.execute("select count(*) from again").fetchone() == (100_000,)


def test_what_needs_more_than_there_is_fails(small, monkeypatch):
    monkeypatch.setattr(rooms, "MEMORY_BYTES_MAX", SMALL)
    with pytest.raises(duckdb.OutOfMemoryException):
        execute_in_room(small, [WIDE])


def test_room_is_never_taken_back(small):
    """A long line was read with much; the rows of it are still held when the next file needs little."""
    held = "select current_setting('memory_limit')"
    make_room(small, 8 * LARGE)
    before = small.execute(held).fetchall()
    make_room(small, 2 * LARGE)
    assert small.execute(held).fetchall() == before
