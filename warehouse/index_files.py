"""The files of a full-text index: carried over by links, held against their checksums."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.durable import flush
from warehouse.checksums import SUMS, sha256_of, write_checksums

LOCKS = ".tantivy-*.lock"
REMOVALS_MAX = 100


def seal(folder: Path) -> None:
    """Write the checksums of an index that is finished."""
    for path in folder.glob(LOCKS):
        path.unlink()
    write_checksums(folder, {})
    with (folder / SUMS).open("rb+") as file:
        flush(file)


def damage(folder: Path) -> str | None:
    """Return what is wrong with the files of a sealed index, None when each is as it was sealed."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        if not lines:
            return f"{SUMS} is empty"
        for digest, name in (line.split("  ", 1) for line in lines):
            if sha256_of(folder / name) != digest:
                return f"{name} is not as it was written"
    except OSError as error:
        return f"{Path(error.filename).name} cannot be read: {error.strerror}"
    except ValueError:
        return f"{SUMS} is no list of checksums"
    return None


def carry_over(source: Path, target: Path) -> None:
    """Make `target` with the files of a sealed index: links, or copies where the file system has none."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.name == SUMS or path.match(LOCKS):
            continue
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)


@contextmanager
def own_links(folder: Path) -> Iterator[Path]:
    """Yield a folder with links to an index's files: tantivy makes a lock beside the files that it reads, and
    the index may be another user's. Raise OSError where there is no index.
    """
    own = Path(tempfile.mkdtemp())
    try:
        for path in folder.iterdir():
            if not path.match(LOCKS):
                (own / path.name).symlink_to(path.resolve())
        yield own
    finally:
        # a thread of tantivy's that looks for changes may make its lock anew meanwhile
        for _ in range(REMOVALS_MAX):
            shutil.rmtree(own, ignore_errors=True)
            if not own.exists():
                break
