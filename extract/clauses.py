"""The place of each number in its sentence: phrases left and right of it, its clause, its list."""

import re
from bisect import bisect_left
from typing import NamedTuple

from extract.numbers import Quantity

_BOUNDARY = re.compile(r"[,;:。!?()]|(?<![\d月])—|\.{3,}")
_BRACKETS = re.compile(r"\([^()]{1,20}\)")
_JOINT = re.compile(r"^(?:、|和|及|与|以及|,)$")


class Slot(NamedTuple):
    """A number in its clause. Phrases are folded text without the number itself.

    `left` begins at the clause or behind the number before; `right` ends at the clause or the next number.
    `clause_start` is the clause's offset; `opener` the phrase before the bracket that holds the
    number; `previous` the clause before, if it has no number; `joined` tells that only 、 or 和 stands
    between it and the number before; `first` that no number precedes it in its clause.
    """

    quantity: Quantity
    left: str
    right: str
    clause_start: int
    opener: str
    previous: str
    joined: bool
    first: bool
    in_bracket: bool

    @property
    def parts(self) -> bool:
        """Tell whether 其中 leads to the number."""
        return "其中" in self.left or self.previous.endswith("其中")

    @property
    def listed(self) -> bool:
        """Tell whether the number's phrase goes on a list: 、茶叶花卉3万亩."""
        return self.left.startswith("、")


def _boundaries(text: str, quantities: list[Quantity]) -> list[int]:
    """Return the offsets of clause signs outside numbers; brackets that hold no number bound nothing."""
    inside = {at for quantity in quantities for at in range(quantity.start, quantity.end)}
    inside.update(quantity.end for quantity in quantities if _goes_on(text, quantity))
    for bracket in _BRACKETS.finditer(text):
        if not any(bracket.start() < quantity.start < bracket.end() for quantity in quantities):
            inside.update(range(bracket.start(), bracket.end()))
    return [found.start() for found in _BOUNDARY.finditer(text) if found.start() not in inside]


def _goes_on(text: str, quantity: Quantity) -> bool:
    """Tell whether a ratio goes on behind one of its parts: 16.5:|47.2."""
    follows = text[quantity.end : quantity.end + 2]
    return quantity.form == "ratio" and follows[:1] == ":" and follows[1:].isdigit()


def _before(boundaries: list[int], at: int) -> int:
    """Return the offset behind the last boundary before `at`."""
    index = bisect_left(boundaries, at)
    return boundaries[index - 1] + 1 if index else 0


def slots(text: str, quantities: list[Quantity]) -> list[Slot]:
    """Return the slot of each number of a folded sentence, in order."""
    boundaries = _boundaries(text, quantities)
    found: list[Slot] = []
    last_end = 0
    for index, quantity in enumerate(quantities):
        start = _before(boundaries, quantity.start)
        boundary = bisect_left(boundaries, quantity.end)
        following = boundaries[boundary] if boundary < len(boundaries) else len(text)
        if index + 1 < len(quantities):
            following = min(following, quantities[index + 1].start)
        bracket = text[start - 1 : start] == "("
        opener = text[_before(boundaries, start - 1) : start - 1] if bracket else ""
        left = text[max(start, last_end) : quantity.start]
        found.append(
            Slot(
                quantity,
                left,
                text[quantity.end : following],
                start,
                opener,
                _numberless(text, boundaries, start, last_end),
                last_end > start
                and (
                    _JOINT.match(left) is not None or (not left and _alike(quantities[index - 1 : index + 1]))
                ),
                last_end <= start,
                _in_bracket(text, start),
            )
        )
        last_end = quantity.end
    return found


def _alike(pair: list[Quantity]) -> bool:
    """Tell whether two numbers that touch have one unit, as where a page lost the commas of a list."""
    return pair[0].written_unit == pair[1].written_unit


def _numberless(text: str, boundaries: list[int], start: int, last_end: int) -> str:
    """Return the clause that ends where another begins, or an empty string where it holds a number."""
    begin = _before(boundaries, start - 1)
    return text[begin : start - 1] if begin < start - 1 and last_end <= begin else ""


def _in_bracket(text: str, start: int) -> bool:
    """Tell whether an offset stands between brackets."""
    return text.count("(", 0, start) > text.count(")", 0, start)
