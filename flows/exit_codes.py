"""Exit codes of the program, as DESIGN fixes them, and which error gives which."""

from enum import IntEnum

from archive.errors import Busy, RecordError, RunFileError
from extract.errors import GongkaiError
from warehouse.errors import DamagedError, LockedError, UnfitRowsError


class ExitCode(IntEnum):
    """What the shell, cron or a monitor is told."""

    OK = 0
    BUG = 1
    USAGE = 2
    CHECK_FAILED = 3
    SOME_FAILED = 4
    BUSY = 75
    INTERRUPTED = 130


def exit_code_of(error: GongkaiError) -> ExitCode:
    """Return the exit code for an error that ends a command."""
    if isinstance(error, Busy | LockedError):
        return ExitCode.BUSY
    if isinstance(error, RecordError | RunFileError | DamagedError | UnfitRowsError):
        return ExitCode.CHECK_FAILED
    return ExitCode.USAGE
