"""Records of WARC files that others wrote, plain or gzip, each proven whole or told as damaged.

They are framed here (ISO 28500:2017, clauses 4 and 5) and not by the WARC library, which hands out a torn
record as a short one. A record is whole when its block has the length that its head says, its digest fits,
and another record or the sound end of file or gzip member stands behind it.
"""

import base64
import hashlib
import io
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.chunked import unchunked
from archive.members import CHUNK_BYTES, MemberError, MemberStream, next_record
from archive.records import HEAD_END

VERSION = b"WARC/"
HEAD_BYTES_MAX = 1 << 20
BLOCK_BYTES_MAX = 1 << 30
LENGTH_DIGITS_MAX = 15
DIGESTS = {"md5", "sha1", "sha256", "sha512"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins: `offset` bytes into the file, and `inside` bytes into what is inflated there."""

    offset: int
    inside: int = 0


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """A whole record: its headers by lower-case name, and its block."""

    place: Place
    headers: Mapping[str, str]
    block: bytes

    @property
    def type(self) -> str:
        """The WARC-Type, in lower case; empty where the record has none."""
        return self.headers.get("warc-type", "").lower()


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that is torn or damaged, or a place where one should begin and none does."""

    place: Place
    reason: str


class _FramingError(Exception):
    """What stands here is no whole record, and where the next one begins cannot be told."""


def records(path: Path) -> Iterator[ForeignRecord | Fault]:
    """Yield the records of the file at `path` in its order, and a Fault in the place of each damaged one.

    Reading goes on behind damage where the end of the record is known, or another gzip member follows. Holds
    one record in memory. Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        if _is_plain(file):
            yield from _framed(file, None)
            return
        size = path.stat().st_size
        if not size:
            yield Fault(Place(0), "the file is empty")
        offset: int | None = 0
        while offset is not None and offset < size:
            member = MemberStream(file, offset)
            stream: io.BufferedReader = io.BufferedReader(member, CHUNK_BYTES)
            yield from _framed(stream, offset)
            offset = member.end if _is_sound(stream) else next_record(file, offset + 1)


def record_at(path: Path, place: Place) -> ForeignRecord:
    """Return again the record that `records` found at `place`; OSError where it is no longer there."""
    with path.open("rb") as file:
        stream = file
        try:
            if _is_plain(file):
                file.seek(place.offset)
            else:
                stream = io.BufferedReader(MemberStream(file, place.offset), CHUNK_BYTES)
                deque(_parts(stream, place.inside), maxlen=0)
            found = _record(stream, place)
        except (MemberError, _FramingError) as error:
            raise OSError(f"changed while it was read: {error}") from error
    if found is None:
        raise OSError("changed while it was read")
    return found[0]


def _is_plain(file: io.BufferedReader) -> bool:
    """Tell whether `file`, at its start, begins with a record; names are no proof of compression."""
    return file.peek(CHUNK_BYTES).lstrip().startswith(VERSION)


def _is_sound(member: io.BufferedReader) -> bool:
    """Read what is left of `member`, and tell whether it is whole."""
    try:
        while member.read(CHUNK_BYTES):
            pass
    except MemberError:
        return False
    return True


def _framed(stream: io.BufferedReader, member: int | None) -> Iterator[ForeignRecord | Fault]:
    """Yield what the records of `stream` are: a plain file, or the gzip member that begins at `member`."""
    at = 0
    while True:
        place = Place(at) if member is None else Place(member, at)
        try:
            found = _record(stream, place)
        except (MemberError, _FramingError) as error:
            yield Fault(place, str(error))
            return
        if found is None:
            return
        record, length = found
        reason = _damage(record)
        yield record if reason is None else Fault(place, reason)
        at += length


def _record(stream: io.BufferedReader, place: Place) -> tuple[ForeignRecord, int] | None:
    """Return the record that begins here and its length with the blank lines around it; None at the end."""
    before = _blank(stream)
    if not stream.peek(1):
        return None
    headers, head_length = _head(stream)
    written = headers.get("content-length", "")
    if not (written.isascii() and written.isdigit() and len(written) <= LENGTH_DIGITS_MAX):
        raise _FramingError("the record has no readable Content-Length")
    length = int(written)
    parts = _parts(stream, length)
    block = b"".join(part for part in parts if length <= BLOCK_BYTES_MAX)
    behind = _blank(stream)
    if not VERSION.startswith(stream.peek(1)[: len(VERSION)]):
        raise _FramingError(f"the record does not end behind the {length} bytes of its Content-Length")
    return ForeignRecord(place, headers, block), before + head_length + length + behind


def _blank(stream: io.BufferedReader) -> int:
    """Skip line ends; return how many bytes those were. What follows them has been looked at."""
    skipped = 0
    while stream.peek(1)[:1] in (b"\r", b"\n"):
        skipped += len(stream.read(1))
    return skipped


def _head(stream: io.BufferedReader) -> tuple[dict[str, str], int]:
    """Return a record's headers by lower-case name, folded lines joined, and the length of its head."""
    first = stream.readline(HEAD_BYTES_MAX)
    if not first.startswith(VERSION):
        raise _FramingError("no record begins here")
    length = len(first)
    headers: dict[str, str] = {}
    name = ""
    while (line := stream.readline(HEAD_BYTES_MAX)).strip():
        length += len(line)
        if length > HEAD_BYTES_MAX:
            raise _FramingError(f"the record's head is longer than {HEAD_BYTES_MAX} bytes")
        text = line.decode("utf-8", "replace")
        if text[0] in " \t":
            headers[name] = f"{headers.get(name, '')} {text.strip()}"
        else:
            name, _, value = text.partition(":")
            name = name.strip().lower()
            headers[name] = value.strip()
    if not line:
        raise _FramingError("the file ends inside the record's head")
    return headers, length + len(line)


def _parts(stream: io.BufferedReader, length: int) -> Iterator[bytes]:
    """Yield the next `length` bytes in pieces."""
    left = length
    while left:
        part = stream.read(min(left, CHUNK_BYTES))
        if not part:
            raise _FramingError(f"the file ends inside the record: {left} of {length} bytes are missing")
        left -= len(part)
        yield part


def _damage(record: ForeignRecord) -> str | None:
    """Return what is wrong with a record that is there in its length, or None.

    The block's digest decides; only where there is none the payload's, which some tools count with the
    chunked framing and some without. Unknown algorithms prove nothing.
    """
    if len(record.block) != int(record.headers["content-length"]):
        return f"the record is longer than the {BLOCK_BYTES_MAX} bytes that are taken in"
    if not record.type:
        return "the record has no WARC-Type"
    fits = _fits(record.headers.get("warc-block-digest"), record.block)
    if fits is not None:
        return None if fits else "the block digest does not fit"
    if record.type not in ("response", "resource"):
        return None
    claimed = record.headers.get("warc-payload-digest")
    _, head_end, body = record.block.partition(HEAD_END)
    is_http = record.type == "response" and head_end
    payload = body if is_http else record.block
    bare = unchunked(payload) if is_http else None
    if _fits(claimed, payload) is False and (bare is None or not _fits(claimed, bare)):
        return "the payload digest does not fit"
    return None


def _fits(claimed: str | None, data: bytes) -> bool | None:
    """Tell whether `claimed` (algorithm, colon, hex or base32) is the digest of `data`; None: unknown."""
    label, _, value = (claimed or "").partition(":")
    algorithm = label.strip().lower().replace("-", "")
    if algorithm not in DIGESTS:
        return None
    made = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    value = value.strip()
    return value.lower() == made.hex() or value.upper().rstrip("=") == base64.b32encode(made).decode().rstrip(
        "="
    )
