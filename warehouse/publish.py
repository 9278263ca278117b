"""Publishing: a checked copy of the writer's file, marts stored, under a new name, its full-text index beside
it; then the pointer moves.

Readers open the file that `current` names. A reader that has an older copy open keeps it: a process that
opened a file once would go on seeing the old one under the same name, so the name is always new.
"""

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from archive.durable import advice, blamed
from warehouse.connection import connect
from warehouse.counts import count_rows
from warehouse.database import checkpoint, make_own, open_error, warehouse_path
from warehouse.errors import DamagedError, NotPublishedError, UnreadableCopyError, WarehouseError
from warehouse.mart import store_mart
from warehouse.text_index import SUFFIX, index_path, write_index

KEPT = 3
KEPT_FOR = timedelta(days=7)
STAMP = "%Y%m%dT%H%M%S%fZ"
COPY = re.compile(r"gongkai-(\d{8}T\d{12}Z)\.duckdb")


def publish(
    connection: DuckDBPyConnection, data: Path, *, now: datetime, kept_for: timedelta = KEPT_FOR
) -> Path:
    """Copy the writer's file of `data` to data/published, store its marts, and point `current` at it.

    Return the copy. `connection` is the writer's; the copy's rows are counted before it is pointed at. `now`
    is aware and names the copy. The newest three copies stay, and any not older than `kept_for`; who has an
    older one open goes on reading it where the system, like Linux, keeps an open file. Raise
    DamagedError when the copy does not agree, WarehouseError when it cannot be written.
    """
    folder = data / "published"
    copy = folder / f"gongkai-{now.astimezone(UTC).strftime(STAMP)}.duckdb"
    # an empty write-ahead log: without it a copy of the file alone would hold old rows
    checkpoint(connection, warehouse_path(data))
    unfinished = copy.with_suffix(".copying")
    try:
        make_own(folder)
        shutil.copyfile(warehouse_path(data), unfinished)
        _complete(connection, unfinished, _current_index(data))
        _sync(unfinished)
        _unfinished_index(unfinished).replace(index_path(copy))
        unfinished.replace(copy)
    except OSError as error:
        raise WarehouseError(f"{copy}: cannot be written: {error.strerror}; {advice(error)}") from error
    finally:
        _remove_unfinished(folder)
    with blamed(folder / "current"):
        _point(folder, copy.name)
        _remove_old(folder, now - kept_for)
    return copy


def current(data: Path) -> Path:
    """Return the newest published copy.

    Raise NotPublishedError where nothing was ever published, UnreadableCopyError where the pointer or the
    file that it names is missing or cannot be read.
    """
    pointer = data / "published" / "current"
    try:
        name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        if any(COPY.fullmatch(path.name) for path in pointer.parent.glob("*")):
            raise UnreadableCopyError(f"{pointer}: is missing; run `gongkai verify --repair`") from None
        raise NotPublishedError(
            f"{data}: nothing is published yet; run `gongkai demo` or `gongkai ingest` first"
        ) from None
    except OSError as error:
        raise UnreadableCopyError(f"{pointer}: cannot be read: {error.strerror}") from error
    if not COPY.fullmatch(name) or not (path := pointer.with_name(name)).is_file():
        raise UnreadableCopyError(
            f"{pointer}: names {name!r}, which is missing; run `gongkai verify --repair` or `gongkai rebuild`"
        )
    return path


def published_at(copy: Path) -> datetime:
    """Return when a copy was published (aware, UTC), by its name; NotPublishedError where it is none."""
    if not (match := COPY.fullmatch(copy.name)):
        raise NotPublishedError(f"{copy}: is not named like a published copy")
    return datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)


def _current_index(data: Path) -> Path | None:
    """Return the index of the newest copy, with which the next begins; None where there is none."""
    try:
        return index_path(current(data))
    except (NotPublishedError, UnreadableCopyError):
        return None


def _unfinished_index(unfinished: Path) -> Path:
    return unfinished.with_name(unfinished.name + SUFFIX)


def _complete(connection: DuckDBPyConnection, unfinished: Path, previous_index: Path | None) -> None:
    """Store the marts of a copy and write its index.

    Raise DamagedError where the copy does not have the rows of the writer's file.
    """
    try:
        with connect(unfinished) as copy:
            agrees = count_rows(copy) == count_rows(connection)
            store_mart(copy)
            if agrees:
                write_index(copy, _unfinished_index(unfinished), previous_index)
    except duckdb.Error as error:
        raise open_error(unfinished, error) from error
    if not agrees:
        raise DamagedError(f"{unfinished}: the copy does not have the rows of the warehouse; publish again")


def _point(folder: Path, name: str) -> None:
    temporary = folder / "current.tmp"
    temporary.write_text(name + "\n", encoding="utf-8")
    _sync(temporary)
    temporary.replace(folder / "current")


def _remove_old(folder: Path, oldest: datetime) -> None:
    copies = [path for path in folder.iterdir() if COPY.fullmatch(path.name)]
    for path in sorted(copies, key=published_at, reverse=True)[KEPT:]:
        if published_at(path) < oldest:
            path.unlink()
    for index in folder.glob("*" + SUFFIX):
        if not index.with_suffix(".duckdb").exists():
            shutil.rmtree(index)


def _remove_unfinished(folder: Path) -> None:
    """Remove copies that were not finished, also those of a killed run, with DuckDB's files beside them."""
    for path in folder.glob("*.copying*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
