"""Chunked framing (RFC 9112, 7.1) in the archives of others: undone, where it is really there."""

import re

CHUNKED = re.compile(rb"(?im)^transfer-encoding(?=\s{0,8}:\s{0,8}chunked\s{0,8}$)")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})(?:;[^\r\n]{0,1000})?\r\n")
RENAMED = b"X-Archive-Orig-Transfer-Encoding"


def dechunked(head: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Return an answer's head and body without chunked framing, the header renamed; else both as they are.

    Some tools undo the framing and leave the header as it came.
    """
    if not CHUNKED.search(head) or (whole := unchunked(body)) is None:
        return head, body
    return CHUNKED.sub(RENAMED, head), whole


def unchunked(body: bytes) -> bytes | None:
    """Return `body` without its chunked framing; None where it is not framed so, or not to the last chunk."""
    parts: list[bytes] = []
    place = 0
    while (size := CHUNK_SIZE.match(body, place)) is not None:
        start, length = size.end(), int(size[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(body[start : start + length])
        place = start + length + 2
    return None
