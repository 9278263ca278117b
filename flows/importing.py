"""Take the runs of an export in, under their own names and times: the warehouse comes out the same."""

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any, cast, get_args

from archive.durable import blamed
from archive.errors import ArchiveError
from archive.exchange import Stored
from archive.exported import Event, Row, RunBegins, RunEnds, Taken, exported
from archive.run_id import is_run_id
from archive.runs import RowKind, RunWriter
from archive.writer import ArchiveWriter
from warehouse.errors import UnfitRowsError
from warehouse.load import try_run


class UnfitRunError(ArchiveError):
    """A run of an export that cannot be taken in, while the others can."""


class Importer:
    """Takes exports in: records into `archive`, the rows of each run into a folder below `runs`.

    A run's folder is made in `scratch` and gets its place when the run is whole and fits the warehouse.
    Runs of the names `there` are left out: a run is the same wherever it is named. What was done is in
    `runs`, `left_out` and `captures`.
    """

    def __init__(self, archive: ArchiveWriter, runs: Path, scratch: Path, there: Collection[str]) -> None:
        self.runs: list[str] = []
        self.left_out: list[str] = []
        self.captures = 0
        self._archive = archive
        self._folder = runs
        self._scratch = scratch
        self._there = set(there)
        self._run: RunWriter | None = None
        self._stored: dict[str, Stored] = {}

    def take(self, path: Path) -> None:
        """Take an export in; raise ArchiveError naming the file and what of it could not be taken, after all
        that is whole was taken.
        """
        unfit: list[str] = []
        try:
            for event in exported(path):
                try:
                    self._do(path, event)
                except UnfitRunError as error:
                    unfit.append(str(error))
                    self._give_up()
        except ArchiveError as error:
            if not unfit:
                raise
            raise ArchiveError("; ".join([*unfit, str(error)])) from error
        finally:
            self._give_up()
        if unfit:
            raise ArchiveError("; ".join(unfit))

    def _do(self, path: Path, event: Event) -> None:
        if isinstance(event, RunBegins):
            self._begin(path, event.run_id)
        elif self._run is None:
            return
        elif isinstance(event, Taken):
            self._stored[event.record_id] = self._archive.write(event.item)
        elif isinstance(event, Row):
            self._add(path, self._run, event)
        else:
            self._end(path, self._run, event)

    def _begin(self, path: Path, run_id: str) -> None:
        self._stored.clear()
        self._give_up()
        if not is_run_id(run_id):
            raise ArchiveError(f"{path}: {run_id!r} is not the name of a run; the export is damaged")
        if run_id in self._there:
            self.left_out.append(run_id)
        else:
            self._run = RunWriter(self._scratch, run_id)

    def _give_up(self) -> None:
        """Remove what there is of a run that is not whole: another file may hold all of it."""
        if self._run is not None:
            self._run.close()
            shutil.rmtree(self._scratch / self._run.run_id, ignore_errors=True)
            self._run = None

    def _add(self, path: Path, run: RunWriter, event: Row) -> None:
        if event.kind not in get_args(RowKind):
            raise UnfitRunError(f"{path}: {event.kind!r} is no kind of row; a newer gongkai wrote it")
        row = self._placed(event.row) if event.kind == "captures" else event.row
        try:
            run.add(cast("RowKind", event.kind), row)
        except (ValueError, RecursionError) as error:
            raise UnfitRunError(f"{path}: a row of {event.kind} is damaged ({error})") from error

    def _placed(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row of captures that says where its record lies now."""
        stored = self._stored.get(str(row.pop("record", None)))
        self.captures += 1
        if stored is None:
            return {**row, "warc": None, "offset": None, "revisit": False}
        return {**row, "warc": stored.warc, "offset": stored.offset, "revisit": stored.revisit}

    def _end(self, path: Path, run: RunWriter, event: RunEnds) -> None:
        run.close()
        made, target = self._scratch / event.run_id, self._folder / event.run_id
        try:
            try_run(made, self._scratch)
        except UnfitRowsError as error:
            # the folder is gone when this is read
            reason = str(error).removeprefix(f"{made}/").removeprefix(f"{made}: ")
            raise UnfitRunError(f"{path}: run {event.run_id} is damaged: {reason}") from error
        with blamed(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            made.rename(target)
        self._there.add(event.run_id)
        self.runs.append(event.run_id)
        self._run = None
