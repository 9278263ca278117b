"""Errors of this room: what a person can put right before or while a site is crawled.

What a server does is never an error here: it is an outcome with a reason (`capture.Outcome`).
"""

from pathlib import Path

from extract.errors import GongkaiError


class ScraperError(GongkaiError):
    """Root of this room's errors."""


class SiteError(ScraperError):
    """A site file that cannot be used; the message begins with file and line."""

    def __init__(self, path: Path, reason: str, *, line: int | None = None, key: str | None = None) -> None:
        self.path = path
        self.line = line
        self.key = key
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{place}: {key}: {reason}" if key else f"{place}: {reason}")


class UnreadableError(ScraperError):
    """A listing answer that does not hold what its platform promises; the message is the reason."""
