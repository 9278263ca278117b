"""What goes into the archive, an HTTP exchange or a saved file, and where it was stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Cut = Literal["length", "time", "disconnect"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP exchange as bytes.

    `request_head` and `response_head` are the start line and the headers in order with duplicates, lines
    ended by CRLF, a blank line at the end and nowhere else. Chunked framing is undone and its header renamed
    to `X-Archive-Orig-Transfer-Encoding`. `body` is as it came, content-encoding kept; `truncated` says why
    it is not whole. `fetched_at` knows its zone; `ip` is the address that answered. An empty `request_head`
    stands for a request that is not known, as in an answer out of someone else's archive.
    """

    url: str
    fetched_at: datetime
    request_head: bytes
    status: int
    response_head: bytes
    body: bytes
    ip: str | None = None
    truncated: Cut | None = None


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A page taken in from disk: address (`file:` where nothing better is known), media type and bytes."""

    url: str
    content_type: str
    body: bytes
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """Where an item lies, by WARC name (without `.open`) and offset; its payload's length (bytes), digest."""

    warc: str
    offset: int
    length: int
    wire_digest: str
    revisit: bool


@dataclass(frozen=True, slots=True)
class Original:
    """Where a payload was first stored in full; `fetched_at` is the WARC-Date of that record."""

    url: str
    fetched_at: datetime
    warc: str
    offset: int
