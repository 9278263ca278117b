"""English and Chinese: messages are written in English in the code, `locale/zh.toml` has the Chinese."""

import os
import sys
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

LANGUAGES = ("en", "zh")
_CATALOGUE = Path(__file__).parent / "locale" / "zh.toml"


def preferred(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that `--lang` asks for, else the locale's; English where neither tells.

    The arguments are looked at before they are parsed, since `--help` answers while they are.
    """
    for flag, value in pairwise([*arguments, ""]):
        asked = (
            value if flag == "--lang" else flag.removeprefix("--lang=") if flag.startswith("--lang=") else ""
        )
        if asked in LANGUAGES:
            return asked
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").lower().startswith("zh") else "en"


@cache
def current() -> str:
    """Return the language of this process."""
    return preferred(sys.argv[1:], os.environ)


@cache
def catalogue() -> Mapping[str, str]:
    """Return the Chinese of each English message."""
    with _CATALOGUE.open("rb") as file:
        return {key: text for section in tomllib.load(file).values() for key, text in section.items()}


def t(message: str, /, **values: object) -> str:
    """Return `message` in the user's language with `values` filled in."""
    text = catalogue().get(message, message) if current() == "zh" else message
    return text.format(**values) if values else text
