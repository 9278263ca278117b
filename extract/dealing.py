"""Numbers dealt out by 分别, in order: to the names before it in the clause, or to the levels told before."""

import re
from dataclasses import dataclass

from extract.changes import without_base
from extract.clauses import Slot
from extract.enumeration import parts_of
from extract.names import left_name

_DEALT = re.compile(r"^(?P<names>.*?)(?:同比|环比)?分别(?P<verb>.*)$")


@dataclass(frozen=True, slots=True)
class Share:
    """One number of a deal: its place among `count`, the verb, and its name.

    The name is None where the deal takes up levels told before.
    """

    name: str | None
    place: int
    count: int
    verb: str

    def resolved(self, levels: list[str], focus: str) -> str:
        """Return the name: the own one, the level at the same place of the last `count`, or the focus."""
        if self.name is not None:
            return self.name
        return levels[-self.count :][self.place] if len(levels) >= self.count > 1 else focus


def deal(slots: list[Slot]) -> dict[int, Share]:
    """Find the numbers behind each 分别 of a sentence: by index, the share of each."""
    shares: dict[int, Share] = {}
    for first, slot in enumerate(slots):
        found = _DEALT.match(slot.left)
        if found is None:
            continue
        last = first
        while last + 1 < len(slots) and slots[last + 1].joined:
            last += 1
        count = last - first + 1
        named = _names(found["names"], count)
        for place in range(count):
            shares[first + place] = Share(named[place] if named else None, place, count, found["verb"])
    return shares


def _names(listing: str, count: int) -> list[str]:
    listing = left_name(without_base(listing))
    return (parts_of(listing, count) or [listing] * count) if listing else []
