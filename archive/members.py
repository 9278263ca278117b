"""A WARC file as gzip members, one a record: read one, walk all, and find the next one behind damage.

The members are inflated here and not by the WARC library: it hands out a torn last member as a normal short
one and does not look at the checksum of the others.
"""

import mmap
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

GZIP_MAGIC = b"\x1f\x8b\x08"
RECORD_START = b"WARC/1."
CHUNK_BYTES = 64 << 10


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
    inflater = zlib.decompressobj(wbits=31)
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
                resumes = _next_record(file, offset + 1)
                yield Broken(offset, resumes, str(error))
                offset = resumes
            else:
                yield member
                offset = member.end


def _next_record(file: BinaryIO, start: int) -> int | None:
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
