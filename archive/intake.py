"""Take captures out of WARC and WACZ files that others wrote, as the exchanges and saved files they hold."""

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast, get_args

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from archive.errors import ArchiveError
from archive.exchange import Cut, Exchange, SavedFile
from archive.records import HEAD_END

CHUNKED = re.compile(rb"(?im)^transfer-encoding(?=\s{0,8}:\s{0,8}chunked\s{0,8}$)")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})(?:;[^\r\n]{0,1000})?\r\n")


def captures_of(path: Path) -> Iterator[Exchange | SavedFile]:
    """Yield the responses and resources of a .warc, .warc.gz or .wacz file, in its order.

    Requests, metadata and revisits (which hold no payload) are passed over. Raises ArchiveError, which names
    the file, where it cannot be read as what its name says.
    """
    try:
        if path.suffix == ".wacz":
            yield from _wacz(path)
        else:
            with path.open("rb") as stream:
                yield from _warc(stream)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ArchiveError(f"{path}: cannot be read: {error}") from error


def _wacz(path: Path) -> Iterator[Exchange | SavedFile]:
    """Yield what the WARC files in the folder `archive/` of a WACZ hold (WACZ 1.1.1, directory layout)."""
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                with package.open(name) as stream:
                    yield from _warc(stream)


def _warc(stream: IO[bytes]) -> Iterator[Exchange | SavedFile]:
    for record in ArchiveIterator(stream, parse_http=False):
        block = record.reader.read()
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        if record.record_type == WarcRecordType.resource:
            content_type = record.headers.get("Content-Type") or "application/octet-stream"
            yield SavedFile(url, content_type, block, _time(record))
        elif record.record_type == WarcRecordType.response and HEAD_END in block:
            yield _exchange(record, url, block)


def _exchange(record: WarcRecord, url: str, block: bytes) -> Exchange:
    """Return the answer of a response record; who asked for it, and how, is not known."""
    head, body = block.split(HEAD_END, 1)
    status = head.split(b"\r\n", 1)[0].split()[1:2]
    if CHUNKED.search(head) and (whole := unchunked(body)) is not None:
        head, body = CHUNKED.sub(b"X-Archive-Orig-Transfer-Encoding", head), whole
    cut = record.headers.get("WARC-Truncated")
    return Exchange(
        url=url,
        fetched_at=_time(record),
        request_head=b"",
        status=int(status[0]) if status and status[0].isdigit() else 0,
        response_head=head + HEAD_END,
        body=body,
        ip=record.headers.get("WARC-IP-Address"),
        truncated=cast("Cut", cut) if cut in get_args(Cut) else None,
    )


def unchunked(body: bytes) -> bytes | None:
    """Return `body` without its chunked framing (RFC 9112, 7.1); None where it is not framed so.

    Some tools undo the framing and leave the header as it came.
    """
    parts: list[bytes] = []
    place = 0
    while (size := CHUNK_SIZE.match(body, place)) is not None:
        start, length = size.end(), int(size[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(body[start : start + length])
        place = start + length + 2
    return None


def _time(record: WarcRecord) -> datetime:
    time = datetime.fromisoformat(record.headers["WARC-Date"])
    return time if time.tzinfo else time.replace(tzinfo=UTC)
