"""The folder of an export while it is made: what is whole in it stays when the export is interrupted.

It lies beside its place as `OUT.partial`, with a journal of the files that are whole. The same command goes
on with them where it reads the same published copy; else it begins anew. It takes its place when it is whole.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.durable import advice, flush
from archive.lock import held
from warehouse.checksums import sha256_of
from warehouse.errors import ExportError

JOURNAL = ".journal.jsonl"
LOCK = ".lock"
Tell = Callable[[str], None]


class Unfinished:
    """An export that is being made: `folder`, and the facts of each file in it that is whole, by its name."""

    def __init__(self, folder: Path, whole: dict[str, Mapping[str, Any]]) -> None:
        self.folder = folder
        self._whole = whole

    @property
    def whole(self) -> Mapping[str, Mapping[str, Any]]:
        """The files that are whole: `bytes`, `sha256` and what was noted with them."""
        return self._whole

    def add(self, name: str, **facts: Any) -> Mapping[str, Any]:  # noqa: ANN401 - what JSON takes
        """Note that the file `name` is whole, with `facts` about it that JSON can hold; return all facts."""
        path = self.folder / name
        with path.open("rb+") as file:
            flush(file)
        noted = {"bytes": path.stat().st_size, "sha256": sha256_of(path), **facts}
        _append(self.folder / JOURNAL, {"file": name, **noted})
        self._whole[name] = noted
        return noted

    def drop(self, name: str) -> None:
        """Remove a file that was only a step."""
        self._whole.pop(name, None)
        (self.folder / name).unlink(missing_ok=True)


@contextmanager
def unfinished(out: Path, identity: Mapping[str, Any], tell: Tell) -> Iterator[Unfinished]:
    """Yield the folder that takes the place of `out` when the body ends well.

    `identity` says what is exported; an unfinished folder of the same identity is gone on with, any other
    begun anew, and `tell` is told of both. Where the body fails, what is whole stays. Raise ExportError when
    `out` exists or cannot be written, archive.errors.Busy while another export writes there.
    """
    if out.exists():
        raise ExportError(f"{out}: exists already; name a folder that does not")
    partial = out.with_name(out.name + ".partial")
    with _blamed(out, partial):
        partial.mkdir(parents=True, exist_ok=True)
    with held(partial / LOCK), _blamed(out, partial):
        made = Unfinished(partial, _whole_files(partial, identity, tell))
        try:
            yield made
        except BaseException:
            if not made.whole and not _has_folders(partial):
                shutil.rmtree(partial, ignore_errors=True)
            raise
        for name in (JOURNAL, LOCK):
            (partial / name).unlink()
        partial.replace(out)


@contextmanager
def _blamed(out: Path, partial: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        kept = f"; what is whole is kept in {partial}" if (partial / JOURNAL).exists() else ""
        todo = "name another place" if isinstance(error, FileNotFoundError) else advice(error)
        raise ExportError(f"{out}: cannot be written: {reason}; {todo}{kept}") from error


def _whole_files(partial: Path, identity: Mapping[str, Any], tell: Tell) -> dict[str, Mapping[str, Any]]:
    """Return what is whole in `partial` and remove what is not; all of it where it is of something else."""
    first, *lines = _read(partial / JOURNAL) or [{}]
    if first and first != identity:
        tell(f"{partial}: is of another selection, form or published copy; begun anew")
    if first != identity:
        _clear(partial, keep=frozenset({LOCK}), folders=True)
        _append(partial / JOURNAL, identity)
        return {}
    whole: dict[str, Mapping[str, Any]] = {
        line["file"]: {name: value for name, value in line.items() if name != "file"}
        for line in lines
        if _is_whole(partial / line["file"], line["sha256"])
    }
    _clear(partial, keep=whole.keys() | {LOCK, JOURNAL}, folders=False)
    tell(f"{partial}: goes on where it was interrupted; {len(whole)} files are whole")
    return whole


def _is_whole(path: Path, digest: str) -> bool:
    return path.is_file() and sha256_of(path) == digest


def _has_folders(partial: Path) -> bool:
    return any(path.is_dir() for path in partial.iterdir())


def _clear(partial: Path, *, keep: frozenset[str] | set[str], folders: bool) -> None:
    for path in partial.iterdir():
        if path.is_dir() and folders:
            shutil.rmtree(path)
        elif not path.is_dir() and path.name not in keep:
            path.unlink()


def _append(path: Path, line: Mapping[str, Any]) -> None:
    with path.open("ab") as file:
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        flush(file)


def _read(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a journal, none where it is damaged; a last one that was torn is left out."""
    if not path.exists():
        return []
    try:
        return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    except ValueError:
        return []
