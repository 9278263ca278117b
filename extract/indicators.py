"""Canonical indicators, from `seeds/indicators.toml`: one id for the many names that offices use.

A name gets an id only where it is one of the indicator's own spellings and the unit is of its dimension: null
rather than wrong.
"""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from extract.errors import GongkaiError
from extract.units import SEEDS
from extract.wording import either, words

_NOISE = re.compile(r"[“”\"「」'‘’\s]|^(?:全[市区省县街]|[省市区县]?本级|辖区)|常住(?=居民)")
_DONE = re.compile(rf"^{either(words('work')['done'])}{{1,2}}")


class IndicatorsError(GongkaiError):
    """The list of canonical indicators cannot be read or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A canonical indicator: `unit` is the base unit of its dimension, in which `low` and `high` bound what
    is plausible; `better` tells which way is good.
    """

    id: str
    name: str
    dimension: str
    unit: str
    low: Decimal
    high: Decimal
    better: Literal["up", "down"] | None


def _key(name: str) -> str:
    return _NOISE.sub("", name)


@cache
def catalogue(path: Path = SEEDS / "indicators.toml") -> dict[str, Indicator]:
    """Load the indicators by every spelling of their names.

    Raises IndicatorsError naming the file and the fault.
    """
    found: dict[str, Indicator] = {}
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["indicator"]
        for row in rows:
            low, high = (Decimal(str(bound)) for bound in row.get("range", ("-Infinity", "Infinity")))
            indicator = Indicator(
                row["id"], row["name"], row["dimension"], row["unit"], low, high, row.get("better")
            )
            for name in (row["name"], *row.get("aliases", ())):
                if _key(name) in found:
                    raise IndicatorsError(f"{path}: {name} stands twice; keep one")
                found[_key(name)] = indicator
    except (OSError, KeyError, ValueError, ArithmeticError) as error:
        raise IndicatorsError(f"{path}: cannot be read as indicators ({error}); mend the file") from error
    return found


def indicator_id(name: str, measure: str, dimension: str, value_base: Decimal) -> str | None:
    """Return the id of a canonical indicator for a record, or None.

    A verb that only says the thing was done (办结, 建成) is no part of its name. A level must have the
    indicator's dimension and lie in its plausible range; a change or rank needs the name only.
    """
    key = _key(name)
    indicator = catalogue().get(key) or catalogue().get(_DONE.sub("", key))
    if indicator is None:
        return None
    if measure != "level":
        return indicator.id
    if dimension != indicator.dimension:
        return None
    return indicator.id if indicator.low <= value_base <= indicator.high else None
