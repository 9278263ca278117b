"""The archive's errors: what a person can act on, by name, place and reason."""

from pathlib import Path

from extract.errors import GongkaiError


class ArchiveError(GongkaiError):
    """Something in or about the archive: the message names the file, the reason and what to do."""


class Busy(ArchiveError):  # noqa: N818 - reads as what it says: `except Busy`
    """Another holder has the lock: `pid` and `since` (ISO 8601, UTC) say who, None where not written yet."""

    def __init__(self, path: Path, pid: int | None, since: str | None) -> None:
        self.path = path
        self.pid = pid
        self.since = since
        holder = f"process {pid}, started {since}" if pid and since else "another process"
        super().__init__(f"{path}: held by {holder}; wait until it ends")


class RecordError(ArchiveError):
    """A record that cannot be given back as it was stored: `warc`, `offset` (bytes) and `reason`."""

    def __init__(self, warc: str, offset: int, reason: str) -> None:
        self.warc = warc
        self.offset = offset
        self.reason = reason
        super().__init__(f"{warc} at {offset}: {reason}")


class RunFileError(ArchiveError):
    """A run file with a line that is no JSON object: the message names file and line."""


class PayloadError(ArchiveError):
    """A payload whose content-encoding cannot be undone."""


class PayloadTooLargeError(PayloadError):
    """The decoded payload would pass the limit."""


class PayloadDamagedError(PayloadError):
    """The coded payload is cut or is not what its coding says."""


class UnknownCodingError(PayloadError):
    """A content-encoding that the archive does not undo, or more of them than it accepts."""
