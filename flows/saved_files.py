"""Which files a command takes when it is given files and folders."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

PAGES = frozenset({".html", ".htm", ".shtml", ".txt", ".json", ".pdf"})
ARCHIVES = frozenset({".warc", ".gz", ".wacz"})


def files_of(paths: Sequence[Path], suffixes: Collection[str]) -> Iterator[Path]:
    """Yield each path as it is, and of a folder the files with `suffixes`, also deeper ones."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in suffixes and file.is_file())
        else:
            yield path
