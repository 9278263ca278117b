"""The errors of the warehouse room: each names the file, the reason and what to do."""

from extract.errors import GongkaiError


class WarehouseError(GongkaiError):
    """Base of everything that the warehouse refuses or cannot do."""


class LockedError(WarehouseError):
    """Another process has the writer's file open; `pid` is its process id where DuckDB tells it."""

    def __init__(self, message: str, pid: int | None) -> None:
        super().__init__(message)
        self.pid = pid


class DamagedError(WarehouseError):
    """The writer's file cannot be read, or its rows are not those that were last written."""


class OutdatedError(WarehouseError):
    """The file was made by another version of the program than the one that opens it."""


class LoadError(WarehouseError):
    """Rows that do not fit the tables."""


class UnfitRowsError(LoadError):
    """The rows of a file are damaged: the fault is in the file, and others can be loaded."""


class NotPublishedError(WarehouseError):
    """There is no published copy to read."""


class UnreadableCopyError(NotPublishedError, DamagedError):
    """The published copy cannot be read."""


class QueryError(WarehouseError):
    """A query that is refused or that fails."""


class ExportError(WarehouseError):
    """An export that cannot be written."""


class SeedError(WarehouseError):
    """A seed file (regions, dictionary) that is missing or wrong."""
