"""What the database is made of: migrations for raw, one file for core, one file a view for mart.

raw is only ever migrated. core and mart are made from the SQL files beside this module and carry a
fingerprint of them, so that a database made by other files is noticed when it is opened.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.dictionary import DICTIONARY, Dictionary, load_dictionary
from warehouse.errors import OutdatedError
from warehouse.quoting import identifier, literal

HERE = Path(__file__).resolve().parent
MART_REFERENCE = re.compile(r"\bmart\.(\w+)")

NEWER = "made by a newer gongkai; update this one"
LEDGER = """
create schema if not exists raw;
create table if not exists raw.migrations (version integer primary key, name varchar, applied_at timestamp);
create table if not exists raw.layers (layer varchar primary key, fingerprint varchar not null);
"""


def migrate(connection: DuckDBPyConnection, folder: Path = HERE / "migrations") -> None:
    """Apply the numbered SQL files that the database has not seen, in order, each in its own transaction.

    Raise OutdatedError when the database knows a migration that the folder does not have.
    """
    connection.execute(LEDGER)
    files = _migrations(folder)
    for version in sorted(files.keys() - _applied(connection, files)):
        with _transaction(connection):
            connection.execute(files[version].read_text(encoding="utf-8"))
            connection.execute(
                "insert into raw.migrations values (?, ?, now() at time zone 'UTC')",
                [version, files[version].stem],
            )


def ensure_core(connection: DuckDBPyConnection) -> None:
    """Create core where it is missing; raise OutdatedError where other rules made it."""
    if _fingerprint_in(connection, "core") is None:
        rebuild_core(connection)
    _refuse_other_core(connection)


def core_is_of_other_rules(connection: DuckDBPyConnection) -> bool:
    """Tell whether there is a core, and another version of the program made it."""
    return _fingerprint_in(connection, "core") not in (None, _core_fingerprint())


def refuse_newer_readings(connection: DuckDBPyConnection, extractor: int, metrics: int) -> None:
    """Raise OutdatedError where a later extractor or later rules for figures have read the documents."""
    if _fingerprint_in(connection, "core") is None:
        return
    read = "select max(try_cast(extractor_version as int)), max(try_cast(metrics_version as int)) "
    newest = connection.execute(read + "from core.documents").fetchall()[0]
    if any(
        found is not None and found > ours for found, ours in zip(newest, (extractor, metrics), strict=True)
    ):
        raise OutdatedError(NEWER)


def refuse_newer(connection: DuckDBPyConnection) -> None:
    """Raise OutdatedError where the database knows a migration that this program does not have."""
    _applied(connection, _migrations(HERE / "migrations"))


def refuse_outdated(connection: DuckDBPyConnection) -> None:
    """Raise OutdatedError where raw or core are not as this program makes them; change nothing."""
    files = _migrations(HERE / "migrations")
    if files.keys() - _applied(connection, files):
        raise OutdatedError("made by an older gongkai; run `gongkai rebuild`")
    _refuse_other_core(connection)


def rebuild_core(connection: DuckDBPyConnection) -> None:
    """Drop core and mart and create both anew, empty of what was read."""
    with _transaction(connection):
        connection.execute("drop schema if exists mart cascade")
        connection.execute("drop schema if exists core cascade")
        connection.execute((HERE / "core.sql").read_text(encoding="utf-8"))
        connection.execute("delete from raw.layers where layer = 'mart'")
        _remember(connection, "core", _core_fingerprint())
    ensure_mart(connection)


def ensure_mart(connection: DuckDBPyConnection, views: Path = HERE / "marts") -> None:
    """Create the views and all comments anew where a view, the dictionary or a table has changed."""
    dictionary = load_dictionary()
    texts = _texts(views)
    fingerprint = _mart_fingerprint(texts)
    if _fingerprint_in(connection, "mart") == fingerprint:
        return
    with _transaction(connection):
        connection.execute("drop schema if exists mart cascade")
        connection.execute("create schema mart")
        for name in _in_order(texts):
            connection.execute(f"create view mart.{identifier(name)} as {texts[name]}")
        _comment(connection, dictionary)
        _remember(connection, "mart", fingerprint)


def mart_is_of_other_rules(connection: DuckDBPyConnection) -> bool:
    """Tell whether another version of the program made the views."""
    return _fingerprint_in(connection, "mart") != _mart_fingerprint(_texts(HERE / "marts"))


def _texts(views: Path) -> dict[str, str]:
    """Return the SQL of each view."""
    return {path.stem: path.read_text(encoding="utf-8") for path in views.glob("*.sql")}


@contextmanager
def _transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _migrations(folder: Path) -> dict[int, Path]:
    return {int(path.name.split("_")[0]): path for path in sorted(folder.glob("*.sql"))}


def _applied(connection: DuckDBPyConnection, files: Mapping[int, Path]) -> set[int]:
    """Return the migrations that the database has; raise OutdatedError where it has more than the files."""
    applied = {version for (version,) in connection.execute("select version from raw.migrations").fetchall()}
    if applied - files.keys():
        raise OutdatedError(NEWER)
    return applied


def _refuse_other_core(connection: DuckDBPyConnection) -> None:
    if _fingerprint_in(connection, "core") != _core_fingerprint():
        raise OutdatedError("its core was made by another version; run `gongkai rebuild`")


def _in_order(texts: dict[str, str]) -> list[str]:
    """Return the names of views so that each comes after those it reads."""
    needs = {name: set(MART_REFERENCE.findall(_code(text))) & texts.keys() for name, text in texts.items()}
    return list(TopologicalSorter(needs).static_order())


def _code(sql: str) -> str:
    return "\n".join(line.split("--")[0] for line in sql.splitlines())


def _comment(connection: DuckDBPyConnection, dictionary: Dictionary) -> None:
    """Set the comment of every table, view and column."""
    relations = connection.execute(
        "select schema_name, table_name, 'table' from duckdb_tables() "
        "where database_name = current_database() "
        "union all select schema_name, view_name, 'view' from duckdb_views() "
        "where not internal and database_name = current_database() order by all"
    ).fetchall()
    for schema, name, kind in relations:
        text = literal(dictionary.table(schema, name).comment)
        connection.execute(f"comment on {kind} {identifier(schema)}.{identifier(name)} is {text}")
    columns = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where not internal and database_name = current_database()"
    ).fetchall()
    for schema, table, column in columns:
        text = literal(dictionary.column(schema, table, column).comment)
        connection.execute(
            f"comment on column {identifier(schema)}.{identifier(table)}.{identifier(column)} is {text}"
        )


def _fingerprint_in(connection: DuckDBPyConnection, layer: str) -> str | None:
    row = connection.execute("select fingerprint from raw.layers where layer = ?", [layer]).fetchone()
    return row[0] if row else None


def _remember(connection: DuckDBPyConnection, layer: str, fingerprint: str) -> None:
    connection.execute("insert or replace into raw.layers values (?, ?)", [layer, fingerprint])


def _core_fingerprint() -> str:
    return _digest((HERE / "core.sql").read_text(encoding="utf-8"))


def _mart_fingerprint(texts: Mapping[str, str]) -> str:
    return _digest(*(f"{name}\n{texts[name]}" for name in sorted(texts)), _tables_fingerprint())


def _tables_fingerprint() -> str:
    """Return a digest of whatever else the comments depend on: the dictionary and the migrated tables."""
    migrations = sorted((HERE / "migrations").glob("*.sql"))
    return _digest(
        *(path.read_text(encoding="utf-8") for path in (DICTIONARY, *migrations)), _core_fingerprint()
    )


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
