"""The archived pages of an export as records in order: run by run, with what the run files say of them.

What is to be written comes as items that do nothing before they are asked for, so that an export that was
interrupted passes over those that it has.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from archive.carried import carried_record
from archive.copying import answer_copies, end_of
from archive.errors import ArchiveError
from archive.reader import read_record
from archive.records import Record
from warehouse.export.captures import Place, places
from warehouse.export.runs import run_ids, run_rows
from warehouse.export.selection import ROWS_AT_ONCE


@dataclass(frozen=True, slots=True)
class Piece:
    """A gzip member to be written; `record` is None for rows, which only gongkai reads."""

    member: bytes
    record: Record | None = None


# gives its pieces, told the record id of the file's opening
Item = Callable[[str], Iterator[Piece]]
Row = tuple[str, Any]


class Stretches:
    """The records that `captures` and `runs` chose; `missing` has a line for each that could not be taken."""

    def __init__(self, connection: DuckDBPyConnection, archive: Path, made_at: datetime) -> None:
        """Take records out of `archive`; `made_at` (aware) is stated where one of our own needs a time."""
        self.missing: list[str] = []
        self._connection = connection
        self._archive = archive
        self._made_at = made_at
        self._record_ids: dict[tuple[str, int], str] = {}
        self._last = ("", 0, 0)  # the answer copied last: WARC, offset, end

    def items(self) -> Iterator[Item]:
        """Yield what is to be written, in order: always the same for the same warehouse and selection."""
        rows = {kind: _ByRun(_keyed(run_rows(self._connection, kind))) for kind in ("sites", "entries")}
        answers = _ByRun((place.run_id, place) for place in places(self._connection))
        captures = _ByRun(_keyed(run_rows(self._connection, "captures")))
        reports = _ByRun(_keyed(run_rows(self._connection, "runs")))
        for run_id, carried in run_ids(self._connection):
            self._record_ids.clear()
            numbers = count()
            if carried:
                yield partial(self._carried, run_id, [("begin", run_id)], next(numbers))
                for kind, of_kind in rows.items():
                    for chunk in _chunks(kind, of_kind.of(run_id)):
                        yield partial(self._carried, run_id, chunk, next(numbers))
            for place in answers.of(run_id):
                yield partial(self._copied, place)
            if carried:
                for chunk in _chunks("captures", captures.of(run_id)):
                    yield partial(self._carried, run_id, chunk, next(numbers))
                end = [*(("runs", row) for row in reports.of(run_id)), ("end", run_id)]
                yield partial(self._carried, run_id, end, next(numbers))

    def _carried(self, run_id: str, rows: Sequence[Row], number: int, warcinfo_id: str) -> Iterator[Piece]:
        found = ((kind, self._with_record(row) if kind == "captures" else row) for kind, row in rows)
        yield Piece(
            carried_record(run_id, found, number=number, warcinfo_id=warcinfo_id, made_at=self._made_at)
        )

    def _with_record(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row of captures that names its record by its id: in the export it lies elsewhere."""
        place = (row["warc"], row["offset"])
        others = {name: value for name, value in row.items() if name not in ("warc", "offset")}
        return {**others, "record": self._record_id(*place) if place[0] is not None else None}

    def _record_id(self, warc: str, offset: int) -> str | None:
        """Return the id of a record that was copied, now or before an interruption; None where it was not."""
        if (warc, offset) not in self._record_ids:
            try:
                found = read_record(self._archive, warc, offset).headers["WARC-Record-ID"]
            except ArchiveError:
                return None
            self._record_ids[warc, offset] = found
        return self._record_ids[warc, offset]

    def _copied(self, place: Place, _: str) -> Iterator[Piece]:
        try:
            begin = self._begin(place)
            copies = answer_copies(self._archive, place.warc, place.offset, begin=begin)
        except ArchiveError as error:
            self.missing.append(f"{place.url}: {error}")
            return
        if copies.damaged:
            self.missing.append(f"{place.url}: {place.warc} at {place.offset}: {copies.damaged}")
        answer = copies.records[-1]
        self._record_ids[place.warc, place.offset] = answer.record.headers["WARC-Record-ID"]
        self._last = (place.warc, place.offset, answer.end)
        for copy in copies.records:
            yield Piece(copy.member, copy.record)

    def _begin(self, place: Place) -> int:
        """Return where the records of an answer begin: its request, and redirects before it."""
        if place.alone or place.previous is None:
            return place.offset if place.alone else 0
        if self._last[:2] == (place.warc, place.previous):
            return self._last[2]
        return end_of(self._archive, place.warc, place.previous)


class _ByRun:
    """Rows that are ordered by run, handed out run by run."""

    def __init__(self, rows: Iterator[tuple[str, Any]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, run_id: str) -> Iterator[Any]:
        """Yield the rows of a run, after those of all runs before it were taken."""
        while self._next is not None and self._next[0] == run_id:
            yield self._next[1]
            self._next = next(self._rows, None)


def _keyed(rows: Iterator[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((row["run_id"], row) for row in rows)


def _chunks(kind: str, rows: Iterator[dict[str, Any]]) -> Iterator[list[Row]]:
    while chunk := [(kind, row) for row in islice(rows, ROWS_AT_ONCE)]:
        yield chunk
