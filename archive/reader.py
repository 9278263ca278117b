"""Read a payload back by file and offset: digests checked, revisits followed, content-encoding undone."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.durable import blamed
from archive.errors import PayloadError, RecordError
from archive.members import MemberError, read_member
from archive.names import existing
from archive.payload import decoded
from archive.records import NOT_MODIFIED, Record, RecordFormatError, parse_record
from extract.digest import payload_digest

DECODED_LIMIT_BYTES = 256 << 20
REVISITS_MAX = 8


@dataclass(frozen=True, slots=True)
class Payload:
    """What an address gave: `wire` as it came, `body` with the content-encoding undone.

    `url` is the target address as recorded (percent-encoded); `status` is None for a saved file;
    `content_type` is the header as it was sent, or None.
    """

    url: str
    status: int | None
    content_type: str | None
    body: bytes
    wire: bytes
    fetched_at: datetime


def read_record(folder: Path, warc: str, offset: int) -> Record:
    """Return the record at `offset` bytes in the WARC named `warc` of `folder`, finished or still `.open`.

    Raises RecordError (naming WARC and offset) where no whole record begins there or a digest does not fit,
    and ArchiveError where the file is missing, is a link or has no WARC's name.
    """
    path = existing(folder, warc)
    try:
        with blamed(path), path.open("rb") as file:
            return parse_record(read_member(file, offset).content)
    except (MemberError, RecordFormatError) as error:
        raise RecordError(warc, offset, f"{error}; restore the file from a copy") from error


def read_payload(folder: Path, warc: str, offset: int, *, limit: int = DECODED_LIMIT_BYTES) -> Payload:
    """Return the payload stored at `offset` bytes in the WARC named `warc` of `folder`.

    A revisit gives the bytes of its original under its own status and headers. `limit` caps the decoded body
    in bytes. Raises as read_record does, RecordError for a record without a payload (a request, a 304) or
    whose original is gone, and PayloadError (naming WARC and offset) where the content-encoding cannot be
    undone.
    """
    record = read_record(folder, warc, offset)
    if record.type not in ("response", "resource", "revisit"):
        raise RecordError(warc, offset, f"is a {record.type} record; give the offset of the answer")
    wire = _original_payload(folder, warc, offset, record) if record.type == "revisit" else record.payload
    url = record.headers["WARC-Target-URI"]
    fetched_at = datetime.fromisoformat(record.headers["WARC-Date"])
    if record.http is None:
        return Payload(url, None, record.headers.get("Content-Type"), wire, wire, fetched_at)
    coding = ", ".join(record.http.get_multiple("Content-Encoding"))
    try:
        body = decoded(wire, coding, limit=limit)
    except PayloadError as error:
        raise type(error)(f"{warc} at {offset}: {error}") from error
    content_type = record.http.get("Content-Type")
    return Payload(url, record.http.status_code, content_type, body, wire, fetched_at)


def original_place(folder: Path, warc: str, offset: int) -> tuple[str, int] | None:
    """Return WARC and offset (bytes) of the record that holds the payload of the revisit at `offset`.

    None for a record that is no revisit, and for a 304, which names none. Raises as read_record does, and
    RecordError for a revisit whose original is gone or has another payload.
    """
    record = read_record(folder, warc, offset)
    if record.type != "revisit" or record.headers.get("WARC-Profile") == NOT_MODIFIED:
        return None
    return _original(folder, warc, offset, record)[0]


def _original_payload(folder: Path, warc: str, offset: int, revisit: Record) -> bytes:
    if revisit.headers.get("WARC-Profile") == NOT_MODIFIED:
        raise RecordError(
            warc, offset, "holds no payload (304 not modified); read the capture that it confirms"
        )
    return _original(folder, warc, offset, revisit)[1].payload


def _original(folder: Path, warc: str, offset: int, revisit: Record) -> tuple[tuple[str, int], Record]:
    record = revisit
    for _ in range(REVISITS_MAX):
        held_by = record.headers.get("WARC-Refers-To-Filename")
        begins = record.headers.get("WARC-Refers-To-File-Offset")
        if held_by is None or begins is None or not begins.isdigit():
            raise RecordError(warc, offset, "is a revisit that does not say where its original lies")
        place = (held_by, int(begins))
        record = read_record(folder, *place)
        if record.type != "revisit":
            break
    else:
        raise RecordError(warc, offset, f"no original behind {REVISITS_MAX} revisits")
    if payload_digest(record.payload) != revisit.headers.get("WARC-Payload-Digest"):
        raise RecordError(warc, offset, f"its original, {place[0]} at {place[1]}, has another payload")
    return place, record
