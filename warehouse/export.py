"""The corpus to take home: a folder of tables or texts, with checksums and a description of every field.

DuckDB streams each table to its file, so a corpus larger than memory can leave. The folder is made beside
its place under another name and takes it when it is whole; the same data gives the same tables.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connection import STORAGE_VERSION
from warehouse.dictionary import load_dictionary
from warehouse.errors import ExportError
from warehouse.formats import SPREADSHEET_SAFE
from warehouse.package import Field, Resource, write_checksums, write_package
from warehouse.query import raise_outdated
from warehouse.quoting import identifier, literal

Kind = Literal["duckdb", "parquet", "csv", "jsonl", "text"]

TABLES = {
    "documents": "select documents.*, read.body from mart.documents as documents "
    "semi join chosen using (document_id) left join core.documents as read using (payload_digest) "
    "order by document_id",
    "metrics": "from mart.metrics semi join chosen using (document_id) "
    "order by document_id, span_start, span_end, indicator",
    "versions": "from mart.versions semi join chosen using (document_id) order by document_id, version",
    "changes": "from mart.changes semi join chosen using (document_id) "
    "order by document_id, version, coalesce(new_span_start, old_span_start), indicator, change",
    "attachments": "from mart.attachments semi join chosen using (document_id) "
    "order by document_id, file_url",
    "tables": "from core.tables semi join chosen using (payload_digest) "
    "order by payload_digest, table_no, row_no, column_no",
}
COPY_OPTIONS = {
    "parquet": "format parquet, compression zstd",
    "csv": "format csv, header, delimiter ','",
    "jsonl": "format json",
}
BOM = "\ufeff".encode()
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"

CHOSEN = """
    create temp table chosen as
    select document_id, payload_digest from mart.documents
    where
        ($office is null or office = $office)
        and ($district is null or district = $district or district_code = $district)
        and ($year is null or year(published) = $year)
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents leave: of an office, of a district (name or code), published in a year; None is any."""

    office: str | None = None
    district: str | None = None
    year: int | None = None


def export(database: Path, kind: Kind, out: Path, selection: Selection = Selection()) -> tuple[Resource, ...]:
    """Write the chosen documents of a published copy to the new folder `out`; return what it holds.

    Beside the files of `kind` it has SHA256SUMS and datapackage.json. `text` is a file a document, named by
    its id, with the table of documents as CSV. Raise ExportError when `out` exists or cannot be written.
    """
    if kind not in get_args(Kind):
        raise ExportError(f"{kind}: no such export; there are {', '.join(get_args(Kind))}")
    with _new_folder(out) as folder, _source(database, selection) as connection:
        try:
            resources = _write(connection, kind, folder)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise_outdated(connection, database, error)
            raise
        except (duckdb.Error, OSError) as error:
            raise ExportError(f"{out}: cannot be written: {str(error).splitlines()[0]}") from error
        write_package(folder, resources)
        write_checksums(folder)
    return resources


def _write(connection: DuckDBPyConnection, kind: Kind, folder: Path) -> tuple[Resource, ...]:
    if kind == "duckdb":
        return _write_database(connection, folder)
    if kind == "text":
        _write_texts(connection, folder / "texts")
        return (_write_table(connection, "documents", "csv", folder, without_body=True),)
    return tuple(_write_table(connection, name, kind, folder) for name in TABLES)


def _write_table(
    connection: DuckDBPyConnection, name: str, form: str, folder: Path, *, without_body: bool = False
) -> Resource:
    path = folder / f"{name}.{form}"
    query = f"from ({TABLES[name]}){' select * exclude (body)' if without_body else ''}"
    fields = _fields(connection, name, query)
    if form != "parquet":
        query = f"select {', '.join(_as_text(field, form) for field in fields)} from ({query})"  # noqa: S608
    connection.execute(f"copy ({query}) to {literal(str(path))} ({COPY_OPTIONS[form]})")
    if form == "csv":
        _prepend(path, BOM)
    return Resource(name, path.name, form, fields)


def _write_database(connection: DuckDBPyConnection, folder: Path) -> tuple[Resource, ...]:
    """Write the tables into one DuckDB file for version 1.2 and later, with a comment on each column."""
    path = folder / "gongkai.duckdb"
    connection.execute(f"attach {literal(str(path))} as corpus (storage_version '{STORAGE_VERSION}')")
    resources = []
    for name, query in TABLES.items():
        fields = _fields(connection, name, query)
        connection.execute(f"create table corpus.main.{name} as {query}")
        for field in fields:
            comment = literal(field.term.comment)
            connection.execute(f"comment on column corpus.main.{name}.{identifier(field.name)} is {comment}")
        resources.append(Resource(name, path.name, "duckdb", fields))
    connection.execute("detach corpus")
    return tuple(resources)


def _write_texts(connection: DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir()
    texts = f"select document_id, body from ({TABLES['documents']}) where body is not null"  # noqa: S608 - ours
    cursor = connection.execute(texts)
    while rows := cursor.fetchmany(100):
        for document_id, body in rows:
            (folder / f"{document_id}.txt").write_text(body, encoding="utf-8", newline="\n")


def _fields(connection: DuckDBPyConnection, name: str, query: str) -> tuple[Field, ...]:
    dictionary = load_dictionary()
    schema = "core" if name == "tables" else "mart"
    described = connection.execute(f"describe {query}").fetchall()
    return tuple(
        Field(column, type_, dictionary.column(schema, name, column)) for column, type_, *_ in described
    )


def _as_text(field: Field, form: str) -> str:
    """Return the SQL of a column as it is written in CSV and JSON: times with Z, cells that do no harm."""
    name = identifier(field.name)
    if field.type == "TIMESTAMP":
        return f"strftime({name}, '{TIME}') as {name}"
    if form == "csv" and (field.type.endswith("[]") or field.type in ("VARCHAR", "JSON")):
        text = name if field.type == "VARCHAR" else f"to_json({name})::varchar"
        return f"{SPREADSHEET_SAFE.format(text=text)} as {name}"
    return name


@contextmanager
def _source(database: Path, selection: Selection) -> Iterator[DuckDBPyConnection]:
    """Open a published copy on a connection that may write files, with the table of chosen documents."""
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        try:
            connection.execute(f"set temp_directory = {literal(spill)}")
            connection.execute(f"attach {literal(str(database))} as published (read_only)")
            connection.execute("use published")
            chosen = {
                "office": selection.office,
                "district": selection.district,
                "year": selection.year,
            }
            connection.execute(CHOSEN, chosen)
        except duckdb.Error as error:
            raise ExportError(f"{database}: cannot be read: {str(error).splitlines()[0]}") from error
        yield connection


@contextmanager
def _new_folder(out: Path) -> Iterator[Path]:
    """Yield a folder that takes the place of `out` when the body ends well, and else is removed."""
    if out.exists():
        raise ExportError(f"{out}: exists already; name a folder that does not")
    partial = out.with_name(out.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
    except OSError as error:
        raise ExportError(f"{out}: cannot be written: {error.strerror}") from error
    try:
        yield partial
        partial.replace(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _prepend(path: Path, head: bytes) -> None:
    """Put bytes before a file's own: DuckDB writes no BOM, and Excel takes a CSV without one for GBK."""
    body = path.with_name(path.name + ".body")
    path.replace(body)
    with path.open("wb") as target, body.open("rb") as source:
        target.write(head)
        shutil.copyfileobj(source, target, 1 << 20)
    body.unlink()
