"""Where checking pages are written; writing one takes the place of no input and of no other file."""

import os
from collections.abc import Collection
from pathlib import Path

from extract.errors import GongkaiError
from flows.checking.page import GENERATOR
from flows.language import t

SUFFIXES = (".html", ".htm")
_HEAD_BYTES = 4096  # the generator's name stands there


class NotWrittenError(GongkaiError):
    """A checking page that would take the place of something else."""


def is_page(out: Path) -> bool:
    """Tell whether `--html OUT` names one page; any other name, and a folder that is there, is a folder."""
    return out.suffix.lower() in SUFFIXES and not out.is_dir()


def write_page(target: Path, content: str, inputs: Collection[Path]) -> None:
    """Write a page as a whole or not at all; the folder is made, an earlier checking page is replaced.

    Raises NotWrittenError where `target` is one of `inputs` or no checking page, and OSError.
    """
    if target.exists():
        if any(target.samefile(path) for path in inputs if path.exists()):
            raise NotWrittenError(t("{path}: is a file to be read; name another page", path=target))
        if not _is_ours(target):
            raise NotWrittenError(t("{path}: exists already and is no checking page", path=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        # a lone surrogate out of a damaged page has no UTF-8; it is shown as ?
        part.write_bytes(content.encode("utf-8", "replace"))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _is_ours(target: Path) -> bool:
    with target.open("rb") as file:
        return GENERATOR.encode() in file.read(_HEAD_BYTES)
