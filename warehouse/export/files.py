"""What lies in an export beside its tables, in Chinese and English (seeds/export)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from warehouse.dictionary import Term
from warehouse.errors import SeedError

TEMPLATES = Path(__file__).resolve().parents[2] / "seeds" / "export"


def template(name: str) -> str:
    """Return a text of seeds/export; raise SeedError naming the file where it cannot be read."""
    try:
        return (TEMPLATES / name).read_text(encoding="utf-8")
    except OSError as error:
        raise SeedError(f"{TEMPLATES / name}: cannot be read: {error.strerror}") from error


@cache
def files() -> Mapping[str, Term]:
    """Return what each kind of file holds, by its key."""
    return {key: Term.model_validate(value) for key, value in tomllib.loads(template("files.toml")).items()}
