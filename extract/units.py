"""Units as data: `seeds/units.toml` gives spellings, dimensions and factors; the rest composes by rule.

A unit as written is an optional magnitude (万, 亿), a spelling of the lexicon, and optionally `/` with a
second one: 万平方米, 亿元/平方公里, 吨标准煤/万元. The base unit of a quotient is the quotient of the bases.
"""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from extract.errors import GongkaiError
from extract.numerals import MAGNITUDES

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class UnitsError(GongkaiError):
    """The unit lexicon cannot be read or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A spelling: its dimension, its base unit, and how many base units one of it is."""

    spelling: str
    dimension: str
    base: str
    factor: Decimal


class WrittenUnit(NamedTuple):
    """A unit found in text: as written without its magnitude, where it ends, and its meaning."""

    written: str
    end: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All units by spelling, and the patterns that find them: alone, doubled as in 台(套), below a stroke."""

    units: dict[str, Unit]
    simple: re.Pattern[str]
    double: re.Pattern[str]
    divisor: re.Pattern[str]

    def match(self, text: str, at: int) -> WrittenUnit | None:
        """Find the longest unit that begins at an offset of a folded text."""
        found = self.simple.match(text, at)
        if found is None:
            return None
        unit = self.units[found.group()]
        if double := self.double.match(text, found.end()):
            return WrittenUnit(text[at : double.end()], double.end(), unit)
        below = self.divisor.match(text, found.end())
        if below is None:
            return WrittenUnit(found.group(), found.end(), unit)
        return WrittenUnit(text[at : below.end()], below.end(), self._quotient(unit, below))

    def _quotient(self, above: Unit, below: re.Match[str]) -> Unit:
        divisor = self.units[below["unit"]]
        factor = above.factor / (divisor.factor * MAGNITUDES.get(below["magnitude"] or "", Decimal(1)))
        return Unit(
            f"{above.spelling}{below.group()}",
            f"{above.dimension}/{divisor.dimension}",
            f"{above.base}/{divisor.base}",
            factor,
        )


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _read(path: Path) -> tuple[dict[str, Unit], dict[str, str]]:
    """Read the lexicon file: units by spelling, and the characters that may not follow one."""
    units: dict[str, Unit] = {}
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        for group in content["dimension"]:
            for spelling, factor in group["units"].items():
                if spelling in units:
                    raise UnitsError(f"{path}: {spelling} stands twice; keep one")
                units[spelling] = Unit(spelling, group["name"], group["base"], Decimal(str(factor)))
    except (OSError, KeyError, ArithmeticError, tomllib.TOMLDecodeError) as error:
        raise UnitsError(f"{path}: cannot be read as a unit lexicon ({error}); mend the file") from error
    return units, content.get("guards", {})


def _guard(word: str, guards: dict[str, str]) -> str:
    """Return the pattern of what must not follow a spelling: kW is no unit in kWx, 方 none in 方面."""
    if word[-1].isascii() and word[-1].isalnum():
        return "(?![A-Za-z0-9])"
    return f"(?![{re.escape(guards[word])}])" if word in guards else ""


@cache
def lexicon(path: Path = SEEDS / "units.toml") -> Lexicon:
    """Load the unit lexicon once. Raises UnitsError that names the file and the fault."""
    units, guards = _read(path)
    words = _alternatives(list(units))
    spellings = sorted(
        (u.spelling for u in units.values() if u.dimension != "duration-part"), key=len, reverse=True
    )
    plain = "|".join(re.escape(word) + _guard(word, guards) for word in spellings)
    magnitudes = _alternatives(list(MAGNITUDES))
    return Lexicon(
        units,
        re.compile(plain),
        re.compile(rf"\((?:{words})\)"),
        re.compile(rf"/(?P<magnitude>{magnitudes})??(?P<unit>{words})"),
    )


def to_base(value: Decimal, magnitude: str, unit: Unit | None) -> tuple[Decimal, str | None]:
    """Return a value in base units, exactly, and the base unit: 46.3 亿 元 is 4630000000 元."""
    scaled = value * MAGNITUDES.get(magnitude, Decimal(1))
    if unit is None:
        return scaled, None
    return scaled * unit.factor, unit.base
