"""SHA256SUMS: the digests of a folder's files."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

SUMS = "SHA256SUMS"


def write_checksums(folder: Path, sums: Mapping[str, str]) -> None:
    """Write SHA256SUMS over every file below the folder, in the form that `sha256sum -c` reads.

    `sums` are digests that are known already, by file. Files that begin with a dot are left out.
    """
    with (folder / SUMS).open("w", encoding="utf-8") as lines:
        for name in sorted(_names(folder)):
            if name != SUMS:
                lines.write(f"{sums.get(name) or sha256_of(folder / name)}  {name}\n")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(folder: Path) -> Iterator[str]:
    return (
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )
