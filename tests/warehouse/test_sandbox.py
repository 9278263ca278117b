"""A query of a stranger ends in its time and memory, and its process with it."""

import multiprocessing
from datetime import date
from decimal import Decimal

import pytest

from warehouse.errors import QueryError, UnreadableCopyError
from warehouse.publish import publish
from warehouse.sandbox import Limits, asked, asked_as_parquet

A = "http://yunxi.example/1"
BODY = "税收5.0亿元。"
SMALL = Limits(memory_bytes=2 << 30)
ENDLESS = "select count(*) from range(10000000) as a, range(100000000) as b where a.range * b.range = 17"


@pytest.fixture(scope="module")
def database(shared_world, shared_connection):
    shared_world.load(shared_connection, shared_world.run(1, listed={A: "甲"}, captured={A: BODY}))
    shared_world.read(shared_connection, BODY, shared_world.figure("5.0亿元", "税收", 5))
    return publish(shared_connection, shared_world.data, now=shared_world.now)


@pytest.fixture(autouse=True)
def none_left():
    yield
    assert multiprocessing.active_children() == []


def test_rows_come_as_they_are_in_the_warehouse(database):
    with asked(database, "select value, period_start, section from mart.metrics") as result:
        assert result.columns == ("value", "period_start", "section")
        assert list(result.rows) == [(Decimal(5), date(2025, 1, 1), ["一、总结"])]


def test_rows_are_fetched_as_they_are_asked_for(database):
    with asked(database, "from range(10_000_000_000)") as result:
        assert [next(result.rows) for _ in range(3)] == [(0,), (1,), (2,)]


def test_a_query_without_end_is_stopped(database):
    with (
        pytest.raises(QueryError, match=r"query: stopped after 0\.5 s"),
        asked(database, ENDLESS, limits=Limits(wait_s=0.5)),
    ):
        pass


def test_a_query_that_takes_all_memory_is_refused_it(database):
    """DuckDB's own limit does not hold for one call."""
    with (
        pytest.raises(QueryError, match=r"[Mm]emory"),
        asked(database, "select length(repeat('x', 4000000000))", limits=SMALL) as result,
    ):
        list(result.rows)


def test_rows_that_the_asking_process_could_not_hold_are_refused(database):
    """The limit of memory is the child's; what it sends lands in the process that asks."""
    small = Limits(message_bytes=1 << 20)
    with (
        pytest.raises(QueryError, match=r"1000 rows take more than 1 MiB; ask for less of each row"),
        asked(database, "select repeat('x', 2000) from range(1000)", limits=small) as result,
    ):
        list(result.rows)
    with asked(database, "select repeat('x', 200) from range(100000)", limits=small) as result:
        assert sum(1 for _ in result.rows) == 100_000


def test_a_process_that_dies_is_told(database):
    with asked(database, "from range(10_000_000)") as result:
        next(result.rows)
        for child in multiprocessing.active_children():
            child.kill()
        with pytest.raises(QueryError, match="its process died"):
            list(result.rows)


@pytest.mark.parametrize("sql", ["select 1; select 2", "from read_text('/etc/passwd')", "select '\ud800'"])
def test_refusals_of_the_query_come_through(database, sql):
    with pytest.raises(QueryError, match=r"^query: "), asked(database, sql):
        pass


def test_a_copy_that_is_no_database_is_named(tmp_path):
    with (
        pytest.raises(UnreadableCopyError, match="cannot be opened"),
        asked(tmp_path / "none.duckdb", "select 1"),
    ):
        pass


def test_a_parquet_file_is_whole_or_not_there(database, tmp_path):
    out = tmp_path / "a.parquet"
    with pytest.raises(QueryError, match="stopped after"):
        asked_as_parquet(database, ENDLESS, out, limits=Limits(wait_s=0.5))
    assert not out.exists()
    asked_as_parquet(database, "from mart.metrics", out)
    assert out.read_bytes().startswith(b"PAR1")
    with pytest.raises(QueryError, match="exists already"):
        asked_as_parquet(database, "from mart.metrics", out)
    assert out.exists()
