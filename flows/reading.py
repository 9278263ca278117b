"""Reading payloads out of the archive into rows, over several processes where there is much to read."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive.errors import ArchiveError
from archive.reader import Payload, read_payload
from extract import records
from extract.kind import file_type
from flows.readers import Readers, Stopped
from warehouse.pending import Pending

ALONE_UP_TO = 40  # pages; starting a process costs about as much as reading these

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
    """Yield the lines of each payload in order.

    A few pages are read here: what a parser cannot do in time is refused before it is parsed. Files are
    not, for nobody can tell what a file will cost, and neither is a long list of pages.
    """
    alone = len(waiting) <= ALONE_UP_TO
    with Readers(partial(read_pending, archive), 1 if alone else os.cpu_count() or 1) as readers:
        if not alone:
            for pending, result in zip(waiting, readers.results(waiting), strict=True):
                yield _or_given_up(pending, result)
            return
        for pending in waiting:
            payload = _payload(archive, pending)
            if isinstance(payload, Unreadable):
                yield payload
            elif file_type(payload.body, pending.content_type) is None:
                yield _read(payload, pending)
            else:
                yield _or_given_up(pending, next(readers.results([pending])))


def _or_given_up(pending: Pending, result: Lines | Unreadable | Stopped) -> Lines | Unreadable:
    """Return a result; of a payload that was given up, the row of a document without text that says so.

    It is not read again by these versions: a nightly load must not wait for it every night.
    """
    if not isinstance(result, Stopped):
        return result
    return _rows(records.unread(pending.payload_digest, f"reading: given up, {result.reason}"))


def read_pending(archive: Path, pending: Pending) -> Lines | Unreadable:
    """Return the JSON lines of one payload by table of core; Unreadable where the archive is damaged."""
    payload = _payload(archive, pending)
    return payload if isinstance(payload, Unreadable) else _read(payload, pending)


def _payload(archive: Path, pending: Pending) -> Payload | Unreadable:
    try:
        return read_payload(archive, pending.warc, pending.offset)
    except ArchiveError as error:
        return Unreadable(str(error))


def _read(payload: Payload, pending: Pending) -> Lines | Unreadable:
    """Read a payload. One that the extractor stumbles over stays pending, and would stop every later load."""
    try:
        return _lines(payload.body, pending)
    except MemoryError:
        raise  # its reader dies of it, and the payload is given up
    except Exception as error:
        place = f"{pending.warc} at {pending.offset}"
        return Unreadable(f"{place}: {pending.url}: a bug, please report it: {type(error).__name__}: {error}")


def _lines(payload: bytes, pending: Pending) -> Lines:
    reading = records.read(
        payload, url=pending.url, content_type=pending.content_type, body_selector=pending.body_selector
    )
    return _rows(reading)


def _rows(reading: records.Reading) -> Lines:
    tables = {
        "documents": [records.document_row(reading)],
        "metrics": records.metric_rows(reading),
        "tables": records.table_rows(reading),
    }
    return {
        kind: [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
        for kind, rows in tables.items()
    }
