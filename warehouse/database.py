"""The writer's file: opened by one process, closed with a checkpoint, and never trusted blindly.

Damage to DuckDB's write-ahead log is silent: the file opens with fewer rows. So the row count of every
table is kept beside the database (counts.json) and compared when it is opened. A batch writes the counts
before and after it into the file before it commits; a process that is killed in between leaves a file that
agrees with either.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import DamagedError, LockedError, OutdatedError, WarehouseError
from warehouse.quoting import identifier, literal
from warehouse.schema import ensure_core, ensure_mart, migrate, refuse_outdated

# 1.2 is what today's BI tools read, so a published copy is a plain copy of the file
STORAGE_VERSION = "v1.2.0"
HOLDER = re.compile(r"PID (\d+)")

Counts = dict[str, int]


def warehouse_path(data: Path) -> Path:
    """Return where the writer's file is kept below the data folder."""
    return data / "warehouse" / "warehouse.duckdb"


def counts_path(path: Path) -> Path:
    """Return where the row counts of a writer's file are kept."""
    return path.with_name("counts.json")


@contextmanager
def writer(data: Path) -> Iterator[DuckDBPyConnection]:
    """Open the writer's file of a data folder, made and migrated where needed; checkpoint and close it.

    Raise LockedError when another process has it open, DamagedError when it cannot be read or has other rows
    than were last written, OutdatedError when another version of the program made it.
    """
    path = warehouse_path(data)
    connection = open_file(path)
    with _closed_on_error(connection, path):
        _refuse_lost_rows(connection, path)
        ensure_core(connection)
        ensure_mart(connection)
        _write_counts(path, count_rows(connection))
    try:
        yield connection
        checkpoint(connection, path)
    finally:
        connection.close()


@contextmanager
def examiner(data: Path) -> Iterator[DuckDBPyConnection]:
    """Open the writer's file of a data folder to look at it: read-only, as it is, nothing made or migrated.

    Raise WarehouseError when there is no warehouse yet, OutdatedError when it must be migrated or rebuilt
    first, and else as `writer`.
    """
    path = warehouse_path(data)
    if not path.exists():
        raise WarehouseError(
            f"{path}: there is no warehouse yet; run `gongkai demo` or `gongkai ingest` first"
        )
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise _open_error(path, error) from error
    with _closed_on_error(connection, path):
        refuse_outdated(connection)
        _refuse_lost_rows(connection, path)
    try:
        yield connection
    finally:
        connection.close()


def checkpoint(connection: DuckDBPyConnection, path: Path) -> None:
    """Bring the write-ahead log into the file at `path`; raise WarehouseError when that fails (disk full)."""
    try:
        connection.execute("checkpoint")
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: cannot be written: {str(error).splitlines()[0]}") from error


def open_file(path: Path) -> DuckDBPyConnection:
    """Open or create a writer's file and migrate raw; core and mart are not looked at. Errors as `writer`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be made: {error.strerror}") from error
    except duckdb.Error as error:
        raise _open_error(path, error) from error
    with _closed_on_error(connection, path):
        migrate(connection)
    return connection


@contextmanager
def _closed_on_error(connection: DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Close the connection when the body fails, and name the file in the error."""
    try:
        yield
    except BaseException as error:
        connection.close()
        if isinstance(error, duckdb.Error):
            raise _open_error(path, error) from error
        if isinstance(error, OutdatedError):
            raise OutdatedError(f"{path}: {error}") from error
        raise


@contextmanager
def batch(connection: DuckDBPyConnection) -> Iterator[None]:
    """Run the body as one transaction: all of it becomes visible, or nothing."""
    path = _path_of(connection)
    before = count_rows(connection)
    connection.begin()
    try:
        yield
        after = count_rows(connection)
        if path:
            _write_counts(path, before, after)
        connection.commit()
    except BaseException:
        _roll_back(connection)
        raise
    if path:
        _write_counts(path, after)


def count_rows(connection: DuckDBPyConnection) -> Counts:
    """Return the rows of every table of raw and core, by `schema.table`; the ledgers are left out."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name in ('raw', 'core') "
        "and table_name not in ('migrations', 'layers') order by all"
    ).fetchall()
    if not tables:
        return {}
    counted = " union all ".join(
        f"select {literal(f'{schema}.{table}')}, count(*) from {identifier(schema)}.{identifier(table)}"  # noqa: S608 - names out of the catalog
        for schema, table in tables
    )
    return dict(connection.execute(counted).fetchall())


def count_difference(connection: DuckDBPyConnection) -> str | None:
    """Tell where the rows differ from counts.json; None when they agree or nothing was written yet."""
    path = _path_of(connection)
    if path is None or not counts_path(path).exists():
        return None
    try:
        admissible: list[Counts] = json.loads(counts_path(path).read_text(encoding="utf-8"))["rows"]
    except (ValueError, KeyError, TypeError) as error:
        return f"{counts_path(path)} cannot be read ({error})"
    actual = count_rows(connection)
    differences = [_difference(actual, expected) for expected in admissible]
    return differences[-1] if all(differences) else None


def _refuse_lost_rows(connection: DuckDBPyConnection, path: Path) -> None:
    if difference := count_difference(connection):
        raise DamagedError(f"{path}: rows were lost: {difference}; run `gongkai rebuild`")


def refuse_in_use(path: Path) -> None:
    """Raise LockedError when another process has the file open; a damaged or missing file is none of it."""
    if not path.exists():
        return
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error as error:
        if isinstance(locked := _open_error(path, error), LockedError):
            raise locked from error


def _difference(actual: Counts, expected: Counts) -> str:
    return ", ".join(
        f"{table} has {actual.get(table, 0)} rows and should have {rows}"
        for table, rows in sorted(expected.items())
        if actual.get(table, 0) != rows
    )


def _open_error(path: Path, error: duckdb.Error) -> WarehouseError:
    reason = str(error).splitlines()[0]
    if "Permission denied" in reason or "No space" in reason:
        return WarehouseError(f"{path}: cannot be opened: {reason}")
    if "lock" in reason and (holder := HOLDER.search(str(error))):
        pid = int(holder[1])
        return LockedError(f"{path}: in use by process {pid}; wait until it has ended", pid)
    if "Could not set lock" in reason:
        return LockedError(f"{path}: in use by another process; wait until it has ended", None)
    return DamagedError(f"{path}: cannot be opened: {reason}; run `gongkai rebuild`")


def _roll_back(connection: DuckDBPyConnection) -> None:
    # after a full disk DuckDB ends the transaction and the connection itself
    with suppress(duckdb.Error):
        connection.rollback()


def _path_of(connection: DuckDBPyConnection) -> Path | None:
    """Return the file of the connection's database; None for one in memory."""
    row = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    return Path(row[0]) if row and row[0] else None


def _write_counts(path: Path, *admissible: Counts) -> None:
    """Write the row counts that the database may have when it is next opened."""
    temporary = counts_path(path).with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"rows": list(admissible)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(counts_path(path))
