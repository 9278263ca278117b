"""Fixity: is every finished file what the manifest says, and if not, which record is damaged."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ArchiveError
from archive.manifest import Line, measure, read_lines
from archive.members import Broken, walk
from archive.names import MANIFEST, OPEN, WARC, WARC_NAME
from archive.records import RecordFormatError, parse_record

RESTORE = "restore it from a copy"
REPAIR = "run `gongkai verify --repair`"


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong with the file `warc`: at `offset` bytes, or None where it is the whole file."""

    warc: str
    offset: int | None
    reason: str
    advice: str = RESTORE


def check(folder: Path, *, records: bool = False) -> Iterator[Damage]:
    """Yield what is wrong with the archive at `folder`; nothing when all is well.

    Every file of the manifest is hashed; one that fails is walked, and with `records` all are, to name the
    damaged records. Files missing, without a line, left open or in the place of a link are named too. Reads
    only.
    """
    if not folder.is_dir():
        yield Damage(folder.name, None, "the archive folder is missing")
        return
    lines, damaged = read_lines(folder)
    for number in damaged:
        yield Damage(MANIFEST, None, f"line {number} is damaged", REPAIR)
    for line in lines:
        yield from _check_file(folder, line, records=records)
    yield from _unlisted(folder, {line.warc for line in lines})


def _check_file(folder: Path, line: Line, *, records: bool) -> Iterator[Damage]:
    path = folder / line.warc
    if not WARC_NAME.fullmatch(line.warc):
        yield Damage(MANIFEST, None, f"names {line.warc!r}, which is no WARC's name", "take the line out")
        return
    if path.is_symlink():
        yield Damage(line.warc, None, "is a symbolic link", "put the file itself there")
        return
    if not path.is_file():
        if not path.with_name(line.warc + OPEN).is_file():  # a run died before the rename: it is told as open
            yield Damage(line.warc, None, "is missing")
        return
    try:
        intact = measure(path, line.warc) == line
        found = list(_damaged_records(path)) if records or not intact else []
    except (ArchiveError, OSError) as error:
        yield Damage(line.warc, None, f"cannot be read: {error}")
        return
    yield from found
    if not intact and not found:
        yield Damage(line.warc, None, f"differs from its SHA-256 in {MANIFEST}, though every record is whole")


def _damaged_records(path: Path) -> Iterator[Damage]:
    for part in walk(path):
        if isinstance(part, Broken):
            yield Damage(path.name, part.offset, part.reason)
            continue
        try:
            parse_record(part.content)
        except RecordFormatError as error:
            yield Damage(path.name, part.offset, str(error))


def _unlisted(folder: Path, listed: set[str]) -> Iterator[Damage]:
    for path in sorted(folder.iterdir()):
        if path.name.endswith(WARC + OPEN):
            reason = "is open: a run is writing it, or one died and the next will finish it"
            yield Damage(path.name, None, reason, _advice(path))
        elif path.name.endswith(WARC) and path.name not in listed:
            yield Damage(path.name, None, f"has no line in {MANIFEST}", _advice(path))


def _advice(path: Path) -> str:
    """Return what helps a file without a line: repair takes whole ones, and cuts a torn end of open ones."""
    broken = next((part for part in walk(path) if isinstance(part, Broken)), None)
    torn_end = broken is not None and broken.resumes is None and path.name.endswith(OPEN)
    return REPAIR if broken is None or torn_end else f"is damaged at {broken.offset}; {RESTORE}"
