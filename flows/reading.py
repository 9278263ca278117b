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
from typing import Any

from archive.errors import ArchiveError
from archive.reader import read_payload
from extract import records
from warehouse.pending import Pending

ALONE_UP_TO = 40  # documents; starting a process costs about as much as reading these
CHUNK = 20

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A payload that the archive could not give back."""

    reason: str


def write_readings(archive: Path, waiting: Sequence[Pending], folder: Path) -> list[str]:
    """Write the rows of `waiting` into {documents,metrics,tables}.jsonl; return what could not be read."""
    unreadable = []
    with ExitStack() as files:
        streams = {
            kind: files.enter_context((folder / f"{kind}.jsonl").open("w", encoding="utf-8"))
            for kind in ("documents", "metrics", "tables")
        }
        for reading in _readings(archive, waiting):
            if isinstance(reading, Unreadable):
                unreadable.append(reading.reason)
                continue
            for kind, rows in reading.items():
                streams[kind].writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return unreadable


def _readings(archive: Path, waiting: Sequence[Pending]) -> Iterator[Rows | Unreadable]:
    """Yield the rows of each payload in order; never by fork, since a database is open."""
    read = partial(read_pending, archive)
    if len(waiting) <= ALONE_UP_TO:
        yield from map(read, waiting)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context) as pool:
        yield from pool.map(read, waiting, chunksize=CHUNK)


def read_pending(archive: Path, pending: Pending) -> Rows | Unreadable:
    """Return the rows of one payload by table of core; Unreadable where the archive is damaged there."""
    try:
        payload = read_payload(archive, pending.warc, pending.offset)
    except ArchiveError as error:
        return Unreadable(str(error))
    reading = records.read(
        payload.body, url=pending.url, content_type=pending.content_type, body_selector=pending.body_selector
    )
    return {
        "documents": [records.document_row(reading)],
        "metrics": records.metric_rows(reading),
        "tables": records.table_rows(reading),
    }
