"""SQL over a published copy: one SELECT, read-only, without files, network, settings or extensions.

DuckDB's own switches stop files and network, but not every harm: `from enable_logging(storage = 'file', …)`
is a SELECT that ends the process. So table functions are held against a list of harmless ones as well, and
what tells of the machine (paths, settings) is refused. Memory and time of one scalar call are not bounded
here: `warehouse.sandbox` runs this in a child process.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection, StatementType

from warehouse.errors import OutdatedError, QueryError, UnreadableCopyError
from warehouse.mart import mart_is_of_other_rules
from warehouse.quoting import literal

ROWS_AT_ONCE = 1000
SWITCHES = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
TABLE_FUNCTIONS = frozenset(
    {
        "duckdb_columns",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_schemas",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
        "generate_series",
        "json_each",
        "json_tree",
        "pragma_table_info",
        "range",
        "unnest",
    }
)
# they tell of the machine and its settings what those table functions would tell that are left out above
TELLING_TABLES = frozenset(
    {
        "duckdb_databases",
        "duckdb_logs",
        "pg_database",
        "pg_prepared_statements",
        "pg_settings",
        "pragma_database_list",
    }
)
# settings with their paths; plans of statements that nobody has looked at; a log; a pause
REFUSED_FUNCTIONS = frozenset({"current_setting", "json_serialize_plan", "sleep_ms", "write_log"})
OF_OTHER_RULES = "; another version of gongkai published these tables: `gongkai rebuild` makes ours"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: column names and DuckDB types in order, and the rows as they are fetched."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def reader(
    database: Path, *, memory_limit: str = "1GB", threads: int = 2, output: Path | None = None
) -> Iterator[DuckDBPyConnection]:
    """Open a published copy so that SQL can reach nothing but its tables; close it at the end.

    `output` is the one file that may be written. Raise UnreadableCopyError when the copy is missing
    or damaged, OutdatedError when it lacks what a question of ours asks for.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        **SWITCHES,
        "memory_limit": memory_limit,
        "threads": threads,
    }
    # attached to an instance of its own: connections to one file share their settings within a process
    connection = duckdb.connect(config=config)
    try:
        _attach(connection, database)
        if output is not None:
            connection.execute(f"set allowed_paths = [{literal(str(output))}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection
    except duckdb.IOException as error:
        raise _unreadable(database, error) from error
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise_outdated(connection, database, error)
        raise
    finally:
        connection.close()


def raise_outdated(connection: DuckDBPyConnection, database: Path, error: duckdb.Error) -> None:
    """Raise OutdatedError where a question of ours failed because another version published the copy."""
    if mart_is_of_other_rules(connection):
        reason = f"published by another version of gongkai ({_reason(error)})"
        raise OutdatedError(f"{database}: {reason}; run `gongkai rebuild`") from error


def _unreadable(database: Path, error: duckdb.Error) -> UnreadableCopyError:
    return UnreadableCopyError(
        f"{database}: cannot be opened: {_reason(error)}; run `gongkai verify --repair`"
    )


def _attach(connection: DuckDBPyConnection, database: Path) -> None:
    try:
        connection.execute(f"attach {literal(str(database))} as gongkai (read_only)")
        connection.execute("use gongkai")
    except duckdb.Error as error:
        raise _unreadable(database, error) from error


def run(connection: DuckDBPyConnection, sql: str, values: Mapping[str, str] | None = None) -> Result:
    """Run one SELECT (also `from mart.metrics`, `describe`, `summarize`) on a reader's connection.

    `values` are those of its parameters (`$name`), each of which it must have. Rows are fetched as they are
    asked for, so the connection must stay open and unused until then. Raise QueryError when the statement is
    refused or fails.
    """
    refuse_unsafe(connection, sql)
    try:
        cursor = connection.execute(sql, values or None)
    except duckdb.IOException:
        raise  # no fault of the query: the copy is damaged
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        advice = OF_OTHER_RULES if mart_is_of_other_rules(connection) else ""
        raise QueryError(f"query: {_hint(error)}{advice}") from error
    except duckdb.Error as error:
        raise QueryError(f"query: {_hint(error)}") from error
    described = cursor.description or []
    columns = tuple(str(column[0]) for column in described)
    return Result(columns, tuple(str(column[1]) for column in described), _rows(cursor))


def refuse_unsafe(connection: DuckDBPyConnection, sql: str) -> None:
    """Raise QueryError unless the text is exactly one SELECT that calls and reads only what is harmless."""
    try:
        statements = connection.extract_statements(_clean(sql))
    except duckdb.Error as error:
        raise QueryError(f"query: {_hint(error)}") from error
    if not statements:
        raise QueryError("query: there is no statement; try `from mart.metrics limit 10`")
    if len(statements) > 1:
        raise QueryError("query: more than one statement; send one SELECT at a time")
    if statements[0].type != StatementType.SELECT:
        raise QueryError(f"query: {statements[0].type.name} is not allowed; only SELECT is")
    for what in _harmful(_tree(connection, sql)):
        raise QueryError(f"query: {what} is not allowed")


def _clean(sql: str) -> str:
    """Return the text unless it has characters at which DuckDB would stop reading or fail."""
    refuse_half_characters(sql, "query")
    if "\0" in sql:
        raise QueryError("query: it has a NUL character")
    return sql


def refuse_half_characters(text: str, what: str) -> None:
    """Raise QueryError that begins with `what` where a text cannot be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise QueryError(f"{what}: it has half a character (a lone surrogate)") from None


def _tree(connection: DuckDBPyConnection, sql: str) -> object:
    """Return the syntax tree of a SELECT as JSON; what else DuckDB takes for one (PRAGMA) is refused."""
    try:
        tree = json.loads(connection.execute("select json_serialize_sql(?)", [sql]).fetchall()[0][0])
    except RecursionError:
        raise QueryError("query: nested too deeply") from None
    if tree["error"]:
        raise QueryError("query: only SELECT is allowed")
    return tree


def _harmful(tree: object) -> Iterator[str]:
    """Yield what a serialized statement calls or reads and may not."""
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            match node:
                case {"type": "TABLE_FUNCTION", "function": {"function_name": str(name)}}:
                    if name.lower() not in TABLE_FUNCTIONS:
                        yield f"the table function {name.lower()}"
                case {"type": "BASE_TABLE", "table_name": str(name)} if name.lower() in TELLING_TABLES:
                    yield f"the table {name.lower()}"
                case {"class": "FUNCTION", "function_name": str(name)} if name.lower() in REFUSED_FUNCTIONS:
                    yield f"the function {name.lower()}"
            nodes.extend(node.values())
        elif isinstance(node, list):
            nodes.extend(node)


def _rows(cursor: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows
    except duckdb.IOException:
        raise
    except duckdb.Error as error:
        raise QueryError(f"query: {_hint(error)}") from error


def _reason(error: duckdb.Error) -> str:
    return str(error).strip().splitlines()[0]


def _hint(error: duckdb.Error) -> str:
    """Return what DuckDB says of a query, with the names that it proposes, without the query's own lines."""
    said = str(error).strip().partition("\n\n")[0].partition("\nLINE ")[0]
    return " ".join(line.strip() for line in said.splitlines() if line.strip())
