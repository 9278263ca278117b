"""Whose turn it is to ask a host: a file for each host, so that turns hold over sites, runs and processes.

Whoever asks a host holds its file by flock(2), which the kernel frees when the holder dies. The file says
when the last exchange ended and how much slower than usual the host is asked.
"""

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from archive.durable import blamed, make_folder

_MOST_BYTES = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """How a host stands: when its last exchange ended, in seconds since 1970 (UTC), and how slowed it is."""

    ended_at_s: float = 0.0
    slowness: float = 1.0


class Turn(Protocol):
    """The turn to ask one host: taken for an exchange, written when it ends, given back."""

    def take(self) -> Standing | None:
        """Take the turn and return how the host stands; None where another has it now."""

    def write(self, standing: Standing) -> None:
        """Leave word of how the host stands; only who has the turn may."""

    def give_back(self) -> None:
        """Let others take the turn."""


Turns = Callable[[str], Turn]


class OwnTurn:
    """A turn that nobody outside this process asks for."""

    def __init__(self, _host: str) -> None:
        self._standing = Standing()

    def take(self) -> Standing:
        """Return how the host stands."""
        return self._standing

    def write(self, standing: Standing) -> None:
        """Keep how the host stands."""
        self._standing = standing

    def give_back(self) -> None:
        """Do nothing: nobody waits."""


class SharedTurn:
    """A turn that every process asks for which uses the same folder."""

    def __init__(self, folder: Path, host: str) -> None:
        """Open the host's file in `folder`, made where missing; ArchiveError where it cannot be written."""
        self._path = folder / quote(host, safe="")
        with blamed(self._path):
            make_folder(folder)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            self._descriptor = os.open(self._path, flags, 0o644)

    def __del__(self) -> None:
        if (descriptor := getattr(self, "_descriptor", None)) is not None:
            os.close(descriptor)

    def take(self) -> Standing | None:
        """Lock the file at once or not at all. One that cannot be read says nothing about the host."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        try:
            told = json.loads(os.pread(self._descriptor, _MOST_BYTES, 0))
            return Standing(float(told["ended_at_s"]), float(told["slowness"]))
        except (ValueError, KeyError, TypeError):
            return Standing()

    def write(self, standing: Standing) -> None:
        """Put how the host stands into the file; ArchiveError where the disk refuses."""
        content = json.dumps(asdict(standing)).encode()
        with blamed(self._path):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, content, 0)

    def give_back(self) -> None:
        """Unlock the file."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)


def shared_turns(folder: Path) -> Turns:
    """Return turns that hold for every process that names the same folder."""
    return lambda host: SharedTurn(folder, host)
