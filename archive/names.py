"""Names of archive files: made of run ids only, never of titles or of names that a server gave."""

import re
from pathlib import Path

from archive.errors import ArchiveError

OPEN = ".open"
WARC = ".warc.gz"
MANIFEST = "manifest.jsonl"
RUN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,199}")
WARC_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*-\d{5}\.warc\.gz")


def run_name(name: str) -> str:
    """Return `name`, a run id of letters, digits, - and _; raise ArchiveError where it is anything else."""
    if not RUN_NAME.fullmatch(name):
        raise ArchiveError(f"{name!r}: is no run id; use letters, digits, - and _, at most 200")
    return name


def warc_name(run: str, serial: int) -> str:
    """Return the name of a run's WARC number `serial`, counted from 0."""
    return f"{run_name(run)}-{serial:05d}{WARC}"


def run_of(warc: str) -> str:
    """Return the run that wrote the WARC of this name."""
    return warc.removesuffix(WARC).rpartition("-")[0]


def existing(folder: Path, warc: str) -> Path:
    """Return where the WARC lies in `folder`: under its name, or with `.open` while it is written.

    Raises ArchiveError for a name that is no WARC's (so nothing outside `folder` is ever opened), for a
    symbolic link, and where it is missing.
    """
    if not WARC_NAME.fullmatch(warc):
        raise ArchiveError(f"{warc!r}: is not the name of a WARC in {folder}")
    for path in (folder / warc, folder / (warc + OPEN)):
        if path.is_symlink():
            raise ArchiveError(f"{path}: is a symbolic link; put the file itself there")
        if path.is_file():
            return path
    raise ArchiveError(f"{folder / warc}: is missing; restore it from a copy")
