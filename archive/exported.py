"""Take an export of gongkai in again: run by run, the records as they were and what the run files said."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from archive.carried import PART_OF, carried_rows
from archive.exchange import Exchange, SavedFile
from archive.foreign import Fault, ForeignRecord, Place, records
from archive.intake import Intake, Warc, is_not_modified, opened, original_key

FIRST_WARC = "gongkai-00000.warc.gz"
WACZ = "gongkai.wacz"


@dataclass(frozen=True, slots=True)
class RunBegins:
    """The records and rows of a run follow."""

    run_id: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A capture as it was archived, with its request, and the id of its record in the export."""

    record_id: str
    item: Exchange | SavedFile


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a run file; one of `captures` names its record under `record` (None: it has none here)."""

    kind: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunEnds:
    """All of the run was given."""

    run_id: str


Event = RunBegins | Taken | Row | RunEnds


def is_export(path: Path) -> bool:
    """Tell whether a WARC, WACZ or folder holds an export of ours: its first record says so."""
    if path.is_dir():
        path = path / FIRST_WARC
    if not path.is_file():
        return False
    if path.suffix == ".wacz":
        return _is_exported_wacz(path)
    try:
        return any(_is_opening(found) for found in islice(records(path), 1))
    except OSError:
        return False


def _is_exported_wacz(path: Path) -> bool:
    """Tell by the name of its WARC: only gongkai names it so, and each record of a run is told by itself."""
    try:
        with zipfile.ZipFile(path) as package:
            return f"archive/{FIRST_WARC}" in package.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _is_opening(found: ForeignRecord | Fault) -> bool:
    return (
        isinstance(found, ForeignRecord)
        and found.type == "warcinfo"
        and f"isPartOf: {PART_OF}".encode() in found.block
    )


def exported(path: Path) -> Iterator[Event]:
    """Yield what an export holds, in its order. An original that only a later revisit needs is passed over.
    A run of which records are damaged has no end: it comes whole from a copy of the file.

    Raises as `archive.intake.captures_of` does, after all that is whole was yielded: also where the files
    here hold only a part of a run, or a revisit whose original is not among them.
    """
    with opened(path) as (warcs, faults):
        yield from _Export(warcs, faults).events()


class _Export(Intake):
    """The events of the WARC files of an export."""

    _run: str | None = None
    _is_damaged = False  # records of the run in hand
    _request: tuple[str, bytes] = ("", b"")

    def events(self) -> Iterator[Event]:
        """Yield the events; faults are added to the list."""
        for warc in self._warcs:
            for found in records(warc.path):
                if isinstance(found, Fault):
                    self._faults.append((warc.name, found))
                    self._is_damaged = True
                elif found.type == "metadata":
                    yield from self._rows(warc, found)
                elif found.type == "request":
                    answer = found.headers.get("warc-concurrent-to", "")
                    self._request = (answer, found.block)
                else:
                    yield from self._record(warc, found)
        if self._run is not None:
            end = Place(self._warcs[-1].path.stat().st_size)
            reason = f"run {self._run} goes on in another file; name the folder of both"
            self._faults.append((self._warcs[-1].name, Fault(end, reason)))

    def _rows(self, warc: Warc, found: ForeignRecord) -> Iterator[Event]:
        try:
            for run_id, kind, row in carried_rows(found.headers, found.block):
                if kind == "begin":
                    self._run, self._is_damaged = run_id, False
                    yield RunBegins(run_id)
                elif run_id != self._run:
                    self._fault(warc, found, f"run {run_id} begins in another file; name the folder of both")
                    return
                elif kind == "end":
                    self._run = None
                    if not self._is_damaged:
                        yield RunEnds(run_id)
                else:
                    yield Row(kind, row)
        except ValueError as error:
            self._fault(warc, found, f"is no row of a run ({error})")
            self._is_damaged = True

    def _record(self, warc: Warc, found: ForeignRecord) -> Iterator[Event]:
        """Yield a record of the run in hand, a revisit with the payload of its original."""
        if found.type in ("response", "resource"):
            self._remember(warc, found)
        if self._run is None or found.type not in ("response", "resource", "revisit"):
            return
        record_id = found.headers.get("warc-record-id", "")
        for item in self._items(warc, found):
            yield Taken(record_id, self._with_request(record_id, item))

    def _items(self, warc: Warc, found: ForeignRecord) -> Iterator[Exchange | SavedFile]:
        if found.type != "revisit" or is_not_modified(found):
            yield from self._capture(warc, found)
        elif (place := self._originals.get(original_key(found))) is not None:
            yield from self._revisit(warc, found, *place)
        else:
            self._fault(warc, found, "is a revisit whose original is not in the export")

    def _with_request(self, record_id: str, item: Exchange | SavedFile) -> Exchange | SavedFile:
        answer, head = self._request
        if isinstance(item, Exchange) and answer == record_id:
            return replace(item, request_head=head)
        return item

    def _fault(self, warc: Warc, found: ForeignRecord, reason: str) -> None:
        self._faults.append((warc.name, Fault(found.place, reason)))
