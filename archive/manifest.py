"""The manifest: a line per finished WARC with its SHA-256, written before the file gets its final name."""

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.durable import AppendFile, blamed, flush, sync_folder
from archive.errors import ArchiveError
from archive.names import MANIFEST, OPEN


@dataclass(frozen=True, slots=True)
class Line:
    """A finished WARC: its name, the hex SHA-256 of the file and its length in bytes."""

    warc: str
    sha256: str
    length: int


def measure(path: Path, warc: str) -> Line:
    """Return the line that the file at `path` should have under the name `warc`; reads the whole file."""
    with blamed(path), path.open("rb") as file:
        return Line(warc, hashlib.file_digest(file, "sha256").hexdigest(), file.tell())


def read_lines(folder: Path) -> tuple[list[Line], list[int]]:
    """Return the lines of the manifest of `folder` and the numbers (from 1) of those that cannot be read."""
    path = folder / MANIFEST
    if not path.exists():
        return [], []
    lines: list[Line] = []
    damaged: list[int] = []
    with blamed(path):
        written = path.read_bytes().split(b"\n")
    for number, text in enumerate(written, start=1):
        if text:
            try:
                lines.append(_line(text))
            except (ValueError, TypeError, KeyError):
                damaged.append(number)
    return lines, damaged


def _line(text: bytes) -> Line:
    row = json.loads(text)
    return Line(str(row["warc"]), str(row["sha256"]), int(row["length"]))


def add_line(folder: Path, line: Line) -> None:
    """Append `line` to the manifest of `folder` and flush it to disk."""
    file = AppendFile(folder / MANIFEST, new=False)
    try:
        file.append(_text(line))
        file.sync()
    finally:
        file.close()


def mend(folder: Path) -> int | None:
    """Cut off a last line that a crash has torn and return its offset in bytes; None where there is none.

    Nothing is lost by it: the file that the line was for still has `.open` behind its name and gets a new
    one. Raises ArchiveError where the manifest is a link.
    """
    path = folder / MANIFEST
    if path.is_symlink():
        raise ArchiveError(f"{path}: is a symbolic link; put the file itself there")
    if not path.exists():
        return None
    with blamed(path):
        written = path.read_bytes()
        whole = written.rfind(b"\n") + 1
        if whole == len(written):
            return None
        with path.open("r+b") as file:
            file.truncate(whole)
            flush(file)
    return whole


def drop_damaged(folder: Path) -> tuple[int, ...]:
    """Write the manifest of `folder` anew without damaged lines; return their numbers (from 1).

    The old one is kept as `manifest.jsonl.damaged`. The files that the lines were for have none then, and get
    new ones by `archive.repair.repair`.
    """
    lines, damaged = read_lines(folder)
    if not damaged:
        return ()
    path = folder / MANIFEST
    fresh = folder / f"{MANIFEST}.new"
    with blamed(path):
        shutil.copyfile(path, folder / f"{MANIFEST}.damaged")
        with fresh.open("wb") as file:
            file.writelines(_text(line) for line in lines)
            flush(file)
        fresh.replace(path)
        sync_folder(folder)
    return tuple(damaged)


def _text(line: Line) -> bytes:
    return json.dumps(asdict(line)).encode() + b"\n"


def seal(folder: Path, warc: str) -> None:
    """Finish `<warc>.open`: a line in the manifest, read-only, the final name, each flushed before the next.

    Can be done again after a crash at any point. Raises ArchiveError where the name is taken, or is in the
    manifest with other bytes.
    """
    path = folder / (warc + OPEN)
    if (folder / warc).exists():
        raise ArchiveError(
            f"{folder / warc}: is there beside its {OPEN} file; look at both and move one away"
        )
    line = measure(path, warc)
    earlier = [known for known in read_lines(folder)[0] if known.warc == warc]
    if not earlier:
        add_line(folder, line)
    elif line not in earlier:
        raise ArchiveError(f"{path}: differs from its line in {MANIFEST}; restore it from a copy")
    with blamed(path):
        path.chmod(0o444)
        path.rename(folder / warc)
        sync_folder(folder)
