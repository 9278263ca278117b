"""What one cell of a table says as a number: sign, separators, footnotes, its own unit, or no value at all.

A cell is a number as a whole or it is none: 12 个街道 in a cell of text is for the prose reader. Cells are
folded first (`fold`), so patterns know half-width signs only.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.fold import Folded, fold
from extract.numerals import MAGNITUDES
from extract.units import Unit, lexicon

_NUMBER = r"\d{1,3}(?:[, ]\d{3}){1,5}(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?"
_VALUE = re.compile(
    r"(?P<bracket>\()?(?:同比|环比)?(?P<verb>增长|上升|提高|增加|上涨|下降|减少|回落|降低|下跌)?(?P<arrow>[↑↓▲▼△])?"
    rf"(?P<number>(?P<sign>[-+—])?(?:{_NUMBER}))(?P<unit>[^\d()\[\]*↑↓▲▼△注①-⑩]{{1,12}})?(?P<after>[↑↓▲▼△])?"
    r"(?P<close>\))?(?:\[\d{1,2}\]|\(\d\)|[①-⑩*]|\(?注\d?\)?){0,2}"
)
_RANGE = re.compile(
    rf"(?P<low>[-+]?(?:{_NUMBER}))%?(?:[-~～—至到]|--)(?P<high>(?:{_NUMBER}))(?P<unit>[^\d()\[\]-]{{1,12}})?"
)
_PLAIN_LOW = 100  # 3560-3570 is a range, 1-6 may be months
_RANK = re.compile(r"(?:并列)?第?(?P<number>\d{1,3})(?:位|名)?")
_NO_VALUE = re.compile(r"[-—─]{1,4}|…{1,3}|\.{3,6}|/|[*×]{1,3}|持平|#+|无")
_DOWN = ("下降", "减少", "回落", "降低", "下跌", "↓", "▼")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PERCENT = re.compile(r"[±+\-/]{0,3}(?P<unit>%|‰|个?百分点|个?千分点)")
_CELL_MAX = 40  # characters of a cell that can be a number
_LARGE = re.compile("|".join(sorted(MAGNITUDES, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class TableUnit:
    """A unit as a table writes it, with its 万 or 亿; `unit` is None where no lexicon knows it."""

    written: str
    magnitude: str
    unit: Unit | None

    def alike(self, other: "TableUnit") -> bool:
        """Tell whether both units are of one dimension."""
        return self.unit is None or other.unit is None or self.unit.dimension == other.unit.dimension


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell's number: its place in the cell (code points), signed value and own unit, if it has one.

    `value_max` is the upper end of a range (3560-3570), of which `value` is the lower.
    """

    start: int
    end: int
    value: Decimal
    unit: TableUnit | None
    value_max: Decimal | None = None


@lru_cache(maxsize=4096)
def unit_of(text: str) -> TableUnit | None:
    """Read a text that is a unit and nothing else (万千瓦时, ±%, 亿元/平方公里), else return None."""
    text = text.strip()
    if not text or len(text) > _CELL_MAX:
        return None
    bare = "".join(fold(text).text.split())
    percent = _PERCENT.fullmatch(bare)
    if percent:
        written = percent["unit"].removeprefix("个")
        written = "个" + written if written.endswith("点") else written
        return TableUnit(written, "", lexicon().units[written])
    large = _LARGE.match(bare)
    for magnitude in (large.group(), "") if large else ("",):
        found = lexicon().match(bare, len(magnitude))
        if found and found.end == len(bare):
            return TableUnit(bare, magnitude, found.unit)
    return None


@lru_cache(maxsize=4096)
def has_no_value(text: str) -> bool:
    """Tell whether a cell says that there is no number: —, …, 持平, or nothing at all."""
    bare = "".join(text.split())
    return not bare or (len(bare) <= 6 and _NO_VALUE.fullmatch(fold(bare).text) is not None)


def is_year(text: str) -> bool:
    """Tell whether a cell is a bare year, which is no amount in a head or a first column."""
    return _YEAR.fullmatch("".join(text.split())) is not None


@lru_cache(maxsize=4096)
def read_amount(text: str, *, rank: bool = False) -> Amount | None:
    """Read a cell that is one number, with `rank` also 第3位; None for any other text.

    Negative are −5.2, —5.2, (5.2), 下降5.2 and ↓5.2; (5) may be a rank or a note and is none.
    """
    if len(text) > _CELL_MAX or not any(map(str.isdigit, text)):
        return None
    folded = fold(text)
    found = (_RANK if rank else _VALUE).fullmatch(folded.text.strip())
    if found is None:
        return None if rank else _read_range(folded)
    if rank:
        return Amount(*folded.span(*found.span("number")), Decimal(found["number"]), None)
    unit = unit_of(found["unit"]) if found["unit"] else None
    if (found["unit"] and unit is None) or bool(found["bracket"]) != bool(found["close"]):
        return None
    if found["bracket"] and "." not in found["number"]:
        return None
    start, end = folded.span(found.start("number"), found.end("unit") if unit else found.end("number"))
    marks = (found["verb"], found["arrow"], found["after"], found["sign"])
    negative = found["bracket"] or any(mark in (*_DOWN, "-", "—") for mark in marks if mark)
    value = _decimal(found["number"].lstrip("+-—"))
    return Amount(start, end, -value if negative else value, unit)


def _read_range(folded: Folded) -> Amount | None:
    """Read a cell that is a range: 8.1-8.6, 3560-3570, 8%-9%.

    None are 1-6 (months), 2019-2020 (years), 0755-8888 (a telephone) and 0-14岁 (a class).
    """
    found = _RANGE.fullmatch(folded.text.strip())
    if found is None:
        return None
    low, high = _decimal(found["low"]), _decimal(found["high"])
    unit = unit_of(found["unit"]) if found["unit"] else None
    plain = "." in found["low"] + found["high"] or unit is not None or low >= _PLAIN_LOW
    if low >= high or not plain or (found["unit"] and unit is None) or is_year(found["low"]):
        return None
    if re.match(r"0\d", found["low"]) or (unit and unit.unit and unit.unit.dimension == "age"):
        return None
    start, end = folded.span(found.start("low"), found.end("unit") if unit else found.end("high"))
    return Amount(start, end, low, unit, high)


def _decimal(number: str) -> Decimal:
    return Decimal(re.sub(r"[, +]", "", number))
