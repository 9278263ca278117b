"""What the database is made of below mart: migrations for raw, one file for core.

raw is only ever migrated. core is made from the SQL file beside this module and carries a fingerprint of it,
so that a database made by another file is noticed when it is opened.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.errors import OutdatedError

HERE = Path(__file__).resolve().parent
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
    files = migrations(folder)
    for version in sorted(files.keys() - _applied(connection, files)):
        with transaction(connection):
            connection.execute(files[version].read_text(encoding="utf-8"))
            connection.execute(
                "insert into raw.migrations values (?, ?, now() at time zone 'UTC')",
                [version, files[version].stem],
            )


def ensure_core(connection: DuckDBPyConnection) -> None:
    """Create core where it is missing; raise OutdatedError where other rules made it."""
    if fingerprint_in(connection, "core") is None:
        rebuild_core(connection)
    _refuse_other_core(connection)


def core_is_of_other_rules(connection: DuckDBPyConnection) -> bool:
    """Tell whether there is a core, and another version of the program made it."""
    return fingerprint_in(connection, "core") not in (None, core_fingerprint())


def refuse_newer_readings(connection: DuckDBPyConnection, extractor: int, metrics: int) -> None:
    """Raise OutdatedError where a later extractor or later rules for figures have read the documents."""
    if fingerprint_in(connection, "core") is None:
        return
    read = "select max(try_cast(extractor_version as int)), max(try_cast(metrics_version as int)) "
    newest = connection.execute(read + "from core.documents").fetchall()[0]
    if any(
        found is not None and found > ours for found, ours in zip(newest, (extractor, metrics), strict=True)
    ):
        raise OutdatedError(NEWER)


def refuse_newer(connection: DuckDBPyConnection) -> None:
    """Raise OutdatedError where the database knows a migration that this program does not have."""
    _applied(connection, migrations())


def refuse_outdated(connection: DuckDBPyConnection) -> None:
    """Raise OutdatedError where raw or core are not as this program makes them; change nothing."""
    files = migrations()
    if files.keys() - _applied(connection, files):
        raise OutdatedError("made by an older gongkai; run `gongkai rebuild`")
    _refuse_other_core(connection)


def rebuild_core(connection: DuckDBPyConnection) -> None:
    """Drop core and mart and create core anew, empty of what was read. A writer makes views as it opens."""
    with transaction(connection):
        connection.execute("drop schema if exists mart cascade")
        connection.execute("drop schema if exists core cascade")
        connection.execute((HERE / "core.sql").read_text(encoding="utf-8"))
        connection.execute("delete from raw.layers where layer = 'mart'")
        remember(connection, "core", core_fingerprint())


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """Run the body as one transaction."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def migrations(folder: Path = HERE / "migrations") -> dict[int, Path]:
    """Return the SQL file of each migration by its number."""
    return {int(path.name.split("_")[0]): path for path in sorted(folder.glob("*.sql"))}


def _applied(connection: DuckDBPyConnection, files: Mapping[int, Path]) -> set[int]:
    """Return the migrations that the database has; raise OutdatedError where it has more than the files."""
    applied = {version for (version,) in connection.execute("select version from raw.migrations").fetchall()}
    if applied - files.keys():
        raise OutdatedError(NEWER)
    return applied


def _refuse_other_core(connection: DuckDBPyConnection) -> None:
    if fingerprint_in(connection, "core") != core_fingerprint():
        raise OutdatedError("its core was made by another version; run `gongkai rebuild`")


def fingerprint_in(connection: DuckDBPyConnection, layer: str) -> str | None:
    """Return the fingerprint of the files that a layer was made from, None where it was not made yet."""
    row = connection.execute("select fingerprint from raw.layers where layer = ?", [layer]).fetchone()
    return row[0] if row else None


def remember(connection: DuckDBPyConnection, layer: str, fingerprint: str) -> None:
    """Note what a layer was made from."""
    connection.execute("insert or replace into raw.layers values (?, ?)", [layer, fingerprint])


def core_fingerprint() -> str:
    """Return the fingerprint of the file that core is made from."""
    return digest_of((HERE / "core.sql").read_text(encoding="utf-8"))


def digest_of(*texts: str) -> str:
    """Return one digest of several texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
