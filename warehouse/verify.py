"""Verification of the warehouse: do its rows agree with the run files, and every figure with its text?

The bytes of the archive are checked by `archive.fixity`; the caller joins the two, and holds what `archived`
names against the records that are there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from archive.runs import read_rows
from extract.errors import GongkaiError
from warehouse.load import LINES

UNSHOWN = """
    select payload_digest, span_start, span_end, written
    from core.metrics left join core.documents using (payload_digest)
    where substr(body, span_start + 1, span_end - span_start) is distinct from written
    order by all
"""

UNCAPTURED = """
    select payload_digest from core.documents
    where payload_digest not in (select payload_digest from raw.captures where payload_digest is not null)
    order by all
"""

ARCHIVED = """
    select distinct warc, "offset" from raw.captures
    where warc is not null and "offset" is not null
    order by all
"""
PLACES_AT_ONCE = 10_000


COUNTED = """
    select
        coalesce(list_sum(map_values(counts::map(varchar, bigint))), 0),
        (select count(*) from raw.captures where run_id = $run and purpose = 'document'),
        coalesce(entries, 0),
        (select count(distinct url) from raw.entries where run_id = $run)
    from raw.runs
    where run_id = $run
"""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that does not agree: what kind (`run`, `figure`, `document`), where, and how."""

    kind: str
    subject: str
    message: str


def verify(connection: DuckDBPyConnection, data: Path) -> Iterator[Discrepancy]:
    """Yield whatever does not agree in the warehouse of `data`; nothing when all is well. Reads only.

    `connection` is that of `warehouse.database.examiner`, which has held the row counts against counts.json.
    Here they are held against the lines of the run files; every figure is sliced out of its text again;
    every document must have been captured.
    """
    yield from _runs(connection, data / "runs")
    for digest, start, end, written in connection.execute(UNSHOWN).fetchall():
        yield Discrepancy("figure", digest, f"characters {start} to {end} are not {written}")
    for (digest,) in connection.execute(UNCAPTURED).fetchall():
        yield Discrepancy("document", digest, "no capture has this payload")


def archived(connection: DuckDBPyConnection) -> Iterator[tuple[str, int]]:
    """Yield where each capture was archived: WARC name and offset in bytes, in order, each place once.

    The caller holds them against the manifest of the archive and the places where records begin.
    """
    cursor = connection.execute(ARCHIVED)
    while places := cursor.fetchmany(PLACES_AT_ONCE):
        yield from places


def _runs(connection: DuckDBPyConnection, folder: Path) -> Iterator[Discrepancy]:
    loaded = dict(connection.execute("select run_id, finished_at is not null from raw.runs").fetchall())
    folders = {path.name: path for path in sorted(folder.glob("*")) if path.is_dir()}
    for run_id in sorted(loaded.keys() | folders.keys()):
        if run_id not in folders:
            yield Discrepancy("run", run_id, "is loaded, but its run files are missing")
        elif run_id not in loaded:
            yield Discrepancy("run", run_id, "has run files and is not loaded")
        else:
            yield from _lines(connection, folders[run_id], reported=loaded[run_id])


def _lines(connection: DuckDBPyConnection, run_folder: Path, *, reported: bool) -> Iterator[Discrepancy]:
    """Yield where a run's rows are not as many as the lines of its files, or else as its report counts."""
    sound = True
    try:
        for kind in LINES:
            query = f"select count(*) from raw.{kind} where run_id = ?"  # noqa: S608 - our own names
            rows = connection.execute(query, [run_folder.name]).fetchall()[0][0]
            lines = sum(1 for _ in read_rows(run_folder, kind))
            if rows != lines:
                sound = False
                yield Discrepancy("run", run_folder.name, f"{kind}: {rows} rows of {lines} lines")
        if reported != any(True for _ in read_rows(run_folder, "runs")):
            yield Discrepancy("run", run_folder.name, "its report is in one place and not in the other")
        elif reported and sound:
            yield from _report(connection, run_folder.name)
    except GongkaiError as error:
        yield Discrepancy("run", run_folder.name, str(error))


def _report(connection: DuckDBPyConnection, run_id: str) -> Iterator[Discrepancy]:
    """Yield where the report of a run counts other documents or entries than its files hold."""
    documents, captured, entries, listed = connection.execute(COUNTED, {"run": run_id}).fetchall()[0]
    for kind, reported, found in (("captures", documents, captured), ("entries", entries, listed)):
        if reported != found:
            message = f"its report counts {reported} in {kind}, {found} are there; restore {kind}.jsonl"
            yield Discrepancy("run", run_id, message)
