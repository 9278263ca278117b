"""Questions that are asked often: seeds/queries/*.sql.

A file begins with what it asks, a line in Chinese and one in English, and with a line for each value that may
be chosen: `-- $name = default -- 中文 | English`. The statement refers to the value as `$name`; it is text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import QueryError, SeedError

QUERIES = Path(__file__).resolve().parent.parent / "seeds" / "queries"
CHOICE = re.compile(r"-- \$(?P<name>\w+) = (?P<default>.*?) -- (?P<zh>.+) \| (?P<en>.+)")
NUMBER = re.compile(r"\d+(\.\d+)?")
LIMIT = re.compile(r"^limit (\d+)\s*\Z", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a saved query that may be chosen, and what it is."""

    name: str
    default: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved query: what it asks in both languages, its statement, and what may be chosen."""

    name: str
    zh: str
    en: str
    choices: tuple[Choice, ...]
    sql: str

    @property
    def rows_max(self) -> int | None:
        """The limit that the statement ends with: as many rows may be all of them, or only the first."""
        found = LIMIT.search(self.sql)
        return int(found[1]) if found else None

    def values(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Return the value of each choice; raise QueryError for one that the query does not know or take.

        Where the default is a number, a value has to be one.
        """
        known = {choice.name: choice.default for choice in self.choices}
        if unknown := sorted(chosen.keys() - known.keys()):
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"query {self.name}: there is no value {unknown[0]}; {takes}")
        for name, value in chosen.items():
            if NUMBER.fullmatch(known[name]) and not NUMBER.fullmatch(value):
                raise QueryError(f"query {self.name}: {name} = {value} is no number, such as {known[name]}")
        return {**known, **chosen}


def saved_queries(folder: Path = QUERIES) -> Iterator[SavedQuery]:
    """Yield the saved queries in the order of their names; raise SeedError for a file without its head."""
    for path in sorted(folder.glob("*.sql")):
        yield _read(path)


def saved_query(name: str, folder: Path = QUERIES) -> SavedQuery:
    """Return the saved query of a name; raise QueryError where there is none."""
    found = {query.name: query for query in saved_queries(folder)}
    try:
        return found[name]
    except KeyError:
        raise QueryError(f"query {name}: is not saved; saved are {', '.join(found)}") from None


def _read(path: Path) -> SavedQuery:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) < 3 or not all(line.startswith("-- ") for line in lines[:2]):
        raise SeedError(f"{path}: begins with what it asks: `-- ` and Chinese, then `-- ` and English")
    choices = tuple(Choice(**found.groupdict()) for line in lines if (found := CHOICE.fullmatch(line)))
    return SavedQuery(path.stem, lines[0][3:], lines[1][3:], choices, text)
