"""An export from its selection to the folder that stands whole in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

import duckdb
from duckdb import DuckDBPyConnection

from archive.records import software
from archive.writer import ROLL_BYTES
from warehouse.checksums import write_checksums
from warehouse.errors import ExportError
from warehouse.export.folder import Tell, Unfinished, unfinished
from warehouse.export.package import Origin, Resource, write_package
from warehouse.export.selection import Selection, count, source
from warehouse.export.tables import QUERIES, WITHOUT_TEXT, write_database, write_table, write_tables
from warehouse.export.texts import write_texts
from warehouse.export.warcs import Pages, index_name, pack, write_warcs
from warehouse.export.words import MISSING, Told, write_words
from warehouse.publish import published_at

Kind = Literal["duckdb", "parquet", "csv", "jsonl", "text", "warc", "wacz"]

AS_OF = "select max(captured_at) from mart.captures semi join selected.documents using (document_id)"
FIGURES = "select count(*) from mart.metrics semi join selected.documents using (document_id)"
SITES = """
    with chosen as (
        select distinct site from mart.documents semi join selected.documents using (document_id)
    )

    select coalesce(last(sites.name order by run_id), site) as name, last(sites.base_url order by run_id)
    from chosen
    left join raw.sites as sites on sites.key = site
    group by site
    order by site
"""
EVERYTHING = Selection()
NEVER = datetime(1970, 1, 1)  # noqa: DTZ001 - as DuckDB gives times: documents that were only seen in a listing


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds, and a line for each capture that could not be taken whole."""

    resources: tuple[Resource, ...]
    missing: tuple[str, ...] = ()


def export(
    database: Path,
    kind: Kind,
    out: Path,
    selection: Selection = EVERYTHING,
    *,
    archive: Path | None = None,
    tell: Tell = lambda _: None,
    roll_bytes: int = ROLL_BYTES,
) -> Exported:
    """Write the chosen documents of a published copy to the new folder `out`; return what it holds.

    Beside the files of `kind` it has README.md, CITATION.cff, datapackage.json and SHA256SUMS. `warc` and
    `wacz` take the captures out of `archive`, the folder of WARC files, into files of about `roll_bytes`.
    What is whole when an export is interrupted stays in `OUT.partial`, and the same call goes on with it;
    `tell` is told. Raise ExportError when `out` exists, cannot be written or nothing is chosen.
    """
    if kind not in get_args(Kind):
        raise ExportError(f"{kind}: no such export; there are {', '.join(get_args(Kind))}")
    if kind in ("warc", "wacz") and archive is None:
        raise ExportError(f"{kind}: needs the archive that the pages are in")
    moment = published_at(database)
    identity = {"copy": database.name, "kind": kind, "selection": selection.given, "by": software()}
    with source(database, selection) as connection, unfinished(out, identity, tell) as made:
        told = _told(connection, selection)
        pages = Pages(archive, told.as_of, roll_bytes) if archive else None
        try:
            exported = _write(connection, kind, made, pages)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            kept = f"what is whole is kept in {made.folder}: make room and run again"
            raise ExportError(f"{out}: cannot be written: {reason}; {kept}") from error
        origin = Origin(moment, selection.given, tuple(connection.execute(SITES).fetchall()))
        _describe(connection, exported, made, told, origin)
    return exported


def _write(connection: DuckDBPyConnection, kind: Kind, made: Unfinished, source: Pages | None) -> Exported:
    if kind == "duckdb":
        return Exported(write_database(connection, made))
    if kind == "text":
        return Exported(write_texts(connection, made))
    if source is not None and kind in ("warc", "wacz"):
        return _write_pages(connection, kind, made, source)
    return Exported(write_tables(connection, kind, made))


def _write_pages(connection: DuckDBPyConnection, kind: Kind, made: Unfinished, source: Pages) -> Exported:
    """Write the archived pages, and beside them the tables of the documents and of the captures."""
    if kind == "wacz":
        written = pack(connection, source, made)
    else:
        written = write_warcs(connection, source, made)
        for name in written.files:
            made.drop(index_name(name))
    tables = (
        write_table(connection, "documents", WITHOUT_TEXT, "csv", made),
        write_table(connection, "captures", QUERIES["captures"], "csv", made),
    )
    files = tuple(Resource(name.split(".")[0], name, kind) for name in written.files)
    return Exported((*files, *tables), written.missing)


def _describe(
    connection: DuckDBPyConnection, exported: Exported, made: Unfinished, told: Told, origin: Origin
) -> None:
    """Write what an export says of itself."""
    if exported.missing:
        lines = "".join(f"{line}\n" for line in exported.missing)
        (made.folder / MISSING).write_text(lines, encoding="utf-8")
    sums: Mapping[str, str] = {name: facts["sha256"] for name, facts in made.whole.items()}
    write_words(made.folder, connection, exported.resources, told)
    write_package(made.folder, exported.resources, origin, sums)
    write_checksums(made.folder, sums)


def _told(connection: DuckDBPyConnection, selection: Selection) -> Told:
    """Return how much is chosen, and when its newest capture was made: the time that the data are as of."""
    documents = count(connection, "selected.documents")
    (figures,) = connection.execute(FIGURES).fetchall()[0]
    newest: datetime = connection.execute(AS_OF).fetchall()[0][0] or NEVER
    return Told(documents, figures, newest.replace(tzinfo=UTC), selection.given)
