"""Reading payloads out of the archive into rows, over several processes where there is much to read."""

import json
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive.errors import ArchiveError
from archive.reader import read_payload
from extract import records
from warehouse.pending import Pending

ALONE_UP_TO = 40  # documents; starting a process costs about as much as reading these
CHUNK = 20

Lines = Mapping[str, list[bytes]]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A payload that could not be given back by the archive, or not be read."""

    reason: str


def write_readings(archive: Path, waiting: Sequence[Pending], folder: Path) -> list[str]:
    """Write the rows of `waiting` into {documents,metrics,tables}.jsonl; return what could not be read."""
    unreadable = []
    with ExitStack() as files:
        streams = {
            kind: files.enter_context((folder / f"{kind}.jsonl").open("wb"))
            for kind in ("documents", "metrics", "tables")
        }
        for reading in _readings(archive, waiting):
            if isinstance(reading, Unreadable):
                unreadable.append(reading.reason)
                continue
            for kind, lines in reading.items():
                streams[kind].writelines(lines)
    return unreadable


def _readings(archive: Path, waiting: Sequence[Pending]) -> Iterator[Lines | Unreadable]:
    """Yield the lines of each payload in order; never by fork, since a database is open."""
    read = partial(read_pending, archive)
    if len(waiting) <= ALONE_UP_TO:
        yield from map(read, waiting)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context) as pool:
        yield from pool.map(read, waiting, chunksize=CHUNK)


def read_pending(archive: Path, pending: Pending) -> Lines | Unreadable:
    """Return the JSON lines of one payload by table of core.

    Unreadable where the archive is damaged there, and for a payload that the extractor stumbles over: it
    stays pending, and would stop every later load.
    """
    place = f"{pending.warc} at {pending.offset}"
    try:
        payload = read_payload(archive, pending.warc, pending.offset)
        return _lines(payload.body, pending)
    except ArchiveError as error:
        return Unreadable(str(error))
    except Exception as error:
        return Unreadable(f"{place}: {pending.url}: a bug, please report it: {type(error).__name__}: {error}")


def _lines(payload: bytes, pending: Pending) -> Lines:
    reading = records.read(
        payload, url=pending.url, content_type=pending.content_type, body_selector=pending.body_selector
    )
    tables = {
        "documents": [records.document_row(reading)],
        "metrics": records.metric_rows(reading),
        "tables": records.table_rows(reading),
    }
    return {
        kind: [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
        for kind, rows in tables.items()
    }
