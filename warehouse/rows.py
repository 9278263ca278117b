"""JSON lines into tables: read by DuckDB with the columns of the table that they are for.

`executemany` would take 2 ms a row. The columns are asked of the table itself, so a row is taken by column
name, keys that no column is named after are left out, and nothing is guessed.
"""

import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connection import MEMORY_BYTES, make_room
from warehouse.errors import LoadError, UnfitRowsError
from warehouse.quoting import identifier, literal

# what is wrong with rows, and not with the disk, the memory or the database
OF_ROWS = (duckdb.DataError, duckdb.IntegrityError, duckdb.InvalidInputException)
LINE_BYTES_MIN = 1 << 20
# DuckDB holds some buffers of twice a file's longest line, and what is read in a line several times over
LINE_TIMES_HELD = 16
FILE_TIMES_HELD = 4
# how a column is read where that is not its own type: times carry a zone and are stored in UTC; decimals
# would pass through a double; lists and structures come as JSON or as text that holds JSON
READ_AS = {"TIMESTAMP": "TIMESTAMPTZ", "DECIMAL(38,10)": "VARCHAR"}
NESTED = "(case when json_type({name}) = 'VARCHAR' then ({name} ->> '$')::json else {name} end)::{type}"


def table_columns(connection: DuckDBPyConnection, table: str) -> dict[str, str]:
    """Return the columns of `schema.table` with their types, in order."""
    rows = connection.execute("select name, type from pragma_table_info(?) order by cid", [table]).fetchall()
    return dict(rows)


@contextmanager
def staged(
    connection: DuckDBPyConnection, path: Path, columns: Mapping[str, str], *, name: str = "staged"
) -> Iterator[str]:
    """Read the JSON lines at `path` into a temporary table for the time of the body; yield its name.

    `columns` gives each key its type; the table has them and `line`, counted from 1. A decimal comes as
    text, to be converted by whoever can say what is wrong with it. A missing file has no rows: kinds
    without rows are not written. A last line without a line break was torn by a crash and is left out.
    Raise UnfitRowsError naming the file when a line does not fit, LoadError for other troubles.
    """
    types = {key: _read_as(type_) for key, type_ in columns.items()}
    structure = ", ".join(f"{literal(key)}: {literal(type_)}" for key, type_ in types.items())
    selected = ", ".join(f"{_converted(key, type_)} as {identifier(key)}" for key, type_ in columns.items())
    with _whole_lines(path) as whole, ExitStack() as stack:
        longest = _longest_line(whole)
        query = (
            f"select row_number() over () as line, {selected} "  # noqa: S608 - our own names
            "from read_json(?, format = 'newline_delimited', "
            f"columns = {{{structure}}}, maximum_object_size = {longest})"
        )
        try:
            make_room(connection, _room_bytes(path.parent, longest))
            stack.enter_context(temporary(connection, name, query, str(whole)))
        except duckdb.Error as error:
            reason = str(error).replace(str(whole), path.name).splitlines()[0]
            raise load_error(f"{path}: does not fit the warehouse: {reason}", error) from error
        yield name


def _room_bytes(folder: Path, longest: int) -> int:
    """Return how much memory the files of a folder need, which are held side by side."""
    files_bytes = sum(path.stat().st_size for path in folder.glob("*.jsonl"))
    return MEMORY_BYTES + LINE_TIMES_HELD * longest + FILE_TIMES_HELD * files_bytes


@contextmanager
def temporary(connection: DuckDBPyConnection, name: str, query: str, *parameters: object) -> Iterator[None]:
    """Keep the answer to a query in a temporary table for the time of the body."""
    connection.execute(f"create or replace temp table {identifier(name)} as {query}", list(parameters))
    try:
        yield
    finally:
        # after an error nothing can be run, and the transaction takes the table with it
        with suppress(duckdb.TransactionException, duckdb.FatalException):
            connection.execute(f"drop table if exists temp.{identifier(name)}")


def load_error(message: str, error: duckdb.Error) -> LoadError:
    """Return the error of a load that `error` ended."""
    if isinstance(error, OF_ROWS):
        return UnfitRowsError(message)
    return LoadError(message)


def _nested(type_: str) -> bool:
    return type_.endswith("[]") or type_.startswith("STRUCT")


def _read_as(type_: str) -> str:
    return "JSON" if _nested(type_) else READ_AS.get(type_, type_)


def _converted(key: str, type_: str) -> str:
    name = identifier(key)
    if _nested(type_):
        return NESTED.format(name=name, type=type_)
    if type_ == "TIMESTAMP":
        return f"({name} at time zone 'UTC')"
    return name


def _longest_line(path: Path) -> int:
    """Return the bytes of the longest line, a mebibyte at least."""
    with path.open("rb") as file:
        return max(LINE_BYTES_MIN, max(map(len, file), default=0) + 1)


@contextmanager
def _whole_lines(path: Path) -> Iterator[Path]:
    """Yield the path of a file with the whole lines of `path`: itself, or a copy without its torn end."""
    with path.open("rb") if path.exists() else io.BytesIO() as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        if size and file.read() == b"\n":
            yield path
            return
        file.seek(0)
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as copy:
            copy.writelines(line for line in file if line.endswith(b"\n"))
            copy.flush()
            yield Path(copy.name)
