"""Bytes to text, as a careful browser would: byte order mark, strict UTF-8, the declared charset, gb18030.

Declared charsets count only from an allow-list and only after strict UTF-8 failed, because Chinese pages
often declare gb2312 and are UTF-8. gb2312 and gbk are read as gb18030, their superset. What no database can
hold (NUL, control characters, lone surrogates) is removed here, so no later step has to think of it.
"""

import re
from dataclasses import dataclass

_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD_BYTES = 4096
_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL_BYTES = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_CONTROLS = tuple(bytes((code,)) for code in _CONTROL_BYTES)
# two patterns, for each begins with a literal that is looked up at once: an alternation is far slower
_UNSTORABLE_UTF8 = (re.compile(b"\xc2[\x80-\x9f]"), re.compile(b"\xef\xbf[\xbe\xbf]"))
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
_DAMAGE_SHARE_MAX = 0.25  # of what is East Asian; gb18030 taken for UTF-8 shows hardly any such character


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a payload, the codec that gave it, and what a person should know about it."""

    text: str
    codec: str
    warnings: tuple[str, ...]


def decode(payload: bytes, content_type: str | None = None) -> Decoded:
    """Decode a content-decoded payload; `content_type` is the HTTP header. Never raises.

    Bytes that fit no charset become U+FFFD with a warning, so nothing around them is lost.
    """
    for mark, codec in _BOMS:
        if payload.startswith(mark):
            return _decoded(payload[len(mark) :], codec)
    wide = wide_codec(payload)
    if wide:
        return _decoded(payload, wide)
    try:
        return Decoded(_clean_utf8(payload), "utf-8", ())
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(payload):
        return _decoded(payload, "utf-8")
    for codec in (*_declared(payload, content_type), "gb18030"):
        try:
            return Decoded(clean(payload.decode(codec)), codec, ())
        except UnicodeDecodeError:
            continue
    return _decoded(payload, "gb18030")


def clean(text: str) -> str:
    """Return the text without NUL, control characters, lone surrogates and noncharacters; tabs and line
    breaks stay.
    """
    return text if text.isprintable() else _UNSTORABLE.sub("", text)


def _clean_utf8(payload: bytes) -> str:
    """Decode and clean in one: on bytes the removal is ten times as fast as on text."""
    if any(control in payload for control in _CONTROLS):
        payload = payload.translate(None, _CONTROL_BYTES)
    text = payload.decode("utf-8")
    return clean(text) if any(pattern.search(payload) for pattern in _UNSTORABLE_UTF8) else text


def _decoded(payload: bytes, codec: str) -> Decoded:
    text = payload.decode(codec, errors="replace")
    damaged = text.count("\ufffd")
    notes = (
        (f"decode: {damaged} characters are unreadable as {codec} and shown as U+FFFD",) if damaged else ()
    )
    return Decoded(clean(text), codec, notes)


def wide_codec(payload: bytes) -> str | None:
    """Return the UTF-16 codec of a payload, told by its mark or by the zero bytes of its ASCII; None for
    other text.
    """
    for mark, codec in _BOMS[1:]:
        if payload.startswith(mark):
            return codec
    head = payload[:_HEAD_BYTES]
    zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
    few, many = sorted((zeros_even, zeros_odd))
    if many * 20 < len(head) or few * 10 > many or len(head) < 8:
        return None
    codec = "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
    return codec if many * 5 >= len(head) or _is_text(head.decode(codec, errors="replace")) else None


def _is_text(head: str) -> bool:
    """Tell text from the 16-bit numbers of a file; the last character of a head may be half a one."""
    return "\ufffd" not in head[:-1] and _UNSTORABLE.search(head) is None


def _is_damaged_utf8(payload: bytes) -> bool:
    """Tell UTF-8 with some bad bytes, or with a part of the page in another charset."""
    text = payload.decode("utf-8", errors="replace")
    return text.count("\ufffd") < _DAMAGE_SHARE_MAX * _EAST_ASIAN.subn("", text)[1]


def _declared(payload: bytes, content_type: str | None) -> list[str]:
    head = payload[:_HEAD_BYTES].decode("latin-1")
    labels = [*_CHARSET.findall(content_type or "")[:1], *_CHARSET.findall(head)[:1]]
    codecs = [_CODECS.get(label.lower()) for label in labels]
    return [codec for codec in codecs if codec and codec != "utf-8"]
