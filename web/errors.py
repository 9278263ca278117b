"""The errors of the reading room: each becomes a page that says what is wrong and what to do."""

from extract.errors import GongkaiError


class WebError(GongkaiError):
    """Base of what keeps a page from being shown."""


class NotReadyError(WebError):
    """There is no published warehouse yet, or none that can be read."""


class NotArchivedError(WebError):
    """A version whose capture does not say where it lies in the archive."""
