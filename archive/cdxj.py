"""Lines of a CDXJ index: which answer of which address and time lies where (the form that pywb reads)."""

import json
from datetime import UTC, datetime

from archive.records import NOT_MODIFIED, Record
from archive.surt import surt

REVISIT = "warc/revisit"
_INDEXED = frozenset({"response", "resource", "revisit"})


def index_line(record: Record, warc: str, offset: int, length: int) -> str | None:
    """Return the line of a record that takes `length` bytes at `offset` of the file `warc`.

    None for what a player cannot show: requests, metadata, and a 304, which would hide the capture that it
    confirms. What was sent with a request, such as cookies, is not in the index.
    """
    if record.type not in _INDEXED or record.headers.get("WARC-Profile") == NOT_MODIFIED:
        return None
    url = record.headers["WARC-Target-URI"]
    status = str(record.http.status_code) if record.http is not None else "200"
    fields = {
        "url": url,
        "mime": REVISIT if record.type == "revisit" else _media_type(record),
        "status": status,
        "digest": record.headers.get("WARC-Payload-Digest", "-"),
        "length": str(length),
        "offset": str(offset),
        "filename": warc,
    }
    moment = datetime.fromisoformat(record.headers["WARC-Date"]).astimezone(UTC)
    return f"{surt(url)} {moment:%Y%m%d%H%M%S} {json.dumps(fields)}\n"


def _media_type(record: Record) -> str:
    """Return the media type in small letters without its parameters."""
    headers = record.headers if record.http is None else record.http
    written = headers.get("Content-Type") or "unk"
    return str(written).split(";", 1)[0].strip().lower() or "unk"
