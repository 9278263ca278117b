"""The texts of an export: a file a document, in folders by district and year, so that none is too full."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.export.files import files
from warehouse.export.folder import Unfinished
from warehouse.export.package import Resource
from warehouse.export.selection import stream
from warehouse.export.tables import DOCUMENTS, write_table

FOLDER = "texts"
_PLACE = (
    f"'{FOLDER}/' || coalesce(district_code, 'elsewhere') || '/' "
    "|| coalesce(year(published)::varchar, 'undated') || '/' || document_id || '.txt'"
)
_TABLE = f"""
    select * exclude (body), if(body is not null, {_PLACE}, null) as text_file
    from ({DOCUMENTS})
    order by document_id
"""  # noqa: S608 - our own text
# without a condition on the text, for which DuckDB would hold all texts in memory
_TEXTS = f"select {_PLACE}, body from ({DOCUMENTS})"  # noqa: S608 - our own text


def write_texts(connection: DuckDBPyConnection, made: Unfinished) -> tuple[Resource, ...]:
    """Write the text of each document as `texts/<district code>/<year>/<document_id>.txt`, and the table
    that names them. A file that is there with its text, out of an export that was interrupted, stays.
    """
    for name, body in stream(connection, _TEXTS):
        if body is not None:
            _write(made.folder / name, body.encode())
    named = {"text_file": files()["text_file"]}
    return (write_table(connection, "documents", _TABLE, "csv", made, named),)


def _write(path: Path, text: bytes) -> None:
    if path.is_file() and path.read_bytes() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
