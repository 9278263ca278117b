"""What keeps the writer's file honest: counts beside it, clear errors for damage and locks."""

import json
import subprocess
import sys

import duckdb
import pytest

from warehouse.attachments import owed
from warehouse.counts import count_rows
from warehouse.database import Rules, batch, examiner, warehouse_path, writer
from warehouse.errors import DamagedError, LockedError, OutdatedError, WarehouseError
from warehouse.histories import histories
from warehouse.load import loaded_runs

A = "http://yunxi.example/1"
HOLDER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


DYING_LOADER = """
import os, sys
from pathlib import Path
from warehouse.database import writer
from warehouse.load import load_run
data, regions, folder = map(Path, sys.argv[1:])
with writer(data) as connection:
    load_run(connection, folder, regions=regions)
    os._exit(0)
"""


def load_and_die(world, folder):
    """Load a run in a process that ends before the checkpoint."""
    arguments = [str(world.data), str(world.regions), str(folder)]
    subprocess.run([sys.executable, "-c", DYING_LOADER, *arguments], check=True)


def counts_of(world):
    return json.loads((world.data / "warehouse" / "counts.json").read_text())["rows"]


def test_a_new_file_has_all_tables_and_its_counts_are_written(world):
    with writer(world.data) as connection:
        assert set(count_rows(connection)) == {
            *(f"raw.{name}" for name in ("sites", "entries", "captures", "issues", "runs")),
            *(f"core.{name}" for name in ("documents", "indicators", "metrics", "tables")),
        }
    assert [sum(counts.values()) for counts in counts_of(world)] == [0]


def test_a_file_opens_again_with_what_was_loaded(world):
    with writer(world.data) as connection:
        world.load(connection, world.run(1, listed={"http://yunxi.example/1": "甲"}))
    with writer(world.data) as connection:
        assert count_rows(connection)["raw.entries"] == 1
    assert counts_of(world)[0]["raw.entries"] == 1


def test_a_lost_write_ahead_log_is_an_error_that_says_rebuild(world):
    """DuckDB opens such a file without a word."""
    path = warehouse_path(world.data)
    load_and_die(world, world.run(1, listed={"http://yunxi.example/1": "甲"}))
    path.with_name(path.name + ".wal").unlink()
    with (
        pytest.raises(DamagedError, match=r"raw\.entries has 0 rows and should have 1.*gongkai rebuild"),
        writer(world.data),
    ):
        pass


LOADER = """
import sys
from pathlib import Path
from warehouse.database import writer
from warehouse.load import load_run
data, regions, *folders = map(Path, sys.argv[1:])
with writer(data) as connection:
    for folder in folders:
        load_run(connection, folder, regions=regions)
        print(folder.name, flush=True)
"""


@pytest.mark.parametrize("loaded", [1, 4, 9])
def test_a_load_that_is_killed_keeps_every_run_that_it_reported(world, loaded):
    folders = [world.run(day, listed={f"http://yunxi.example/{day}": "甲"}) for day in range(1, 20)]
    command = [sys.executable, "-c", LOADER, str(world.data), str(world.regions), *map(str, folders)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as loader:
        reported = [loader.stdout.readline().strip() for _ in range(loaded)]
        loader.kill()
    with writer(world.data) as connection:
        assert set(reported) <= loaded_runs(connection)
        world.load(connection, *folders)
        assert count_rows(connection)["raw.entries"] == len(folders)


def test_a_kill_around_the_commit_leaves_a_file_that_agrees(world):
    """The counts before and after are both right between the commit and the last write of counts.json."""
    with writer(world.data) as connection:
        before = count_rows(connection)
        world.load(connection, world.run(1, listed={"http://yunxi.example/1": "甲"}))
        after = count_rows(connection)
    for admissible in ([before, after], [after]):
        (world.data / "warehouse" / "counts.json").write_text(json.dumps({"rows": admissible}))
        with writer(world.data):
            pass


def test_a_file_that_is_no_database_is_named(world):
    path = warehouse_path(world.data)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is not a database" * 1000)
    with (
        pytest.raises(DamagedError, match=r"warehouse\.duckdb: cannot be opened.*gongkai rebuild"),
        writer(world.data),
    ):
        pass


def test_unreadable_counts_are_an_error(world):
    with writer(world.data):
        pass
    (world.data / "warehouse" / "counts.json").write_text("{")
    with pytest.raises(DamagedError, match=r"counts\.json"), writer(world.data):
        pass


def test_another_process_that_writes_is_named_by_its_pid(world):
    with writer(world.data):
        pass
    command = [sys.executable, "-c", HOLDER, str(warehouse_path(world.data))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        with (
            pytest.raises(LockedError, match=f"in use by process {holder.pid}") as caught,
            writer(world.data),
        ):
            pass
        holder.stdin.close()
    assert caught.value.pid == holder.pid


def test_a_folder_that_cannot_be_made_is_named(world):
    world.data.parent.joinpath("data").write_text("a file in the way")
    with pytest.raises(WarehouseError, match="cannot be made"), writer(world.data):
        pass


def test_a_batch_that_fails_leaves_nothing(connection):
    def fail():
        with batch(connection):
            connection.execute("insert into raw.runs (run_id, complete) values ('x', true)")
            connection.execute("insert into raw.runs (run_id, complete) values (null, true)")

    with pytest.raises(duckdb.ConstraintException):
        fail()
    assert count_rows(connection)["raw.runs"] == 0


def test_a_file_of_a_newer_program_is_refused(world):
    with writer(world.data) as connection:
        connection.execute("insert into raw.migrations values (9999, 'later', null)")
    with (
        pytest.raises(OutdatedError, match=r"warehouse\.duckdb: made by a newer gongkai"),
        writer(world.data),
    ):
        pass


def test_core_made_by_other_rules_asks_for_a_rebuild(world):
    with writer(world.data) as connection:
        connection.execute("update raw.layers set fingerprint = 'other' where layer = 'core'")
    with pytest.raises(OutdatedError, match="gongkai rebuild"), writer(world.data):
        pass


def test_a_writers_file_answers_what_a_crawl_asks(world):
    with writer(world.data) as connection:
        assert owed(connection, "yunxi", now=world.now, per_page_max=9) == ()
        assert histories(connection, "yunxi") == ()


def test_views_made_by_other_files_are_made_anew(world):
    with writer(world.data) as connection:
        connection.execute("drop view mart.captures cascade")
        connection.execute("create view mart.metrics as select 'of an earlier version' as document_id")
        connection.execute("update raw.layers set fingerprint = 'other' where layer = 'mart'")
    with writer(world.data) as connection:
        assert connection.execute("from mart.attachments").fetchall() == []
        views = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        assert ("metrics",) not in views


def test_the_examiner_can_only_look(world):
    with writer(world.data) as connection:
        world.load(connection, world.run(1, listed={"http://yunxi.example/1": "甲"}))
    with examiner(world.data) as connection:
        assert count_rows(connection)["raw.entries"] == 1
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("delete from raw.entries")


def test_without_a_warehouse_there_is_nothing_to_examine_and_nothing_is_made(world):
    with (
        pytest.raises(WarehouseError, match="there is no warehouse yet; run `gongkai demo`"),
        examiner(world.data),
    ):
        pass
    assert not world.data.exists()


def test_the_examiner_refuses_what_is_damaged(world):
    with writer(world.data):
        pass
    (world.data / "warehouse" / "counts.json").write_text(json.dumps({"rows": [{"raw.entries": 7}]}))
    with (
        pytest.raises(DamagedError, match=r"raw\.entries has 0 rows and should have 7"),
        examiner(world.data),
    ):
        pass
    warehouse_path(world.data).write_bytes(b"this is not a database" * 1000)
    with pytest.raises(DamagedError, match="cannot be opened"), examiner(world.data):
        pass


def test_the_examiner_reads_what_a_killed_load_left_in_the_log(world):
    """The rows of a committed batch are in the write-ahead log only, and stay there."""
    folder = world.run(1, listed={"http://yunxi.example/1": "甲"})
    load_and_die(world, folder)
    log = warehouse_path(world.data).with_name("warehouse.duckdb.wal")
    before = log.read_bytes()
    with examiner(world.data) as connection:
        assert count_rows(connection)["raw.entries"] == 1
    assert log.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("insert into raw.migrations values (9999, 'later', null)", "made by a newer gongkai"),
        ("delete from raw.migrations", "made by an older gongkai"),
        ("update raw.layers set fingerprint = 'other' where layer = 'core'", "its core was made by another"),
    ],
)
def test_the_examiner_migrates_nothing(world, change, message):
    with writer(world.data) as connection:
        connection.execute(change)
    with pytest.raises(OutdatedError, match=rf"warehouse\.duckdb: {message}"), examiner(world.data):
        pass


RULES = Rules(extractor=1, metrics=1)


def test_a_core_of_earlier_rules_is_renewed_where_that_is_asked_for(world):
    with writer(world.data) as connection:
        world.load(connection, world.run(1, listed={A: "甲"}, captured={A: "税收5.0亿元。"}))
        world.read(connection, "税收5.0亿元。")
        connection.execute("update raw.layers set fingerprint = 'other' where layer = 'core'")
    with writer(world.data, renew=RULES) as connection:
        counts = count_rows(connection)
    assert (counts["core.documents"], counts["raw.captures"]) == (0, 1)
    with examiner(world.data):
        pass


def test_what_later_rules_have_read_is_not_renewed(world):
    with writer(world.data) as connection:
        world.load(connection, world.run(1, listed={A: "甲"}, captured={A: "税收5.0亿元。"}))
        world.read(connection, "税收5.0亿元。")
        connection.execute("update core.documents set extractor_version = '2'")
        connection.execute("update raw.layers set fingerprint = 'other' where layer = 'core'")
    with pytest.raises(OutdatedError, match="made by a newer gongkai"), writer(world.data, renew=RULES):
        pass


def test_missing_counts_are_an_error_where_there_are_rows(world):
    """Without them a lost log would be silent."""
    with writer(world.data):
        pass
    counts = world.data / "warehouse" / "counts.json"
    counts.unlink()
    with writer(world.data) as connection:
        world.load(connection, world.run(1, listed={A: "甲"}))
    counts.unlink()
    with pytest.raises(DamagedError, match=r"counts\.json is missing.*gongkai rebuild"), writer(world.data):
        pass
