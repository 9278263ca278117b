"""Run files: what a run saw, as JSON lines. A row follows its flushed record, so no row points nowhere."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NoReturn, Self, get_args

from archive.durable import AppendFile, blamed, own_folder
from archive.errors import ArchiveError, RunFileError
from archive.names import run_name

RowKind = Literal["sites", "entries", "captures", "issues", "runs", "verdicts"]
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class RunWriter:
    """The run files of one run, `<folder>/<run_id>/<kind>.jsonl`; each is made with its first row."""

    def __init__(self, folder: Path, run_id: str) -> None:
        """Make the run's folder below `folder` (`data/runs`); ArchiveError where it cannot be written."""
        self._folder = own_folder(own_folder(folder) / run_name(run_id))
        self.run_id = run_id
        self._files: dict[RowKind, AppendFile] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, kind: RowKind, row: Mapping[str, Any]) -> None:
        """Append `row` to the rows of `kind`: in the file when this returns, on disk after `sync`.

        Times are written in UTC with `Z`, dates in ISO form, lone surrogates as U+FFFD. NaN and infinities
        and times without a zone are a ValueError, other types a TypeError; a file left by another run is an
        ArchiveError.
        """
        if kind not in get_args(RowKind):
            raise ValueError(f"{kind!r}: is no kind of row")
        line = row_text(row).encode() + b"\n"
        if kind not in self._files:
            self._files[kind] = AppendFile(self._folder / f"{kind}.jsonl", new=True)
        self._files[kind].append(line)

    def sync(self) -> None:
        """Flush every row added so far to disk."""
        for file in self._files.values():
            file.sync()

    def close(self) -> None:
        """Flush and close the files. Twice does no harm."""
        try:
            self.sync()
        finally:
            for file in self._files.values():
                file.close()
            self._files = {}


def row_text(row: Mapping[str, Any]) -> str:
    """Return `row` as a line of a run file has it, without the line's end; raise as RunWriter.add does."""
    text = json.dumps(dict(row), ensure_ascii=False, allow_nan=False, default=_plain)
    return LONE_SURROGATE.sub("\ufffd", text)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()}: has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in a run file")


def read_rows(run_folder: Path, kind: RowKind) -> Iterator[dict[str, Any]]:
    """Yield the rows of `kind` in the run at `run_folder`; none where the run wrote no such file.

    A last line without a line break was torn by a crash and is left out. Raises RunFileError, naming file and
    line, for any other line that is no JSON object, and ArchiveError where the folder is missing or the file
    cannot be read.
    """
    path = run_folder / f"{kind}.jsonl"
    if not run_folder.is_dir():
        raise ArchiveError(f"{run_folder}: is missing; restore it from a copy")
    if not path.exists():
        return
    with blamed(path), path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            yield _row(path, number, line)


def _row(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise RunFileError(
            f"{path} line {number}: is damaged ({error}); restore the file from a copy"
        ) from error
    if not isinstance(row, dict):
        raise RunFileError(f"{path} line {number}: is no JSON object; restore the file from a copy")
    return row


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
