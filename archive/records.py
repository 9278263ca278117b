"""WARC 1.1 records as gzip members, and back (ISO 28500:2017; revisits by the profiles of its 6.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from urllib.parse import quote

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import HeaderMap, WarcRecord, WarcRecordType

from archive.exchange import Exchange, Original, SavedFile
from extract.digest import payload_digest

CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
HTTP_RESPONSE = "application/http; msgtype=response"
HTTP_REQUEST = "application/http; msgtype=request"
HEAD_END = b"\r\n\r\n"
# Level 9 takes 1.6 times the time of 6 for 2 % on pages of 50 kB.
COMPRESSION_LEVEL = 6
# Every printable ASCII character stays as it was asked for; the rest cannot stand in a header line.
URI_SAFE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Record:
    """A record read back: `head` + `payload` are its block; `http` is the parsed head of an HTTP answer."""

    type: str
    headers: Mapping[str, str]
    head: bytes
    payload: bytes
    http: HeaderMap | None


class RecordFormatError(Exception):
    """The bytes are no WARC record, or not the one that was written."""


def warc_date(time: datetime) -> str:
    """Return `time` as a WARC-Date: UTC, microseconds, `Z`. A time without a zone is a ValueError."""
    if time.tzinfo is None:
        raise ValueError(f"{time.isoformat()}: has no time zone")
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def software() -> str:
    """Return the name and version of this program, as it signs its files."""
    return f"gongkai/{version('gongkai')}"


def warcinfo_record(record_id: str, warc: str, made_at: datetime, **more: str) -> bytes:
    """Return the record that opens a WARC: who wrote the file, in which format, under which name.

    `more` are further fields, such as `isPartOf`.
    """
    fields = {
        "software": software(),
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        **more,
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
    headers = {
        "WARC-Date": warc_date(made_at),
        "WARC-Filename": warc,
        "Content-Type": "application/warc-fields",
        "WARC-Block-Digest": payload_digest(block),
    }
    return _member(WarcRecordType.warcinfo, record_id, headers, block)


def metadata_record(record_id: str, warcinfo_id: str, uri: str, made_at: datetime, block: bytes) -> bytes:
    """Return JSON lines that go along with the records of a file, under the name `uri`."""
    headers = _common(uri, made_at, warcinfo_id, "application/x-ndjson", block)
    return _member(WarcRecordType.metadata, record_id, headers, block)


def request_record(exchange: Exchange, record_id: str, answer_id: str, warcinfo_id: str) -> bytes:
    """Return the request of `exchange`, tied to its answer by WARC-Concurrent-To."""
    headers = _common(exchange.url, exchange.fetched_at, warcinfo_id, HTTP_REQUEST, exchange.request_head)
    headers["WARC-Concurrent-To"] = f"<urn:{answer_id}>"
    if exchange.ip:
        headers["WARC-IP-Address"] = exchange.ip
    return _member(WarcRecordType.request, record_id, headers, exchange.request_head)


def answer_record(
    exchange: Exchange, record_id: str, warcinfo_id: str, wire_digest: str, original: Original | None
) -> bytes:
    """Return the answer of `exchange`: in full, or its head only as a revisit of `original` or a 304."""
    kept = exchange.status != 304 and original is None
    block = exchange.response_head + (exchange.body if kept else b"")
    headers = _common(exchange.url, exchange.fetched_at, warcinfo_id, HTTP_RESPONSE, block)
    if exchange.ip:
        headers["WARC-IP-Address"] = exchange.ip
    if exchange.truncated:
        headers["WARC-Truncated"] = exchange.truncated
    if exchange.status == 304:
        headers["WARC-Profile"] = NOT_MODIFIED
        return _member(WarcRecordType.revisit, record_id, headers, block)
    headers["WARC-Payload-Digest"] = wire_digest
    if original is None:
        return _member(WarcRecordType.response, record_id, headers, block)
    headers |= {
        "WARC-Profile": SAME_PAYLOAD,
        "WARC-Refers-To-Target-URI": quote(original.url, safe=URI_SAFE, errors="surrogatepass"),
        "WARC-Refers-To-Date": warc_date(original.fetched_at),
        "WARC-Refers-To-Filename": original.warc,
        "WARC-Refers-To-File-Offset": str(original.offset),
    }
    return _member(WarcRecordType.revisit, record_id, headers, block)


def saved_record(saved: SavedFile, record_id: str, warcinfo_id: str, wire_digest: str) -> bytes:
    """Return a page taken in from disk as a `resource` record: the file's bytes are the whole block."""
    headers = _common(saved.url, saved.saved_at, warcinfo_id, saved.content_type, saved.body)
    headers["WARC-Payload-Digest"] = wire_digest
    return _member(WarcRecordType.resource, record_id, headers, saved.body)


def _common(url: str, at: datetime, warcinfo_id: str, content_type: str, block: bytes) -> dict[str, str]:
    return {
        "WARC-Target-URI": quote(url, safe=URI_SAFE, errors="surrogatepass"),
        "WARC-Date": warc_date(at),
        "WARC-Warcinfo-ID": f"<urn:{warcinfo_id}>",
        "Content-Type": content_type,
        "WARC-Block-Digest": payload_digest(block),
    }


def _member(kind: WarcRecordType, record_id: str, headers: Mapping[str, str], block: bytes) -> bytes:
    record = WarcRecord()
    record.init_headers(kind, record_id.encode())
    for name, value in headers.items():
        record.headers[name] = value
    record.set_bytes_content(block)
    buffer = BytesIO()
    writer = GzipWriter(buffer, compression_level=COMPRESSION_LEVEL)
    record.write(writer)
    writer.finish()
    return buffer.getvalue()


def parse_record(content: bytes) -> Record:
    """Return the record in `content`, an inflated member; raise RecordFormatError where a digest differs.

    The block digest is always checked, the payload digest where the payload is in the record (not in a
    revisit).
    """
    try:
        record = WarcRecord.from_bytes(content)
        start = len(content) - len(HEAD_END) - record.content_length
        block = content[max(start, 0) : -len(HEAD_END)]
        if start < 0 or not content.endswith(HEAD_END) or not record.verify_block_digest():
            raise RecordFormatError("the block digest does not fit")
        record.parse_http(max_header_len=len(block) + 1)
        payload = record.reader.read()
    except OSError as error:
        raise RecordFormatError(str(error)) from error
    headers = record.headers.to_dict()
    kind = headers.get("WARC-Type", "unknown")
    claimed = headers.get("WARC-Payload-Digest")
    if claimed and kind != "revisit" and payload_digest(payload) != claimed:
        raise RecordFormatError("the payload digest does not fit")
    http = record.http_headers if record.is_http and kind in ("response", "revisit") else None
    return Record(kind, headers, block[: len(block) - len(payload)], payload, http)
