"""The reading of a sentence: what each number measures, called what, by which construction.

Numbers are read in order, and each reading leaves a thread behind: the name that a growth (增长6.9%) or an
elided clause (已建成7个) takes up. The constructions are tried from the most telling to the plainest.
"""

import re

from extract import changes, names
from extract.breakdown import of_split, tail_of_split
from extract.claims import Claim, Measure, Thread, level
from extract.clauses import Slot
from extract.dealing import Share, deal
from extract.growths import read_growth
from extract.levels import of_whole, read_level
from extract.placings import read_ranking
from extract.shares import read_progress, read_share

__all__ = ["Claim", "Measure", "Reader"]

_BEHIND_TASK = ("", "的")  # 完成全年目标(4.29亿元)的87%
_SPLIT: tuple[Measure, ...] = ("level", "change")
_RATE = re.compile(r"(?:增速|[增涨降跌]幅|(?<!自然)增长率)$")


class Reader:
    """Reads the numbers of a paragraph, sentence by sentence."""

    def __init__(self) -> None:
        self._told = Thread()
        self._split = ""

    def read(self, slots: list[Slot]) -> list[Claim | None]:
        """Return the claim of each number of a sentence; None for an ordinal that is no rank."""
        self._told.begin()
        self._split = tail_of_split(slots[0].previous, self._told.focus) if slots else ""
        shares = deal(slots)
        return [self._claim(slots, index, shares.get(index)) for index in range(len(slots))]

    def _claim(self, slots: list[Slot], index: int, share: Share | None) -> Claim | None:
        slot, told = slots[index], self._told
        if slot.quantity.form == "rank":
            return read_ranking(told, slots, index)
        told.reach(slot)
        claim = _dealt(told, slot, share) if share else None
        claim = claim or read_growth(told, slot) or _part(told, slot) or read_level(told, slots, index)
        if claim.measure == "level" and _RATE.search(claim.name) and slot.quantity.dimension == "ratio":
            claim = claim._replace(measure="change")  # a stated rate of growth is a change
        if self._split and claim.measure in _SPLIT:
            claim = claim._replace(name=of_split(claim.name, self._split))
        told.turn(claim, slot)
        return claim


def _dealt(told: Thread, slot: Slot, share: Share) -> Claim:
    """Read a number behind 分别: a growth of its own name, or a level."""
    if share.place == 0:
        told.deal(share.count)
    name = share.resolved(told.dealing, told.focus) or names.opener_name(slot.opener)
    told.dealt.append(name)
    turn = (share.place, share.count)
    dimension = slot.quantity.dimension
    change = changes.read_change(
        share.verb, relative=dimension in changes.RELATIVE, points=dimension == "points"
    )
    if change:
        name += change.of_rate if not name.endswith(("率", "比重", change.of_rate)) else ""
        return Claim(name, "change", change.sign, None, "dealt", turn)
    if share.name is None and read_progress(share.verb):
        return Claim(name, "progress", 1, None, "dealt", turn)
    measure: Measure = "change" if _RATE.search(name) else "level"
    part = of_whole(told, slot, name) if measure == "level" else None
    return Claim(part.name if part else name, measure, 1, None, "dealt", turn)


def _part(told: Thread, slot: Slot) -> Claim | None:
    """Read a share or a progress."""
    if slot.quantity.dimension != "ratio" and slot.quantity.form != "fraction":
        return None
    left = names.without_origin(slot.left)
    if progress := read_progress(left):
        return Claim(
            names.left_name(progress[0]) or told.focus or progress[1], "progress", 1, None, "progress"
        )
    if slot.left.lstrip(")") in _BEHIND_TASK and told.task:
        return Claim(told.focus, "progress", 1, None, "progress")
    if left.endswith("占"):
        part = names.left_name(left[:-1]) or names.topic(slot.previous) or told.focus
        return level(f"{part}占比", "share") if part else None
    if share := read_share(left):
        return level(f"{names.left_name(share[0]) or told.focus}占{share[1]}的比重", "share")
    return None
