"""The tables of an export, as Parquet, CSV, JSON lines or in one DuckDB file.

DuckDB streams each table to its file, so a corpus larger than memory can leave; every table is in an order
of its own, so the same data gives the same rows in the same place. Only documents have rows too long to be
sorted at once.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.connection import STORAGE_VERSION
from warehouse.dictionary import Term, load_dictionary
from warehouse.export.folder import Unfinished
from warehouse.export.ordered import order_texts
from warehouse.export.package import Field, Resource
from warehouse.formats import SPREADSHEET_SAFE
from warehouse.quoting import identifier, literal

_CHOSEN = "semi join selected.documents using (document_id)"
_BY_FIGURE = f"{_CHOSEN} order by document_id, span_start, span_end, indicator, measure, value"
DOCUMENTS = f"""
    select documents.*, read.body
    from mart.documents as documents
    {_CHOSEN}
    left join core.documents as read using (payload_digest)
"""  # noqa: S608 - our own text
QUERIES = {
    "documents": "from ordered",
    "metrics": f"from mart.metrics {_BY_FIGURE}",
    "latest_metric": f"from mart.latest_metric {_BY_FIGURE}",
    "indicator_panel": f"from mart.indicator_panel {_CHOSEN} "
    "order by document_id, span_start, growth_document_id, growth_span_start",
    "targets": f"from mart.targets {_CHOSEN} order by document_id, span_start, outcome_document_id",
    "cells": f"from mart.cells {_CHOSEN} order by document_id, table_no, row_no, column_no",
    "versions": f"from mart.versions {_CHOSEN} order by document_id, version",
    "changes": f"from mart.changes {_CHOSEN} "
    "order by document_id, version, coalesce(new_span_start, old_span_start), indicator, change",
    "gone": f"from mart.gone {_CHOSEN} order by document_id",
    "attachments": f"from mart.attachments {_CHOSEN} order by document_id, file_url",
    "captures": f"from mart.captures {_CHOSEN} order by document_id, captured_at, run_id, line",
    "conflicts": f"from mart.conflicts {_CHOSEN} "
    "order by document_id, span_start, other_document_id, other_span_start",
    "duplicates": "from mart.duplicates where document_id in (select document_id from selected.documents) "
    "or other_document_id in (select document_id from selected.documents) "
    "order by document_id, other_document_id",
    "coverage": "from mart.coverage where office in "  # noqa: S608 - ours
    f"(select office from mart.documents {_CHOSEN}) order by office, period_start, period_end",
    "indicators": "from core.indicators order by indicator_id",
}
# the text of a document is a column of its own length, left out where texts or pages lie beside the table
WITHOUT_TEXT = f"select * exclude (body) from ({DOCUMENTS}) order by document_id"  # noqa: S608 - ours
IN_CORE = frozenset({"indicators"})
COPY_OPTIONS = {
    # a group of rows is held in memory until it is whole, and rows may be long
    "parquet": "format parquet, compression zstd, row_group_size 8192",
    "csv": "format csv, header, delimiter ','",
    "jsonl": "format json",
}
BOM = "\ufeff".encode()
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def write_tables(connection: DuckDBPyConnection, form: str, made: Unfinished) -> tuple[Resource, ...]:
    """Write every table as a file of its own, but for those that are whole already."""
    _order_documents(connection, f"documents.{form}", made)
    return tuple(write_table(connection, name, query, form, made) for name, query in QUERIES.items())


def write_table(
    connection: DuckDBPyConnection,
    name: str,
    query: str,
    form: str,
    made: Unfinished,
    more: Mapping[str, Term] | None = None,
) -> Resource:
    """Write the answer to `query`, with columns of the mart `name` and of `more`, as a file of the form."""
    file = f"{name}.{form}"
    fields = _fields(connection, name, query, more or {})
    if file not in made.whole:
        path = made.folder / file
        if form != "parquet":
            query = f"select {', '.join(_as_text(field, form) for field in fields)} from ({query})"  # noqa: S608
        copied = connection.execute(f"copy ({query}) to {literal(str(path))} ({COPY_OPTIONS[form]})")
        rows = copied.fetchall()[0][0]
        if form == "csv":
            _prepend(path, BOM)
        made.add(file, rows=rows)
    return Resource(name, file, form, fields, int(made.whole[file]["rows"]))


def write_database(connection: DuckDBPyConnection, made: Unfinished) -> tuple[Resource, ...]:
    """Write the tables into one DuckDB file for version 1.2 and later, with a comment on each column."""
    file = "gongkai.duckdb"
    _order_documents(connection, file, made)
    described = {name: _fields(connection, name, query, {}) for name, query in QUERIES.items()}
    if file not in made.whole:
        path = made.folder / file
        connection.execute(f"attach {literal(str(path))} as corpus (storage_version '{STORAGE_VERSION}')")
        rows = {name: _create(connection, name, fields) for name, fields in described.items()}
        connection.execute("detach corpus")
        made.add(file, rows=rows)
    counts = made.whole[file]["rows"]
    return tuple(Resource(name, file, "duckdb", fields, counts[name]) for name, fields in described.items())


def _order_documents(connection: DuckDBPyConnection, file: str, made: Unfinished) -> None:
    """Make the view `ordered`; where the file that it is for is whole, only its columns are asked for."""
    if file in made.whole:
        connection.execute(f"create or replace temp view ordered as {DOCUMENTS}")
    else:
        order_texts(connection, DOCUMENTS)


def _create(connection: DuckDBPyConnection, name: str, fields: tuple[Field, ...]) -> int:
    """Create a table of the file `corpus` and return how many rows it has."""
    made = connection.execute(f"create table corpus.main.{name} as {QUERIES[name]}").fetchall()
    of_table = literal(load_dictionary().table(schema_of(name), name).comment)
    connection.execute(f"comment on table corpus.main.{name} is {of_table}")
    for field in fields:
        comment = literal(field.term.comment)
        connection.execute(f"comment on column corpus.main.{name}.{identifier(field.name)} is {comment}")
    return int(made[0][0])


def _fields(
    connection: DuckDBPyConnection, name: str, query: str, more: Mapping[str, Term]
) -> tuple[Field, ...]:
    dictionary = load_dictionary()
    described = connection.execute(f"describe {query}").fetchall()
    return tuple(
        Field(column, type_, more.get(column) or dictionary.column(schema_of(name), name, column))
        for column, type_, *_ in described
    )


def schema_of(name: str) -> str:
    """Return the schema under which the dictionary tells a table of an export."""
    return "core" if name in IN_CORE else "mart"


def _as_text(field: Field, form: str) -> str:
    """Return the SQL of a column as it is written in CSV and JSON: times with Z, cells that do no harm."""
    name = identifier(field.name)
    if field.type == "TIMESTAMP":
        return f"strftime({name}, '{TIME}') as {name}"
    if form == "csv" and (field.type.endswith("[]") or field.type in ("VARCHAR", "JSON")):
        text = name if field.type == "VARCHAR" else f"to_json({name})::varchar"
        return f"{SPREADSHEET_SAFE.format(text=text)} as {name}"
    return name


def _prepend(path: Path, head: bytes) -> None:
    """Put bytes before a file's own: DuckDB writes no BOM, and Excel takes a CSV without one for GBK."""
    body = path.with_name(path.name + ".body")
    path.replace(body)
    with path.open("wb") as target, body.open("rb") as source:
        target.write(head)
        shutil.copyfileobj(source, target, 1 << 20)
    body.unlink()
