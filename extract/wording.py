"""The word lists of `seeds/wording.toml`, loaded once, and the one way to make a pattern of them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import GongkaiError
from extract.units import SEEDS


class WordingError(GongkaiError):
    """The word lists cannot be read."""


def either(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def words(group: str, path: Path = SEEDS / "wording.toml") -> dict[str, tuple[str, ...]]:
    """Return the lists of a group by name. Raises WordingError that names the file and the fault."""
    return _load(path)[group]


@cache
def _load(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    try:
        groups: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return {group: {name: tuple(each) for name, each in lists.items()} for group, lists in groups.items()}
    except (OSError, AttributeError, tomllib.TOMLDecodeError) as error:
        raise WordingError(f"{path}: cannot be read as word lists ({error}); mend the file") from error
