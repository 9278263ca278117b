"""Heads of HTTP messages as bytes, in order and with duplicates, the way an archive keeps them."""

from collections.abc import Iterable

Header = tuple[bytes, bytes]


def request_head(method: str, target: bytes, headers: Iterable[Header]) -> bytes:
    """Return the request line and headers with CRLF, ending in a blank line."""
    return _head(b"%s %s HTTP/1.1" % (method.encode("ascii"), target), headers)


def response_head(version: bytes, status: int, reason: bytes, headers: Iterable[Header]) -> bytes:
    """Return the status line and headers with CRLF, ending in a blank line.

    The chunked framing is gone from a body that was read, so Transfer-Encoding is renamed: a reader
    would otherwise look for chunk sizes in the stored body (WARC 1.1 practice).
    """
    renamed = (
        (b"X-Archive-Orig-" + name if name.lower() == b"transfer-encoding" else name, value)
        for name, value in headers
    )
    return _head(b"%s %d %s" % (version, status, reason), renamed)


def _head(first: bytes, headers: Iterable[Header]) -> bytes:
    lines = [first, *(b"%s: %s" % (name, value) for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def header_text(value: bytes) -> str:
    """Return a header value as text: UTF-8, else GB 18030, else Latin-1. Servers send all three."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")
