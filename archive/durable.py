"""Files that survive a crash: whole appends or none, flushed folders, errors that say what to do."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from archive.errors import ArchiveError

ADVICE = {
    errno.ENOSPC: "make room and run again; what is stored is whole",
    errno.EDQUOT: "make room and run again; what is stored is whole",
    errno.EFBIG: "the file may not grow further; raise the limit and run again",
    errno.EACCES: "give this user the right to write there",
    errno.EPERM: "give this user the right to write there",
    errno.EROFS: "mount it writable or choose another data folder",
    errno.EEXIST: "it belongs to another run; use a new run id",
    errno.ELOOP: "a symbolic link is not followed; put the file itself there",
    errno.ENOENT: "restore it from a copy",
}


@contextmanager
def blamed(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into an ArchiveError that names `path`, the reason and what to do."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{path}: {(error.strerror or str(error)).lower()}; {advice(error)}") from error


def advice(error: OSError) -> str:
    """Return what to do about `error`."""
    return ADVICE.get(error.errno or 0, "look at the disk and run again")


def own_folder(folder: Path) -> Path:
    """Return `folder`, made where missing; raise ArchiveError where it is a link or cannot be written."""
    with blamed(folder):
        if folder.is_symlink():
            raise ArchiveError(f"{folder}: is a symbolic link; name the folder that it points to")
        if folder.exists() and not folder.is_dir():
            raise ArchiveError(f"{folder}: is not a folder; choose another place")
        make_folder(folder)
        if not os.access(folder, os.W_OK | os.X_OK, effective_ids=True):
            raise PermissionError(errno.EACCES, "permission denied")
    return folder


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, each flushed into the folder that names it."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for place in reversed(missing):
        sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Flush the names in `folder` to disk: without it a new or renamed file may be gone after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush(file: BinaryIO) -> None:
    """Flush what was written to `file` to disk."""
    file.flush()
    os.fsync(file.fileno())


class AppendFile:
    """A file that only grows, where each append is there as a whole or not at all."""

    def __init__(self, path: Path, *, new: bool) -> None:
        """Open `path` for appending; `new` refuses a file that is already there. A link is never followed."""
        self.path = path
        self.sound = True
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        with blamed(path):
            self._descriptor = os.open(path, flags | (os.O_EXCL if new else 0), 0o644)
            self.size = os.fstat(self._descriptor).st_size
            sync_folder(path.parent)

    def append(self, data: bytes) -> int:
        """Write `data` behind the end in one call and return its offset in bytes; flushes nothing.

        Where the disk takes only a part (no room), the part is cut off again and ArchiveError says so.
        """
        if not self.sound:
            raise ArchiveError(
                f"{self.path}: an earlier write failed and its state is unknown; run again to repair it"
            )
        offset = self.size
        with blamed(self.path):
            try:
                written = 0
                while written < len(data):  # a short write is followed by the error that explains it
                    written += os.write(self._descriptor, memoryview(data)[written:])
            except OSError:
                self.sound = False
                with suppress(OSError):
                    os.ftruncate(self._descriptor, offset)
                    self.sound = True
                raise
        self.size += len(data)
        return offset

    def sync(self) -> None:
        """Flush the content to disk. After a failure nothing is appended: what the disk holds is unknown."""
        with blamed(self.path):
            try:
                os.fsync(self._descriptor)
            except OSError:
                self.sound = False
                raise

    def close(self) -> None:
        """Close the file without flushing it."""
        os.close(self._descriptor)
