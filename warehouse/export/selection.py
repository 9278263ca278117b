"""Which documents leave: chosen in SQL, in a copy that is only read, with the rest of memory on disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connection import THREADS
from warehouse.errors import ExportError
from warehouse.query import raise_outdated
from warehouse.quoting import literal

ROOM_BYTES = 400_000_000
ROWS_AT_ONCE = 500

# a file stands in the columns of the pages that name it
DOCUMENTS = """
    create table selected.documents as
    with stood as (
        select distinct document_id
        from raw.entries inner join mart.addresses using (fetch_url)
        where "column" = $column
    )

    select document_id, payload_digest from mart.documents
    where
        ($office is null or office = $office)
        and ($district is null or district = $district or district_code = $district)
        and ($year is null or year(published) = $year)
        and (
            $column is null
            or document_id in (from stood)
            or document_id in (
                select file_document_id from mart.attachments semi join stood using (document_id)
            )
        )
"""
ADDRESSES = """
    create table selected.addresses as
    select fetch_url from mart.addresses semi join selected.documents using (document_id)
    union
    select file_url from mart.attachments semi join selected.documents using (document_id)
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents leave: of an office, of a district (name or code), published in a year, listed in a
    column of a site (and the files that such a document names); None is any.
    """

    office: str | None = None
    district: str | None = None
    year: int | None = None
    column: str | None = None

    @property
    def given(self) -> dict[str, str | int]:
        """What was asked for, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@contextmanager
def source(database: Path, selection: Selection) -> Iterator[DuckDBPyConnection]:
    """Open a published copy to read, with the tables `selected.documents` and `selected.addresses`.

    The connection may write files. Raise ExportError where the copy cannot be read or nothing is chosen, and
    OutdatedError where it is of another version.
    """
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        try:
            connection.execute(f"set temp_directory = {literal(spill)}")
            connection.execute(f"set threads = {THREADS}")
            connection.execute(f"set memory_limit = '{ROOM_BYTES} bytes'")
            connection.execute(f"attach {literal(str(database))} as published (read_only)")
            connection.execute("attach ':memory:' as selected")
            connection.execute("use published")
            connection.execute(DOCUMENTS, asdict(selection))
            connection.execute(ADDRESSES)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise_outdated(connection, database, error)
            raise
        except duckdb.Error as error:
            raise ExportError(f"{database}: cannot be read: {str(error).splitlines()[0]}") from error
        if not count(connection, "selected.documents"):
            raise ExportError(_nothing_chosen(connection, selection))
        yield connection


def stream(
    connection: DuckDBPyConnection, query: str, values: dict[str, Any] | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query, a few in memory at a time; other queries may go on beside it."""
    with connection.cursor() as cursor:
        cursor.execute("use published")
        cursor.execute(query, values)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def count(connection: DuckDBPyConnection, table: str) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])  # noqa: S608 - our own names


def _nothing_chosen(connection: DuckDBPyConnection, selection: Selection) -> str:
    """Return which part of the selection fits no document, or that all of them together fit none."""
    if not selection.given:
        return "nothing to export: the warehouse holds no document; run `gongkai crawl` or `gongkai ingest`"
    for name, value in selection.given.items():
        connection.execute("drop table selected.documents")
        connection.execute(DOCUMENTS, asdict(Selection(**{name: value})))  # type: ignore[arg-type]
        if not count(connection, "selected.documents"):
            return (
                f"nothing to export: no document fits --{name} {value}; it is written as in mart.documents "
                "(a column as in raw.entries): look there with `gongkai sql`"
            )
    asked = " ".join(f"--{name} {value}" for name, value in selection.given.items())
    return f"nothing to export: no document fits {asked} together"
