"""WARC files as other tools write them: plain, a gzip member for each record, or one for all of them."""

import base64
import gzip
import hashlib

DATE = "2025-03-04T05:06:07Z"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def record(kind: str, block: bytes, **headers: str) -> bytes:
    """Return a record; `headers` by name with _ for -; an empty one is left out."""
    named = {
        "WARC-Type": kind,
        "WARC-Date": DATE,
        "WARC-Target-URI": "http://foreign.example/a",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(body: bytes, **headers: str) -> bytes:
    return record("response", HEAD + body, **headers)


def plain(*records: bytes) -> bytes:
    return b"".join(records)


def members(*records: bytes) -> bytes:
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def one_member(*records: bytes) -> bytes:
    return gzip.compress(b"".join(records), mtime=0)
