"""The writer's file: opened by one process, closed with a checkpoint, and never trusted blindly.

Its row counts are held against counts.json when it is opened. A batch writes the counts before and after it
into that file before it commits; a process that is killed in between leaves a file that agrees with either.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from archive.durable import advice
from warehouse.connection import connect
from warehouse.counts import count_difference, count_rows, path_of, write_counts
from warehouse.errors import DamagedError, LockedError, OutdatedError, WarehouseError
from warehouse.mart import ensure_views
from warehouse.schema import (
    core_is_of_other_rules,
    ensure_core,
    migrate,
    rebuild_core,
    refuse_newer,
    refuse_newer_readings,
    refuse_outdated,
)

NO_ROOM = "No space left"
HOLDER = re.compile(r"PID (\d+)")


def warehouse_path(data: Path) -> Path:
    """Return where the writer's file is kept below the data folder."""
    return data / "warehouse" / "warehouse.duckdb"


@dataclass(frozen=True, slots=True)
class Rules:
    """The versions by which this program reads documents and their figures."""

    extractor: int
    metrics: int


@contextmanager
def writer(data: Path, *, renew: Rules | None = None) -> Iterator[DuckDBPyConnection]:
    """Open the writer's file of a data folder, made and migrated where needed; checkpoint and close it.

    With `renew`, a core that an earlier version made is made anew: it is empty, and all is to be read again.

    Raise LockedError when another process has it open, DamagedError when it cannot be read or has other rows
    than were last written, OutdatedError when another version of the program made it.
    """
    path = warehouse_path(data)
    connection = open_file(path)
    with _closed_on_error(connection, path):
        _refuse_lost_rows(connection, path)
        if renew is not None:
            refuse_newer_readings(connection, renew.extractor, renew.metrics)
            _renew_core(connection, path)
        ensure_core(connection)
        ensure_views(connection)
        write_counts(path, count_rows(connection))
    try:
        yield connection
        checkpoint(connection, path)
    finally:
        connection.close()


def _renew_core(connection: DuckDBPyConnection, path: Path) -> None:
    if core_is_of_other_rules(connection):
        before = count_rows(connection)
        emptied = {table: 0 if table.startswith("core.") else rows for table, rows in before.items()}
        write_counts(path, before, emptied)
        rebuild_core(connection)


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
        raise open_error(path, error) from error
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
        reason = str(error).splitlines()[0]
        raise WarehouseError(f"{path}: cannot be written: {reason}; {_advice(reason)}") from error


def open_file(path: Path) -> DuckDBPyConnection:
    """Open or create a writer's file and migrate raw; core and mart are not looked at. Errors as `writer`."""
    make_own(path.parent)
    try:
        connection = connect(path)
    except duckdb.Error as error:
        raise open_error(path, error) from error
    with _closed_on_error(connection, path):
        migrate(connection)
    return connection


def make_own(folder: Path) -> None:
    """Make `folder` where it is missing; raise WarehouseError where it is a link or cannot be made."""
    if folder.is_symlink():
        raise WarehouseError(f"{folder}: is a symbolic link; put the folder itself there")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(f"{folder}: cannot be made: {error.strerror}; {advice(error)}") from error


@contextmanager
def _closed_on_error(connection: DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Close the connection when the body fails, and name the file in the error."""
    try:
        yield
    except BaseException as error:
        connection.close()
        if isinstance(error, duckdb.Error):
            raise open_error(path, error) from error
        if isinstance(error, OutdatedError):
            raise OutdatedError(f"{path}: {error}") from error
        raise


@contextmanager
def batch(connection: DuckDBPyConnection) -> Iterator[None]:
    """Run the body as one transaction: all of it becomes visible, or nothing."""
    path = path_of(connection)
    before = count_rows(connection)
    connection.begin()
    try:
        yield
        after = count_rows(connection)
        if path:
            write_counts(path, before, after)
        connection.commit()
    except BaseException:
        _roll_back(connection)
        raise
    if path:
        write_counts(path, after)


def _refuse_lost_rows(connection: DuckDBPyConnection, path: Path) -> None:
    if difference := count_difference(connection, path):
        raise DamagedError(f"{path}: {difference}; run `gongkai rebuild`")


def refuse_replacing(path: Path) -> None:
    """Raise LockedError when another process has the file open, OutdatedError when a newer program made it.

    A file that is damaged or missing may be replaced.
    """
    if not path.exists():
        return
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            refuse_newer(connection)
    except OutdatedError as error:
        raise OutdatedError(f"{path}: {error}") from error
    except duckdb.Error as error:
        if isinstance(locked := open_error(path, error), LockedError):
            raise locked from error


def open_error(path: Path, error: duckdb.Error) -> WarehouseError:
    """Return what an error of DuckDB means for the file at `path`, and what to do."""
    reason = str(error).splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return WarehouseError(f"{path}: {reason}; free memory and run again; what is stored is whole")
    if "Permission denied" in reason or NO_ROOM in reason or "Read-only" in reason:
        return WarehouseError(f"{path}: cannot be opened: {reason}; {_advice(reason)}")
    if "lock" in reason and (holder := HOLDER.search(str(error))):
        pid = int(holder[1])
        return LockedError(f"{path}: in use by process {pid}; wait until it has ended", pid)
    if "Could not set lock" in reason:
        return LockedError(f"{path}: in use by another process; wait until it has ended", None)
    return DamagedError(f"{path}: cannot be opened: {reason}; run `gongkai rebuild`")


def _advice(reason: str) -> str:
    if NO_ROOM in reason:
        return "make room and run again; what is stored is whole"
    return "give this user the right to write there, or look at the disk, and run again"


def _roll_back(connection: DuckDBPyConnection) -> None:
    # after a full disk DuckDB ends the transaction and the connection itself
    with suppress(duckdb.Error):
        connection.rollback()
