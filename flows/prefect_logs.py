"""The logs of Prefect's server and of scheduled runs, begun anew when they have grown large."""

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

LARGEST_BYTES = 10 << 20


def open_log(path: Path) -> BinaryIO:
    """Open a log to add to it; one larger than 10 MiB becomes `<name>.1`, in place of the one before it."""
    with suppress(FileNotFoundError):
        if path.stat().st_size > LARGEST_BYTES:
            path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")
