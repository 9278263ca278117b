"""Records out of the archive as they lie, gzip member by gzip member, to be put into another file."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.durable import blamed
from archive.errors import RecordError
from archive.members import MemberError, next_record, read_member
from archive.names import existing
from archive.records import Record, RecordFormatError, parse_record


@dataclass(frozen=True, slots=True)
class Copy:
    """A record read whole and its digests checked: its gzip member as it lies, from `offset` to `end`."""

    offset: int
    end: int
    member: bytes
    record: Record


@dataclass(frozen=True, slots=True)
class Copies:
    """The records of an answer: its request and the redirects before it, then the answer itself.

    `damaged` says what stands in the place of records before the answer that are not whole.
    """

    records: tuple[Copy, ...]
    damaged: str | None


def answer_copies(folder: Path, warc: str, offset: int, *, begin: int) -> Copies:
    """Return the records from `begin` to the answer at `offset` (bytes) of the WARC in the archive `folder`.

    The record that opens a file is left out. Raises RecordError where the answer is not whole, and
    ArchiveError where the file is missing.
    """
    path = existing(folder, warc)
    with blamed(path), path.open("rb") as file:
        before, damaged = _before(file, begin, offset)
        try:
            answer = _copy(file, offset)
        except (MemberError, RecordFormatError) as error:
            raise RecordError(warc, offset, f"{error}; restore the file from a copy") from error
    return Copies((*before, answer), damaged)


def end_of(folder: Path, warc: str, offset: int) -> int:
    """Return where the record at `offset` ends; where it is not whole, where the next one begins.

    Raises ArchiveError where the file is missing.
    """
    path = existing(folder, warc)
    with blamed(path), path.open("rb") as file:
        try:
            return read_member(file, offset).end
        except MemberError:
            return next_record(file, offset + 1) or offset


def _before(file: BinaryIO, begin: int, offset: int) -> tuple[list[Copy], str | None]:
    found, damaged, at = [], None, begin
    while at < offset:
        try:
            copy = _copy(file, at)
        except (MemberError, RecordFormatError) as error:
            damaged = f"the record at {at} before it: {error}"
            at = next_record(file, at + 1) or offset
        else:
            at = copy.end
            if copy.record.type != "warcinfo":
                found.append(copy)
    return found, damaged


def _copy(file: BinaryIO, offset: int) -> Copy:
    member = read_member(file, offset)
    record = parse_record(member.content)
    file.seek(offset)
    return Copy(offset, member.end, file.read(member.end - offset), record)
