"""Reading payloads out of the archive into rows, over several processes where there is much to read."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

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


class Reading:
    """Reads payloads of an archive, batch by batch, with the same processes; a context manager."""

    def __init__(self, archive: Path, count: int) -> None:
        """Be ready to read `count` payloads in all: that tells how many processes are worth their start.

        A few pages are read here: what a parser cannot do in time is refused before it is parsed. Files are
        not, for nobody can tell what a file will cost, and neither is a long list of pages.
        """
        self._archive = archive
        self._alone = count <= ALONE_UP_TO
        processes = 1 if self._alone else os.cpu_count() or 1
        self._readers = Readers(partial(read_pending, archive), processes)

    def __enter__(self) -> Self:
        self._readers.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._readers.__exit__(kind, error, trace)

    def write(self, waiting: Sequence[Pending], folder: Path) -> list[str]:
        """Write the rows of `waiting` to {documents,metrics,tables}.jsonl; return what could not be read."""
        unreadable = []
        with ExitStack() as files:
            streams = {
                kind: files.enter_context((folder / f"{kind}.jsonl").open("wb"))
                for kind in ("documents", "metrics", "tables")
            }
            for read in self._each(waiting):
                if isinstance(read, Unreadable):
                    unreadable.append(read.reason)
                    continue
                for kind, lines in read.items():
                    streams[kind].writelines(lines)
        return unreadable

    def _each(self, waiting: Sequence[Pending]) -> Iterator[Lines | Unreadable]:
        """Yield the lines of each payload in order."""
        if not self._alone:
            for pending, result in zip(waiting, self._readers.results(waiting), strict=True):
                yield _or_given_up(pending, result)
            return
        for pending in waiting:
            payload = _payload(self._archive, pending)
            if isinstance(payload, Unreadable):
                yield payload
            elif file_type(payload.body, pending.content_type) is None:
                yield _read(payload, pending)
            else:
                yield _or_given_up(pending, next(self._readers.results([pending])))


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
