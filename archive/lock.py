"""One run at a time: a lock on a file that the kernel frees when its holder dies, however it dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.durable import blamed, make_folder
from archive.errors import Busy


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock at `path` for a `with` block; the holder's pid and start stand in the file meanwhile.

    Raises Busy (naming pid and start of the holder) at once when another holder lives, also one in this
    process, and ArchiveError when the file cannot be made. The lock is flock(2): kill -9 frees it, and there
    is nothing to clean up. Do not fork while it is held: a child that outlives the block shares the lock.
    """
    with blamed(path):
        make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(path, descriptor) from None
        started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with blamed(path):
            _overwrite(descriptor, json.dumps({"pid": os.getpid(), "since": started}).encode())
        try:
            yield
        finally:
            _overwrite(descriptor, b"")
    finally:
        os.close(descriptor)


def _overwrite(descriptor: int, content: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, content, 0)


def _busy(path: Path, descriptor: int) -> Busy:
    try:
        holder = json.loads(os.pread(descriptor, 1000, 0))
        return Busy(path, int(holder["pid"]), str(holder["since"]))
    except (ValueError, KeyError, TypeError):
        return Busy(path, None, None)  # it holds the lock and has not yet written who it is


def holder(path: Path) -> int | None:
    """Return the pid of the live process that says it holds the lock at `path`; None where nobody does.

    The lock itself is not touched, so asking never makes another process find it busy. A pid that the system
    gave to another process after a kill is believed.
    """
    try:
        pid = int(json.loads(path.read_bytes())["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return pid
    return pid
