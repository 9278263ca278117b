"""Put the archive in order after a crash: finish what was left open, set aside what was torn."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archive import manifest
from archive.durable import blamed, flush, own_folder, sync_folder
from archive.errors import ArchiveError
from archive.members import Broken, Member, walk
from archive.names import MANIFEST, OPEN, WARC, WARC_NAME

Action = Literal["cut", "finished", "listed", "mended", "removed", "left"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing done to `file`, or `left` for a person to look at; `offset` in bytes where it applies.

    cut: the torn tail from `offset` on lies in `<warc>.torn-<offset>` now. finished: has its line and final
    name. listed: was finished and had no line. mended: the manifest lost a torn last line. removed: was
    empty.
    """

    file: str
    action: Action
    offset: int | None
    detail: str


def repair(folder: Path) -> tuple[Repair, ...]:
    """Repair the archive at `folder` at the start of a run and return what was done; call it under the lock.

    Records that `ArchiveWriter.write` returned for are never touched: a crash can only tear what lies behind
    them. A file that is damaged before its end is left as it is and named. Repeating it after a crash in
    between ends in the same state. Raises ArchiveError where the folder is a link or cannot be written.
    """
    if not folder.exists():
        return ()
    own_folder(folder)
    done = []
    torn = manifest.mend(folder)
    if torn is not None:
        done.append(Repair(MANIFEST, "mended", torn, "cut off a torn last line"))
    listed = {line.warc for line in manifest.read_lines(folder)[0]}
    finished = _files(folder, WARC)
    for path in _files(folder, WARC + OPEN):
        warc = path.name.removesuffix(OPEN)
        done += _repair_open(path, warc, listed=warc in listed)
    for path in finished:
        if path.name not in listed:
            done += _list_finished(path)
    return tuple(done)


def _files(folder: Path, suffix: str) -> list[Path]:
    return [
        path
        for path in sorted(folder.glob(f"*{suffix}"))
        if WARC_NAME.fullmatch(path.name.removesuffix(OPEN)) and not path.is_symlink()
    ]


def _repair_open(path: Path, warc: str, *, listed: bool) -> list[Repair]:
    done = []
    if not listed:
        with blamed(path):
            end, broken = _whole_part(path)
        if broken is not None and broken.resumes is not None:
            detail = (
                f"{broken.reason}, whole records follow at {broken.resumes}; keep it and restore from a copy"
            )
            return [Repair(path.name, "left", broken.offset, detail)]
        if broken is not None:
            done.append(_cut_tail(path, warc, end, broken.reason))
        if not end:
            with blamed(path):
                path.unlink()
            return [*done, Repair(path.name, "removed", None, "held no whole record")]
    try:
        manifest.seal(path.parent, warc)
    except ArchiveError as error:
        return [*done, Repair(path.name, "left", None, str(error))]
    return [*done, Repair(warc, "finished", None, "was left open")]


def _whole_part(path: Path) -> tuple[int, Broken | None]:
    """Return how far the file is whole from its start, in bytes, and the first damage."""
    end = 0
    for part in walk(path):
        if isinstance(part, Broken):
            return end, part
        end = part.end
    return end, None


def _cut_tail(path: Path, warc: str, end: int, reason: str) -> Repair:
    aside = path.with_name(f"{warc}.torn-{end}")
    with blamed(aside):
        if aside.is_symlink():
            raise ArchiveError(f"{aside}: is a symbolic link; move it away")
        with path.open("r+b") as file, aside.open("wb") as tail:
            file.seek(end)
            shutil.copyfileobj(file, tail)
            flush(tail)
            sync_folder(path.parent)
            file.truncate(end)
            flush(file)
    return Repair(path.name, "cut", end, f"{reason}; the tail is in {aside.name}")


def _list_finished(path: Path) -> list[Repair]:
    with blamed(path):
        broken = next((part for part in walk(path) if not isinstance(part, Member)), None)
    if broken is not None:
        return [Repair(path.name, "left", broken.offset, f"{broken.reason}, and no line in {MANIFEST}")]
    manifest.add_line(path.parent, manifest.measure(path, path.name))
    return [Repair(path.name, "listed", None, f"had no line in {MANIFEST}")]
