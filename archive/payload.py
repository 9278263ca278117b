"""Undo a content-encoding: never more output than allowed, never a cut stream as a whole one."""

import zlib

from archive.errors import PayloadDamagedError, PayloadTooLargeError, UnknownCodingError

CODINGS_MAX = 2
# zlib copies what follows a gzip member: with small slices thousands of tiny members stay linear.
SLICE_BYTES = 4096
GZIP_WBITS = 31
ZLIB_WBITS = 15
RAW_WBITS = -15


def decoded(wire: bytes, coding: str | None, *, limit: int) -> bytes:
    """Return the content of `wire` (bytes as they came) after undoing `coding`, a Content-Encoding value.

    Undone are gzip (also of several members), deflate (zlib-wrapped, and raw as many servers send it) and
    identity, at most two stacked (RFC 9110, 8.4). No step gives more than `limit` bytes; memory is bounded by
    it. Raises PayloadTooLargeError, PayloadDamagedError (cut, corrupt, mislabelled) or UnknownCodingError.
    """
    codings = [name for part in (coding or "").split(",") if (name := part.strip().lower())]
    codings = [name for name in codings if name != "identity"]
    if len(codings) > CODINGS_MAX:
        raise UnknownCodingError(f"content-encoding {coding}: more than {CODINGS_MAX} codings")
    content = wire
    for name in reversed(codings):
        content = _undo(content, name, limit)
    if len(content) > limit:
        raise PayloadTooLargeError(f"more than {limit} bytes")
    return content


def _undo(data: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        wbits = GZIP_WBITS
    elif coding == "deflate":
        wbits = ZLIB_WBITS if _has_zlib_header(data) else RAW_WBITS
    else:
        raise UnknownCodingError(f"content-encoding {coding}: only gzip and deflate are undone")
    # Redirects and empty answers keep the header of the coding that their body would have had.
    return _inflate(data, wbits, coding, limit) if data else b""


def _has_zlib_header(data: bytes) -> bool:
    """Tell a zlib stream (RFC 1950, 2.2: method 8, check bits) from raw deflate, which browsers accept."""
    return len(data) >= 2 and data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0


def _inflate(data: bytes, wbits: int, coding: str, limit: int) -> bytes:
    view = memoryview(data)
    out = bytearray()
    at = 0
    while at < len(data):
        inflater = zlib.decompressobj(wbits)
        while not inflater.eof and at < len(data):
            piece = view[at : at + SLICE_BYTES]
            try:
                out += inflater.decompress(piece, limit - len(out) + 1)
            except zlib.error as error:
                raise PayloadDamagedError(f"{coding} stream is damaged near byte {at}: {error}") from error
            if len(out) > limit:
                raise PayloadTooLargeError(f"{coding} stream gives more than {limit} bytes")
            at += len(piece) - len(inflater.unused_data)
        if not inflater.eof:
            raise PayloadDamagedError(f"{coding} stream is cut after {len(data)} bytes")
        if not any(view[at:]):
            break  # padding with zeros is allowed behind a gzip member
        if coding == "deflate":
            raise PayloadDamagedError(f"{len(data) - at} bytes behind the end of the deflate stream")
    return bytes(out)
