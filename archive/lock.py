"""One run at a time: a lock on a file that the kernel frees when its holder dies, however it dies."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.durable import blamed, make_folder
from archive.errors import Busy

_BOOT = Path("/proc/sys/kernel/random/boot_id")  # Linux; elsewhere a restart cannot be told from a kill
_POLL_S = 0.5


@dataclass(frozen=True, slots=True)
class Holder:
    """Who says that it holds a lock: its pid, since when (ISO 8601, UTC), and whether it lives."""

    pid: int
    since: str
    alive: bool


@contextmanager
def held(path: Path, *, wait_s: float = 0, on_wait: Callable[[Busy], None] | None = None) -> Iterator[None]:
    """Hold the lock at `path` for a `with` block; the holder's pid and start stand in the file meanwhile.

    Raises Busy (naming pid and start of the holder) when another holder lives after `wait_s` seconds, also
    one in this process, and ArchiveError when the file cannot be made; `on_wait` is told once that it waits.
    The lock is flock(2): kill -9 frees it, and there is nothing to clean up. Do not fork while it is held: a
    child that outlives the block shares the lock.
    """
    with blamed(path):
        make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        _take(path, descriptor, time.monotonic() + wait_s, on_wait)
        started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with blamed(path):
            said = {"pid": os.getpid(), "since": started, "boot": _boot()}
            _overwrite(descriptor, json.dumps(said).encode())
        try:
            yield
        finally:
            _overwrite(descriptor, b"")
    finally:
        os.close(descriptor)


def _take(path: Path, descriptor: int, deadline_s: float, on_wait: Callable[[Busy], None] | None) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            busy = _busy(path, descriptor)
        if time.monotonic() >= deadline_s:
            raise busy
        if on_wait:
            on_wait(busy)
            on_wait = None
        time.sleep(_POLL_S)


def _overwrite(descriptor: int, content: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, content, 0)


def _busy(path: Path, descriptor: int) -> Busy:
    try:
        said = json.loads(os.pread(descriptor, 1000, 0))
        return Busy(path, int(said["pid"]), str(said["since"]))
    except (ValueError, KeyError, TypeError):
        return Busy(path, None, None)  # it holds the lock and has not yet written who it is


def holder(path: Path) -> Holder | None:
    """Return who wrote into the lock at `path` that it holds it; None where nobody did, or ended cleanly.

    The lock itself is not touched, so asking never makes another process find it busy. A holder from before
    the machine's last start is dead; a pid that the system gave away again since then is believed.
    """
    try:
        said = json.loads(path.read_bytes())
        pid, since, boot = int(said["pid"]), str(said["since"]), said.get("boot")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Holder(pid, since, alive=boot == _boot() and _lives(pid))


def _boot() -> str | None:
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Tell whether a process is dead and only not yet reaped, as in a container without an init (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False
