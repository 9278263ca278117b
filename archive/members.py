"""A WARC file as gzip members, one a record: read one, walk all, and find the next one behind damage.

The members are inflated here and not by the WARC library: it hands out a torn last member as a normal short
one and does not look at the checksum of the others.
"""

import io
import mmap
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_MAGIC = b"\x1f\x8b\x08"
RECORD_START = b"WARC/1."
CHUNK_BYTES = 64 << 10
GZIP_WBITS = 31


@dataclass(frozen=True, slots=True)
class Member:
    """A whole gzip member, checksum verified: its place in the file in bytes and what it inflates to."""

    offset: int
    end: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a whole member should begin and none does; `resumes` is where the next one begins."""

    offset: int
    resumes: int | None
    reason: str


class MemberError(Exception):
    """No whole member begins here."""


def read_member(file: BinaryIO, offset: int) -> Member:
    """Inflate the member that begins at `offset`; raise MemberError where it is cut, corrupt or none."""
    if not 0 <= offset < file.seek(0, os.SEEK_END):
        raise MemberError("lies outside the file")
    file.seek(offset)
    inflater = zlib.decompressobj(wbits=GZIP_WBITS)
    parts = []
    consumed = 0
    while not inflater.eof:
        chunk = file.read(CHUNK_BYTES)
        if not chunk:
            raise MemberError("the file ends inside the record")
        consumed += len(chunk)
        try:
            parts.append(inflater.decompress(chunk))
        except zlib.error as error:
            raise MemberError(f"the record is damaged ({error})") from error
    return Member(offset, offset + consumed - len(inflater.unused_data), b"".join(parts))


class MemberStream(io.RawIOBase):
    """What the member at `offset` of `file` inflates to, for members that may be large or hold many records.

    Reading raises MemberError where the member is cut or corrupt, after all that came before the damage; its
    checksum is verified before the end is told. `end` is then where the member ends in the file, in bytes.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self.end = offset
        self._file = file
        self._inflater = zlib.decompressobj(wbits=GZIP_WBITS)
        self._waiting = b""
        self._step = CHUNK_BYTES

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill `buffer` from its start and return how many bytes came; 0 at the sound end."""
        target = memoryview(buffer).cast("B")
        while not self._inflater.eof:
            piece = self._inflate(len(target))
            if piece:
                target[: len(piece)] = piece
                return len(piece)
            if not self._waiting:
                self._waiting = self._next_chunk()
        return 0

    def _next_chunk(self) -> bytes:
        self._file.seek(self.end)
        chunk = self._file.read(CHUNK_BYTES)
        if not chunk and not self._inflater.eof:
            raise MemberError("the file ends inside the record")
        return chunk

    def _inflate(self, most: int) -> bytes:
        """Return up to `most` bytes of what is waiting; near damage, in steps that end at a single byte.

        zlib keeps back what it inflated in the call that meets damage, and that may hold whole records.
        """
        given = self._waiting[: self._step]
        before = self._inflater.copy() if self._step > 1 else None
        try:
            piece = self._inflater.decompress(given, most)
        except zlib.error as error:
            if before is None:
                raise MemberError(f"the record is damaged ({error})") from error
            self._inflater, self._step = before, self._step // 2
            return self._inflate(most)
        # behind the end of a member zlib tells the rest in both places
        rest = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
        taken = len(given) - len(rest)
        self._waiting = self._waiting[taken:]
        self.end += taken
        return piece


def walk(path: Path) -> Iterator[Member | Broken]:
    """Yield what lies in the file from start to end: members, and the damaged places between them.

    A torn tail is a last Broken whose `resumes` is None. Holds one member in memory.
    """
    size = path.stat().st_size
    offset: int | None = 0
    with path.open("rb") as file:
        while offset is not None and offset < size:
            try:
                member = read_member(file, offset)
            except MemberError as error:
                resumes = next_record(file, offset + 1)
                yield Broken(offset, resumes, str(error))
                offset = resumes
            else:
                yield member
                offset = member.end


def next_record(file: BinaryIO, start: int) -> int | None:
    """Return where the next whole member that holds a record begins, at `start` bytes or later, or None."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        offset = data.find(GZIP_MAGIC, start)
        while offset >= 0:
            # An archived body may itself be gzip: only a member that holds a record counts.
            try:
                if read_member(file, offset).content.startswith(RECORD_START):
                    return offset
            except MemberError:
                pass
            offset = data.find(GZIP_MAGIC, offset + 1)
    return None
