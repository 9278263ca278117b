"""Verification of the warehouse: do its rows agree with the run files, and every figure with its text?

The bytes of the archive are checked by `archive.fixity`; the caller joins the two, and holds what `archived`
names against the records that are there.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
from duckdb import DuckDBPyConnection

from archive.runs import read_rows
from extract.errors import GongkaiError
from warehouse.counts import row_digests
from warehouse.database import warehouse_path
from warehouse.errors import DamagedError, NotPublishedError
from warehouse.index_files import damage
from warehouse.load import LINES
from warehouse.publish import current
from warehouse.text_index import index_path

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


REPAIR = "run `gongkai verify --repair`"
Mend = Literal["load", "rebuild", "restore", "none"]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that does not agree: what kind (`run`, `figure`, `document`, `copy`), where, and how.

    `mend` is what helps: to load and publish, to rebuild, or a person. `restore` is for rows that are in the
    warehouse alone: a rebuild would lose them.
    """

    kind: str
    subject: str
    message: str
    mend: Mend


def verify(connection: DuckDBPyConnection, data: Path) -> Iterator[Discrepancy]:
    """Yield whatever does not agree in the warehouse of `data`; nothing when all is well. Reads only.

    `connection` is that of `warehouse.database.examiner`, which has held the row counts against counts.json.
    Here they are held against the lines of the run files; every figure is sliced out of its text again;
    every document must have been captured. Raise DamagedError where the file cannot be read.
    """
    try:
        yield from _discrepancies(connection, data)
    except duckdb.IOException as error:
        path = warehouse_path(data)
        raise DamagedError(f"{path}: {str(error).splitlines()[0]}; run `gongkai rebuild`") from error


def _discrepancies(connection: DuckDBPyConnection, data: Path) -> Iterator[Discrepancy]:
    row_digests(connection)  # reads every block
    yield from _runs(connection, data / "runs")
    for digest, start, end, written in connection.execute(UNSHOWN).fetchall():
        yield Discrepancy(
            "figure", digest, f"characters {start} to {end} are not {written}; {REPAIR}", "rebuild"
        )
    for (digest,) in connection.execute(UNCAPTURED).fetchall():
        yield Discrepancy("document", digest, f"no capture has this payload; {REPAIR}", "rebuild")


def verify_copy(connection: DuckDBPyConnection, data: Path) -> Iterator[Discrepancy]:
    """Yield why the published copy that is current cannot be read or has other rows than the warehouse, and
    what is wrong with its full-text index.
    """
    try:
        copy = current(data)
    except NotPublishedError as error:
        yield Discrepancy("copy", str(data / "published"), str(error), "load")
        return
    try:
        with duckdb.connect(str(copy), read_only=True) as published:
            agrees = row_digests(published) == row_digests(connection)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        yield Discrepancy("copy", str(copy), f"cannot be read: {reason}; {REPAIR}", "load")
    else:
        if not agrees:
            yield Discrepancy("copy", str(copy), f"does not have the rows of the warehouse; {REPAIR}", "load")
        if harm := damage(index_path(copy)):
            yield Discrepancy("copy", str(index_path(copy)), f"{harm}; {REPAIR}", "load")


def only_in_warehouse(data: Path) -> tuple[str, ...]:
    """Return the runs of which the warehouse has rows that no run file has: a rebuild would lose them.

    None where the warehouse cannot be read.
    """
    try:
        with duckdb.connect(str(warehouse_path(data)), read_only=True) as connection:
            found = [each for each in _runs(connection, data / "runs") if each.mend == "restore"]
    except duckdb.Error:
        return ()
    return tuple(each.subject for each in found)


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
            message = "is loaded, but its run files are missing; restore its folder from a copy"
            yield Discrepancy("run", run_id, message, "restore")
        elif run_id not in loaded:
            yield _unloaded(folders[run_id])
        else:
            yield from _lines(connection, folders[run_id], reported=loaded[run_id])


def _unloaded(run_folder: Path) -> Discrepancy:
    """Tell of a run that is not loaded: it is still to be, or cannot be until its files are restored."""
    try:
        for kind in (*LINES, "runs"):
            deque(read_rows(run_folder, kind), maxlen=0)
    except GongkaiError as error:
        return Discrepancy("run", run_folder.name, f"is not loaded: {error}", "none")
    return Discrepancy("run", run_folder.name, f"has run files and is not loaded; {REPAIR}", "load")


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
                yield _counted(run_folder.name, kind, rows, lines, reported=reported)
        if reported != any(True for _ in read_rows(run_folder, "runs")):
            message = "its report is in one place and not in the other"
            advice = "; restore runs.jsonl from a copy" if reported else f"; {REPAIR}"
            mend: Mend = "restore" if reported else "load"
            yield Discrepancy("run", run_folder.name, message + advice, mend)
        elif reported and sound:
            yield from _report(connection, run_folder.name)
    except GongkaiError as error:
        yield Discrepancy("run", run_folder.name, str(error), "none")


def _counted(run_id: str, kind: str, rows: int, lines: int, *, reported: bool) -> Discrepancy:
    """Tell of rows that are not as many as their lines: lost here, not loaded yet, or lost from the file."""
    message = f"{kind}: {rows} rows of {lines} lines"
    if rows > lines:
        return Discrepancy("run", run_id, f"{message}; restore {kind}.jsonl from a copy", "restore")
    return Discrepancy("run", run_id, f"{message}; {REPAIR}", "rebuild" if reported else "load")


def _report(connection: DuckDBPyConnection, run_id: str) -> Iterator[Discrepancy]:
    """Yield where the report of a run counts other documents or entries than its files hold."""
    documents, captured, entries, listed = connection.execute(COUNTED, {"run": run_id}).fetchall()[0]
    for kind, reported, found in (("captures", documents, captured), ("entries", entries, listed)):
        if reported != found:
            message = f"its report counts {reported} in {kind}, {found} are there; restore {kind}.jsonl"
            yield Discrepancy("run", run_id, message, "none")
