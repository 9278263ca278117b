"""Files that a run needs only while it lasts, in the data folder: what a killed run left is found there."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.durable import blamed, own_folder
from flows.layout import Layout


@contextmanager
def scratch(layout: Layout) -> Iterator[Path]:
    """Give an empty folder for the time of the block; the caller owns the data folder.

    Raises ArchiveError where it cannot be made.
    """
    with blamed(layout.scratch):
        folder = tempfile.TemporaryDirectory(dir=own_folder(layout.scratch))
    with folder as name:
        yield Path(name)


def clear(layout: Layout) -> None:
    """Remove what killed runs left; the caller owns the data folder."""
    shutil.rmtree(layout.scratch, ignore_errors=True)
