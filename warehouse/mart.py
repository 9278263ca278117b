"""What analysts ask: a SQL file each in marts/, made into tables in a published copy.

They are made anew for each copy, from raw and core as they are then; the writer's file has views of those
few that a crawl asks before it begins. `mart.findings` is made of checks/*.sql.
"""

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.connection import execute_in_room
from warehouse.counts import path_of
from warehouse.dictionary import DICTIONARY, Dictionary, load_dictionary
from warehouse.quoting import identifier, literal
from warehouse.schema import core_fingerprint, digest_of, fingerprint_in, migrations, remember, transaction

HERE = Path(__file__).resolve().parent
REFERENCE = re.compile(r"\bmart\.(\w+)")
# with less, sorting and joining all figures goes through files again and again
SIZE_TIMES_HELD = 4
# they only choose and name columns of a table, or lay out its lists
NEVER_STORED = frozenset({"metrics", "指标", "words"})
# by attachments.py and histories.py; what they are made of is made with them
ASKED_BY_CRAWLS = frozenset({"attachments", "captures"})


def ensure_views(connection: DuckDBPyConnection) -> None:
    """Create the views that crawls ask, anew where one or a table has changed."""
    texts = marts()
    asked = set(ASKED_BY_CRAWLS)
    for name in reversed(texts):
        if name in asked:
            asked |= _needs(texts, name)
    views = {name: text for name, text in texts.items() if name in asked}
    fingerprint = _fingerprint(views)
    if fingerprint_in(connection, "mart") == fingerprint:
        return
    with transaction(connection):
        _make_schema_anew(connection)
        for name, text in views.items():
            connection.execute(f"create view mart.{identifier(name)} as {text}")
        remember(connection, "mart", fingerprint)


def store_mart(connection: DuckDBPyConnection) -> None:
    """Make the marts, each from those before it, and all comments; for a copy that nobody writes to."""
    texts = marts()
    _make_schema_anew(connection)
    kinds = {name: "view" if name in NEVER_STORED else "table" for name in texts}
    execute_in_room(
        connection,
        (f"create {kind} mart.{identifier(name)} as {texts[name]}" for name, kind in kinds.items()),
        room_bytes=SIZE_TIMES_HELD * _size_bytes(connection),
    )
    with transaction(connection):  # each comment in one of its own would take three times as long
        _comment(connection, load_dictionary(), "raw", "core", "mart")
        remember(connection, "mart", _fingerprint(texts))


def _make_schema_anew(connection: DuckDBPyConnection) -> None:
    connection.execute("drop schema if exists mart cascade")
    connection.execute("create schema mart")


def _size_bytes(connection: DuckDBPyConnection) -> int:
    path = path_of(connection)
    return path.stat().st_size if path else 0


def mart_is_of_other_rules(connection: DuckDBPyConnection) -> bool:
    """Tell whether another version of the program made mart."""
    return fingerprint_in(connection, "mart") != _fingerprint(marts())


def marts() -> dict[str, str]:
    """Return the SQL of each mart by its name, each after those it reads."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (HERE / "marts").glob("*.sql")}
    texts["findings"] = _findings()
    needs = {name: _needs(texts, name) for name in texts}
    return {name: texts[name] for name in TopologicalSorter(needs).static_order()}


def _needs(texts: Mapping[str, str], name: str) -> set[str]:
    """Return the names of the marts that one reads."""
    return set(REFERENCE.findall(_code(texts[name]))) & texts.keys()


def _findings() -> str:
    """Return the SQL of what all checks name."""
    checks = sorted((HERE / "checks").glob("*.sql"))
    return "\nunion all\n".join(
        f"select {literal(path.stem)} as check_name, * from (\n{path.read_text(encoding='utf-8')})"  # noqa: S608
        for path in checks
    )


def _code(sql: str) -> str:
    return "\n".join(line.split("--")[0] for line in sql.splitlines())


def _comment(connection: DuckDBPyConnection, dictionary: Dictionary, *schemas: str) -> None:
    """Set the comment of every table, view and column of the schemas."""
    relations = connection.execute(
        "select schema_name, table_name, 'table' from duckdb_tables() "
        "where database_name = current_database() and schema_name in $schemas "
        "union all select schema_name, view_name, 'view' from duckdb_views() "
        "where database_name = current_database() and schema_name in $schemas order by all",
        {"schemas": schemas},
    ).fetchall()
    of_relations = [
        f"comment on {kind} {identifier(schema)}.{identifier(name)} is "
        + literal(dictionary.table(schema, name).comment)
        for schema, name, kind in relations
    ]
    columns = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where database_name = current_database() and schema_name in $schemas",
        {"schemas": schemas},
    ).fetchall()
    of_columns = [
        f"comment on column {identifier(schema)}.{identifier(table)}.{identifier(column)} is "
        + literal(dictionary.column(schema, table, column).comment)
        for schema, table, column in columns
    ]
    connection.execute(";\n".join([*of_relations, *of_columns]))


def _fingerprint(texts: Mapping[str, str]) -> str:
    """Return a digest of the marts and of what else their comments depend on: dictionary and tables."""
    files = (DICTIONARY, *migrations().values())
    return digest_of(
        *(f"{name}\n{texts[name]}" for name in sorted(texts)),
        *(path.read_text(encoding="utf-8") for path in files),
        core_fingerprint(),
    )
