"""How many rows each table has, and what they come to: kept beside the database, and compared.

Damage to DuckDB's write-ahead log is silent: the file opens with fewer rows. So the row count of every
table is kept in counts.json and compared when the database is opened.
"""

import json
from pathlib import Path

from duckdb import DuckDBPyConnection

from archive.durable import blamed, flush
from warehouse.quoting import identifier, literal

Counts = dict[str, int]


def counts_path(path: Path) -> Path:
    """Return where the row counts of a writer's file are kept."""
    return path.with_name("counts.json")


def count_rows(connection: DuckDBPyConnection) -> Counts:
    """Return the rows of every table of raw and core, by `schema.table`; the ledgers are left out."""
    return _of_each_table(connection, "count(*)")


def row_digests(connection: DuckDBPyConnection) -> Counts:
    """Return a digest of the content of every table that `count_rows` counts; every block of it is read."""
    return _of_each_table(connection, "coalesce(bit_xor(hash(t)), 0)::uhugeint + count(*)")


def _of_each_table(connection: DuckDBPyConnection, aggregate: str) -> dict[str, int]:
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name in ('raw', 'core') "
        "and table_name not in ('migrations', 'layers') order by all"
    ).fetchall()
    if not tables:
        return {}
    of_each = " union all ".join(
        f"select {literal(f'{schema}.{table}')}, {aggregate} "  # noqa: S608 - names out of the catalog
        f"from {identifier(schema)}.{identifier(table)} as t"
        for schema, table in tables
    )
    return dict(connection.execute(of_each).fetchall())


def count_difference(connection: DuckDBPyConnection, path: Path) -> str | None:
    """Tell where the rows of the database at `path` differ from its counts; None where they agree.

    The counts may be missing where no row was ever written.
    """
    actual = count_rows(connection)
    try:
        admissible = read_counts(path)
    except FileNotFoundError:
        lost = f"{counts_path(path).name} is missing, so nobody can tell whether rows were lost"
        return lost if any(actual.values()) else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{counts_path(path).name} cannot be read ({error})"
    differences = [_difference(actual, expected) for expected in admissible]
    return f"rows were lost: {differences[-1]}" if all(differences) else None


def _difference(actual: Counts, expected: Counts) -> str:
    return ", ".join(
        f"{table} has {actual.get(table, 0)} rows and should have {rows}"
        for table, rows in sorted(expected.items())
        if actual.get(table, 0) != rows
    )


def read_counts(path: Path) -> list[Counts]:
    """Return the row counts that the database at `path` may have.

    Raises FileNotFoundError where there are none, ValueError, KeyError or TypeError where they are damaged.
    """
    kept = json.loads(counts_path(path).read_text(encoding="utf-8"))["rows"]
    return [{str(table): int(rows) for table, rows in counts.items()} for counts in kept]


def write_counts(path: Path, *admissible: Counts) -> None:
    """Write the row counts that the database at `path` may have when it is next opened.

    Raises ArchiveError where the disk does not take them.
    """
    temporary = counts_path(path).with_suffix(".tmp")
    with blamed(temporary):
        with temporary.open("wb") as file:
            file.write(json.dumps({"rows": admissible}, indent=1).encode())
            flush(file)
        temporary.replace(counts_path(path))


def path_of(connection: DuckDBPyConnection) -> Path | None:
    """Return the file of the connection's database; None for one in memory."""
    row = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    return Path(row[0]) if row and row[0] else None
