"""Canonical indicators, from `seeds/indicators.toml`: one id for the many names that offices use.

A name gets an id only where it is one of the indicator's own spellings, the unit is of its dimension and the
value is plausible: null rather than wrong. Spellings that differ in a word of the same meaning (规模以上 and
规上), in where and when (全市, 年末) or in a tail (人数, 总额) are compared as one; the words are data too.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from extract.errors import GongkaiError
from extract.units import SEEDS
from extract.wording import either

FILE = SEEDS / "indicators.toml"

# Quotation marks, blanks, bullets, footnote numbers, and notes in brackets that narrow nothing.
_MARKS = re.compile(
    r"[“”\"「」『』'‘’《》\s·•▶]|^-+|\[\d{1,3}\]"
    r"|\((?:(?:包?含|包括)[^()]*|不含农户|现价|当年价|可比价|GDP|R&D|CPI|PPI|PM2\.5|PM10|O3|AQI)\)"
)
_LONGEST = 80  # characters; no spelling is longer, and stripping a name word by word is quadratic
_GROWTH = re.compile(r"(?<![、和及])(?:增速|增幅|增长率|增长速度|增长幅度|涨幅)$")
_MADE = re.compile(r"^生产(?P<what>.{2,})")


class IndicatorsError(GongkaiError):
    """The list of canonical indicators cannot be read or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A canonical indicator: `unit` is the base unit of its first dimension, in which `low` and `high` bound
    what is plausible; a level may be of any of its `dimensions`; `better` tells which way is good.
    """

    id: str
    name: str
    dimensions: tuple[str, ...]
    unit: str
    low: Decimal
    high: Decimal
    better: Literal["up", "down"] | None

    def counts(self, dimension: str) -> bool:
        """Tell whether a level of this dimension can be of the indicator; no unit is an index."""
        return (dimension or "index") in self.dimensions

    def changes(self, dimension: str, value_base: Decimal) -> bool:
        """Tell whether a change can be told so: in %, in its own unit, and a rate or share in points.

        Points of anything else are a change of its growth, which is no change of it. A rise of an index that
        is as large as the index (价格指数 101.4 %) is the index itself.
        """
        if dimension == "points":
            return "ratio" in self.dimensions
        if "index" in self.dimensions and self.low <= value_base <= self.high:
            return False
        return dimension in ("ratio", "doubling") or self.counts(dimension)


@dataclass(frozen=True, slots=True)
class Wording:
    """How names are compared: words of one meaning, the words in front, and the tails by dimension."""

    same: Mapping[str, str]
    inside: re.Pattern[str]
    lead: re.Pattern[str]
    added: re.Pattern[str]
    tails: Mapping[str, frozenset[str]]

    def key(self, name: str) -> str:
        """Return the form in which names are compared."""
        return self.inside.sub(lambda found: self.same[found.group()], _MARKS.sub("", name))

    def forms(self, key: str) -> Iterator[str]:
        """Yield what a key may stand for, the surest first: as it is, without its lead, 新建 as 新增,
        生产原油 as 原油产量.
        """
        yield key
        while key != (key := self.lead.sub("", key, count=1)):
            yield key
        if found := self.added.match(key):
            yield f"新增{key[found.end() :]}"
        if found := _MADE.match(key):
            yield f"{found['what']}产量"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The file, read: its indicators by every spelling and its key, and how names are compared."""

    indicators: Mapping[str, Indicator]
    wording: Wording

    def find(self, name: str) -> Indicator | None:
        """Return the indicator that a name is one of the spellings of."""
        for form in self.wording.forms(self.wording.key(name)):
            if indicator := self.indicators.get(form) or self._without_tail(form):
                return indicator
        return None

    def _without_tail(self, form: str) -> Indicator | None:
        for tail, dimensions in self.wording.tails.items():
            if form.endswith(tail):
                indicator = self.indicators.get(form[: -len(tail)])
                if indicator and indicator.dimensions[0] in dimensions:
                    return indicator
        return None


def _wording(names: Mapping[str, Any]) -> Wording:
    tails: dict[str, set[str]] = {}
    for dimension, words in names.get("tails", {}).items():
        for word in words:
            tails.setdefault(word, set()).add(dimension)
    same = names.get("same", {})
    return Wording(
        same,
        _pattern(same),
        _pattern(names.get("lead", ()), "^"),
        _pattern(names.get("added", ()), "^"),
        {word: frozenset(tails[word]) for word in sorted(tails, key=len, reverse=True)},
    )


def _pattern(words: Collection[str], before: str = "") -> re.Pattern[str]:
    """Return a pattern of any of the words; of none it matches nothing."""
    return re.compile(before + either(words) if words else r"(?!)")


def _indicator(row: Mapping[str, Any]) -> Indicator:
    low, high = (Decimal(str(bound)) for bound in row.get("range", ("-Infinity", "Infinity")))
    dimensions = (row["dimension"], *row.get("also", ()))
    return Indicator(row["id"], row["name"], dimensions, row["unit"], low, high, row.get("better"))


@cache
def load(path: Path = FILE) -> Catalogue:
    """Load the catalogue once. Raises IndicatorsError naming the file and the fault."""
    found: dict[str, Indicator] = {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        wording = _wording(content.get("names", {}))
        for row in content["indicator"]:
            indicator = _indicator(row)
            spellings = (row["name"], *row.get("aliases", ()))
            keys = [wording.key(name) for name in spellings]
            for name, key in zip(spellings, keys, strict=True):
                if key in found or keys.count(key) > 1:
                    raise IndicatorsError(f"{path}: {name} stands twice; keep one")
            found |= dict.fromkeys((*spellings, *keys), indicator)
    except (OSError, KeyError, ValueError, ArithmeticError) as error:
        raise IndicatorsError(f"{path}: cannot be read as indicators ({error}); mend the file") from error
    return Catalogue(found, wording)


def catalogue(path: Path = FILE) -> Mapping[str, Indicator]:
    """Return the indicators by every spelling: as the file writes it, and as names are compared.

    Raises IndicatorsError naming the file and the fault.
    """
    return load(path).indicators


@lru_cache(maxsize=8192)
def _known(name: str) -> tuple[Indicator | None, bool]:
    """Return the indicator of a name, and whether the name is of its growth (地区生产总值增速)."""
    if len(name) > _LONGEST:
        return None, False
    if indicator := load().find(name):
        return indicator, False
    bare = _GROWTH.sub("", name)
    return (load().find(bare), True) if bare != name else (None, False)


def indicator_id(name: str, measure: str, dimension: str, value_base: Decimal) -> str | None:
    """Return the id of a canonical indicator for a record, or None.

    `dimension` is that of the unit, an empty string where there is none. A level must have a dimension of the
    indicator and lie in its plausible range; a change must be in a unit that its changes are told in; a rank
    or progress needs the name only. 地区生产总值增速 of 5 % is a change of `gdp`; ranked, or changed in
    points, it is `gdp_growth`.
    """
    indicator, growth = _known(name)
    if indicator is None:
        return None
    if growth and not (measure == "change" and dimension == "ratio"):
        return _growth_id(indicator, measure, dimension)
    if measure == "level":
        plausible = indicator.low <= value_base <= indicator.high
        return indicator.id if indicator.counts(dimension) and plausible else None
    if measure == "change":
        return indicator.id if indicator.changes(dimension, value_base) else None
    return indicator.id


def _growth_id(indicator: Indicator, measure: str, dimension: str) -> str | None:
    """Return the id of an indicator's growth where it is ranked or changes in points; a rate has none."""
    told = measure == "rank" or (measure == "change" and dimension == "points")
    return f"{indicator.id}_growth" if told and "ratio" not in indicator.dimensions else None
