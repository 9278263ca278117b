"""Numbers dealt out by 分别, in order: to the names before it in the clause, or to the levels told before."""

import re
from dataclasses import dataclass

from extract.changes import without_base
from extract.clauses import Slot
from extract.enumeration import parts_of
from extract.names import left_name
from extract.period import mentions

_RATE = re.compile(r"^(?:增速|增幅)$")
_VERB = re.compile(r"^(?:年均|同比|环比)?(?:增长|增加|提高|提升|下降|减少)[到至]?$")
_DEALT = re.compile(r"^(?P<names>.*?)(?P<by>同比|环比)?分别(?P<verb>.*)$")


@dataclass(frozen=True, slots=True)
class Share:
    """One number of a deal: its place among `count`, the verb, and its name.

    The name is None where the deal takes up levels told before, with `tail` (增速) behind them.
    """

    name: str | None
    place: int
    count: int
    verb: str
    tail: str = ""

    def resolved(self, levels: list[str], focus: str) -> str:
        """Return the name: the own one, the level at the same place of the last `count`, or the focus."""
        if self.name is not None:
            return self.name
        level = levels[-self.count :][self.place] if len(levels) >= self.count > 1 else focus
        return level + self.tail


def deal(slots: list[Slot]) -> dict[int, Share]:
    """Find the numbers dealt out in a sentence: by index, the share of each.

    As many numbers again that bring no name of their own go on with a deal: 分别由3元、4元增加到6元、9元.
    """
    shares: dict[int, Share] = {}
    first = dealt = 0
    while first < len(slots):
        last = _last_joined(slots, first)
        count = last - first + 1
        told = _DEALT.match(slots[first].left)
        if told:
            shares.update(zip(range(first, last + 1), _told(told, count), strict=True))
        elif count == dealt > 1 and _goes_on(slots[first : last + 1]):
            verb = slots[first].left.lstrip("、")
            shares.update({first + place: Share(None, place, count, verb) for place in range(count)})
        dealt = count if first in shares else 0
        first = last + 1
    return shares


def _told(deal: re.Match[str], count: int) -> list[Share]:
    """Return the shares of a deal that 分别 tells."""
    verb = (deal["by"] or "") + deal["verb"]
    listing = left_name(without_base(deal["names"]))
    if _RATE.match(listing) and not mentions(deal["names"]):
        return [Share(None, place, count, verb, "增速") for place in range(count)]
    named = (parts_of(listing, count) or [listing] * count) if listing else [None] * count
    return [Share(named[place], place, count, verb) for place in range(count)]


def _goes_on(run: list[Slot]) -> bool:
    """Tell whether a run of numbers of one unit brings no name."""
    name = left_name(without_base(run[0].left))
    return len({slot.quantity.written_unit for slot in run}) == 1 and (not name or bool(_VERB.match(name)))


def _last_joined(slots: list[Slot], first: int) -> int:
    """Return the index of the last number joined to the one at `first`."""
    last = first
    while last + 1 < len(slots) and slots[last + 1].joined:
        last += 1
    return last
