"""The archived answer behind a version: read from its WARC, checked against its digest, shown as text."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.reader import read_payload
from extract.attachments import suffix_of
from extract.decode import decode
from extract.digest import payload_digest
from extract.kind import file_type
from web.errors import NotArchivedError
from web.queries import Version

READ_LIMIT_BYTES = 64 << 20
SHOWN_CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class Source:
    """An archived answer. `length` counts bytes after content-decoding; `text` is None for a binary file.
    `suffix` is that of a file, None for a page.

    `digest` is computed from the bytes now; `is_as_loaded` tells whether the warehouse has the same one.
    """

    url: str
    status: int | None
    content_type: str | None
    fetched_at: datetime
    length: int
    digest: str
    is_as_loaded: bool
    codec: str
    text: str | None
    is_cut: bool
    suffix: str | None
    body: bytes


def read_source(archive: Path, version: Version) -> Source:
    """Return what the archive holds for a version.

    Raises NotArchivedError where the version names no WARC, ArchiveError where the record cannot be read.
    """
    if version.warc is None or version.warc_offset is None:
        raise NotArchivedError(f"第 {version.version} 版没有存档位置")
    payload = read_payload(archive, version.warc, version.warc_offset, limit=READ_LIMIT_BYTES)
    digest = payload_digest(payload.body)
    binary = file_type(payload.body, payload.content_type)
    decoded = None if binary else decode(payload.body, payload.content_type)
    return Source(
        url=payload.url,
        status=payload.status,
        content_type=payload.content_type,
        fetched_at=payload.fetched_at,
        length=len(payload.body),
        digest=digest,
        is_as_loaded=digest == version.payload_digest,
        codec=decoded.codec if decoded else "",
        text=decoded.text[:SHOWN_CHARACTERS] if decoded else None,
        is_cut=decoded is not None and len(decoded.text) > SHOWN_CHARACTERS,
        suffix=suffix_of(payload.url) or (binary and "bin"),
        body=payload.body,
    )
