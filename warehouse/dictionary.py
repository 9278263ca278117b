"""The dictionary of every table and column in Chinese and English (seeds/dictionary.toml).

It makes the comments in the database and the fields of datapackage.json. A column that means the same
everywhere is told once, under `[columns.<name>]`, with the Chinese name that `mart.指标` gives it; a
table tells only what differs.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from warehouse.errors import SeedError

DICTIONARY = Path(__file__).resolve().parent.parent / "seeds" / "dictionary.toml"


class Term(BaseModel):
    """What a column means. `name` is its Chinese column name where a view has one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str
    en: str
    name: str | None = None

    @property
    def comment(self) -> str:
        """Return the comment as it stands in the database: Chinese, a bar, English."""
        return f"{self.zh} | {self.en}"


class TableTerm(Term):
    """What a table or view holds, and the columns that mean something of their own in it."""

    columns: Mapping[str, Term] = Field(default_factory=dict)


class Dictionary(BaseModel):
    """Every term: `tables` by schema and name, `columns` shared by all tables."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    tables: Mapping[str, Mapping[str, TableTerm]]
    columns: Mapping[str, Term]

    def table(self, schema: str, table: str) -> TableTerm:
        """Return the entry of a table; raise SeedError where it has none."""
        try:
            return self.tables[schema][table]
        except KeyError:
            raise SeedError(f"dictionary.toml: no entry for table {schema}.{table}; add one") from None

    def column(self, schema: str, table: str, column: str) -> Term:
        """Return what a column of a table means, its own entry first; raise SeedError where there is none."""
        own = self.table(schema, table).columns.get(column)
        shared = self.columns.get(column) or self._by_chinese_name().get(column)
        if term := own or shared:
            return term
        raise SeedError(f"dictionary.toml: no entry for column {column} of {schema}.{table}; add one")

    def _by_chinese_name(self) -> dict[str, Term]:
        return {term.name: term for term in self.columns.values() if term.name}


@cache
def load_dictionary(path: Path = DICTIONARY) -> Dictionary:
    """Read the dictionary; raise SeedError naming the file and the key that is wrong."""
    try:
        return Dictionary.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SeedError(f"{path}: {key}: {first['msg']}") from error
