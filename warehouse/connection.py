"""Connections that write: in the storage format that readers know, and with little memory.

A load runs beside a crawl on a small machine, so DuckDB is given a hundred megabytes and puts the rest into
files beside the database. Where a step cannot be done with so little, it is given more from there on.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

# 1.2 is what today's BI tools read, so a published copy is a plain copy of the file
STORAGE_VERSION = "v1.2.0"
MEMORY_BYTES = 100_000_000
# of which, with 1.4 GB of texts, the process held half a gigabyte more: the aim is two
MEMORY_BYTES_MAX = 1_400_000_000
THREADS = 1
THREADS_OF_MANY_ROWS = 2
# each checkpoint writes a table's last rows once more, a hundred thousand of them
CHECKPOINT_BYTES = 64_000_000
ROOM = "select parse_formatted_bytes(current_setting('memory_limit'))"


def connect(path: Path) -> DuckDBPyConnection:
    """Open or create a database to write to."""
    return duckdb.connect(
        str(path),
        config={
            "storage_compatibility_version": STORAGE_VERSION,
            "memory_limit": _bytes(MEMORY_BYTES),
            "threads": THREADS,
            "checkpoint_threshold": _bytes(CHECKPOINT_BYTES),
        },
    )


def make_room(connection: DuckDBPyConnection, needed_bytes: int) -> None:
    """Let a connection hold as much in memory from now on, where it may not yet."""
    row = connection.execute(ROOM).fetchone()
    if row and needed_bytes > row[0]:
        connection.execute(f"set memory_limit = '{_bytes(needed_bytes)}'")


def execute_in_room(
    connection: DuckDBPyConnection, statements: Iterable[str], *, room_bytes: int = 0
) -> None:
    """Run statements in order with `room_bytes` of memory, `MEMORY_BYTES` at least; with more, two threads.

    Where that was too little, it is twice as much from there on. Raise duckdb.OutOfMemoryException where
    `MEMORY_BYTES_MAX` is not enough.
    """
    room_bytes = min(max(room_bytes, MEMORY_BYTES), MEMORY_BYTES_MAX)
    make_room(connection, room_bytes)
    if room_bytes > MEMORY_BYTES:
        connection.execute(f"set threads = {THREADS_OF_MANY_ROWS}")
    for statement in statements:
        while True:
            try:
                connection.execute(statement)
                break
            except duckdb.OutOfMemoryException:
                if room_bytes == MEMORY_BYTES_MAX:
                    raise
                room_bytes = min(2 * room_bytes, MEMORY_BYTES_MAX)
                make_room(connection, room_bytes)


def _bytes(count: int) -> str:
    return f"{count} bytes"
