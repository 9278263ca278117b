"""Rule 7: what was loaded bit by bit and what is rebuilt from run files and texts are equal, row by row."""

import shutil
from pathlib import Path

import pytest

from warehouse.database import warehouse_path, writer
from warehouse.errors import DamagedError, LoadError
from warehouse.mart import NEVER_STORED, store_mart
from warehouse.pending import pending
from warehouse.publish import publish
from warehouse.query import reader
from warehouse.rebuild import rebuild_raw
from warehouse.schema import rebuild_core

A, B, C = (f"http://yunxi.example/{number}" for number in (1, 2, 3))
TEXTS = {A: "税收5.0亿元。", B: "税收6.0亿元。", C: "人口3万人。"}
CORRECTED = "税收5.5亿元。"
SOFT_404 = "查无此页"


def everything(connection):
    """All rows of raw, core and the marts, sorted; when a migration was applied is not compared."""
    store_mart(connection)
    return rows_of(connection)


def rows_of(connection):
    relations = connection.execute(
        "select schema_name, table_name from duckdb_tables() where table_name <> 'migrations' union all "
        "select schema_name, view_name from duckdb_views() where not internal order by all"
    ).fetchall()
    return {
        f"{schema}.{name}": sorted(map(repr, connection.execute(f'from "{schema}"."{name}"').fetchall()))
        for schema, name in relations
    }


def figures(world):
    return {
        TEXTS[A]: (world.figure("5.0亿元", "税收", 5),),
        TEXTS[B]: (world.figure("6.0亿元", "税收", 6), world.figure("9亿元", "不在文中", 9)),
        TEXTS[C]: (world.figure("3万人", "人口", 3, "万人"),),
        CORRECTED: (world.figure("5.5亿元", "税收", 5.5),),
        SOFT_404: (),
    }


def load_bit_by_bit(world):
    """Five runs, each read right after it was loaded, in batches of their own; one run crashed."""
    runs = [
        world.run(1, listed={A: "甲", B: "乙"}, captured={A: TEXTS[A], B: TEXTS[B]}),
        world.run(2, listed={A: "甲", C: "丙"}, captured={A: CORRECTED, B: 404, C: TEXTS[C]}, whole=False),
        world.run(3, listed={A: "甲", C: "丙"}, captured={A: CORRECTED, B: 404}),
        world.run(4, listed={A: "甲"}, captured={A: TEXTS[A], B: 410, C: 404}),
        world.run(5, listed={A: "甲"}, captured={B: SOFT_404, C: TEXTS[C]}),
    ]
    for folder in runs:
        with writer(world.data) as connection:
            world.load(connection, folder)
            read_pending(world, connection, one_by_one=True)
    with writer(world.data) as connection:
        return everything(connection)


@pytest.fixture(scope="module")
def built(shared_world):
    """The data folder that was loaded bit by bit, and all its rows."""
    return shared_world.data, load_bit_by_bit(shared_world)


@pytest.fixture
def incremental(built, world):
    """All rows of the world's warehouse, which was loaded bit by bit."""
    data, rows = built
    shutil.copytree(data, world.data)
    return rows


def read_pending(world, connection, *, one_by_one):
    by_digest = {world.digest(body): body for body in figures(world)}
    bodies = [
        by_digest[item.payload_digest]
        for item in pending(connection, extractor_version="1", metrics_version="1")
    ]
    for batch in [[body] for body in bodies] if one_by_one else [bodies]:
        for kind, texts in (("article", set(batch) - {SOFT_404}), ("error", set(batch) & {SOFT_404})):
            rows = {body: figures(world)[body] for body in texts}
            world.read_all(connection, rows, source="新河街道办事处", title="总结", kind=kind)


def test_rebuilt_equals_incremental(world, incremental):
    assert len(incremental["mart.changes"]) == 2
    assert len(incremental["mart.gone"]) == 1
    assert len(incremental["mart.returned"]) == 1
    assert rebuild_raw(world.data, regions=world.regions) == 5
    with writer(world.data) as connection:
        assert connection.execute("select count(*) from core.documents").fetchone() == (0,)
        read_pending(world, connection, one_by_one=False)
        assert everything(connection) == incremental


def test_core_alone_can_be_dropped_and_read_again(world, incremental):
    with writer(world.data) as connection:
        rebuild_core(connection)
        read_pending(world, connection, one_by_one=False)
        assert everything(connection) == incremental


def test_what_is_published_is_what_was_loaded(world, incremental):
    with writer(world.data) as connection:
        copy = publish(connection, world.data, now=world.now)
    with reader(copy) as published:
        assert rows_of(published) == incremental
        stored = published.execute(
            "select table_name from duckdb_tables() where schema_name = 'mart'"
        ).fetchall()
    assert {name for (name,) in stored} == {
        name.removeprefix("mart.") for name in incremental if name.startswith("mart.")
    } - NEVER_STORED


def test_a_damaged_file_is_replaced(world, incremental):
    warehouse_path(world.data).write_bytes(b"rubbish" * 5000)
    with pytest.raises(DamagedError), writer(world.data):
        pass
    rebuild_raw(world.data, regions=world.regions)
    with writer(world.data) as connection:
        read_pending(world, connection, one_by_one=True)
        assert everything(connection) == incremental


def test_a_rebuild_that_fails_leaves_the_old_file(world, incremental):
    (world.data / "runs" / "20260106T080000000Z-yunxi-0006").mkdir()
    (world.data / "runs" / "20260106T080000000Z-yunxi-0006" / "entries.jsonl").write_text("rubbish\n")
    with pytest.raises(LoadError, match=r"entries\.jsonl"):
        rebuild_raw(world.data, regions=world.regions)
    with writer(world.data) as connection:
        assert everything(connection) == incremental


def test_a_rebuild_tells_each_run(world, incremental):
    told = []
    rebuild_raw(world.data, regions=world.regions, progress=told.append)
    assert told == sorted(folder.name for folder in (world.data / "runs").iterdir())


@pytest.mark.parametrize("dies_before", ["warehouse.duckdb", "counts.json"])
def test_a_rebuild_that_dies_while_the_files_change_places_leaves_one_that_opens(
    world, incremental, monkeypatch, dies_before
):
    real = Path.replace

    def replace(path, target):
        if target == world.data / "warehouse" / dies_before and counted.pop():
            raise KeyboardInterrupt
        return real(path, target)

    # the counts are written before the database changes places, and again after it
    counted = [True] if dies_before == "warehouse.duckdb" else [True, False]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            rebuild_raw(world.data, regions=world.regions)
    with writer(world.data) as connection:
        assert len(everything(connection)["raw.runs"]) == 5
