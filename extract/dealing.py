"""Numbers dealt out by 分别, in order: to the names before it in the clause, or to the levels told before."""

import re
from dataclasses import dataclass, replace

from extract.changes import RELATIVE, read_change, without_base
from extract.claims import without_work
from extract.clauses import Slot
from extract.enumeration import opened, parts_of
from extract.names import left_name, topic
from extract.period import mentions
from extract.shares import read_progress, read_share

_SPEED = "增速"
_RATE = re.compile(r"^(?:增速|增幅)$")
_IS_ATTRIBUTE = re.compile(r"^(?:总?(?:里程|面积|产值|投资)|总量|总额|规模|产量|单产|投资额|占比|增幅)$")
_OF_RATE = re.compile(r"^(?:增速|增幅)(?:与|和|$)")
_RATE_THAN = re.compile(r"^(增速|增幅)[比较][^,;]{2,20}$")
_RATE_OF = re.compile(r"(?<=..)(?:增速|[增涨降跌]幅)$")
_VERB = re.compile(r"^(?:年均|同比|环比)?(?:增长|增加|提高|提升|下降|减少)[到至]?$")
_SHARE_OF = re.compile(r"^占[^,;、]{1,12}?的?(?:比重|比例)")
_KINDS = re.compile(r"^(?:产品|商品|行业|类|产业){1,2}")
_PULLED = re.compile(r"(?:向上|负向|共同)?[拉带]动[^,;]{1,16}?(?:增长|提升|上升|下降)|[上下]拉[^,;]{1,16}")
_TURN = re.compile(r"^[、和及]{1,2}(?:同比)?(?P<verb>增长|下降|上升|提高|降低|回落|增加|减少|下滑)$")
_EQUALS = re.compile(r"(?:为|达到?|是)$")
_LONGEST_ATTRIBUTE = 4  # characters
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
        thing = level if self.tail in ("", _SPEED) else without_work(level)
        return thing.removesuffix(self.tail) + self.tail


def deal(slots: list[Slot]) -> dict[int, Share]:
    """Find the numbers dealt out in a sentence: by index, the share of each.

    分别 tells a deal; without it as many names as numbers make one, and as many numbers again that bring no
    name go on with it (分别由3元、4元增加到6元、9元).
    """
    shares: dict[int, Share] = {}
    first = dealt = 0
    while first < len(slots):
        told = _DEALT.match(slots[first].left)
        last = _last_joined(slots, first, turns=told is not None)
        count = last - first + 1
        if told:
            dealt_out = _told(told, count, slots[first].previous)
            shares.update(zip(range(first, last + 1), _turned(dealt_out, slots[first:]), strict=True))
        elif count > 1:
            run = slots[first : last + 1]
            dealt = count if _told_one_by_one(slots[:first], run) else dealt
            shares.update(zip(range(first, last + 1), _untold(run, dealt), strict=False))
        dealt = count if first in shares else 0
        first = last + 1
    return shares


def _told(deal: re.Match[str], count: int, before: str) -> list[Share]:
    """Return the shares of a deal that 分别 tells; the clause before may have its names."""
    verb = (deal["by"] or "") + deal["verb"]
    listing = left_name(_RATE_THAN.sub(r"\1", without_base(deal["names"])))
    if _RATE.match(listing) and (_RATE_THAN.match(deal["names"]) or not mentions(deal["names"])):
        return [Share(None, place, count, verb, _SPEED) for place in range(count)]
    if _VERB.match(listing):
        listing, verb = "", listing
    if not listing and count > 1:
        about = topic(before)
        if _OF_RATE.match(about):
            return [Share(None, place, count, verb, _SPEED) for place in range(count)]
        told = parts_of(about, count)
        if not told and mentions(deal["names"]) and read_change(verb, relative=True, points=True) is None:
            return [Share(left_name(verb) or None, place, count, "") for place in range(count)]
        return [Share(name, place, count, verb) for place, name in enumerate(told or [None] * count)]
    shared = _attributed(listing, count, before)
    if not (shared or before) and count > 1 and _IS_ATTRIBUTE.match(listing):
        return [Share(None, place, count, verb, listing) for place in range(count)]
    named = shared or _listed(deal["names"], count) or parts_of(listing, count) or [listing] * count
    rate = _RATE_OF.search(listing)
    if rate and count > 1 and (rated := parts_of(listing[: rate.start()], count)):
        return [Share(name + rate.group(), place, count, "") for place, name in enumerate(rated)]
    pulled = _PULLED.match(verb)
    named = [name + pulled.group() for name in named] if pulled else named
    if share := read_share(verb):
        return [Share(f"{name}占{share[1]}的比重", place, count, "") for place, name in enumerate(named)]
    return [Share(named[place], place, count, verb) for place in range(count)]


def _attributed(attribute: str, count: int, before: str) -> list[str]:
    """Return the names whose attribute alone stands here: 废气、污水处理,处理率 is 废气处理率, 污水处理率."""
    parts = parts_of(topic(before), count) if len(attribute) <= _LONGEST_ATTRIBUTE else []
    if not parts:
        return []
    parts[-1] = parts[-1].split(attribute[:2])[0] or parts[-1]
    return [part + attribute for part in parts]


def _listed(names: str, count: int) -> list[str]:
    """Return the names that 等 ends, with the head behind it: 铝、铜等产品产量 is 铝产量 and 铜产量."""
    listing, _, tail = names.rpartition("等")
    parts = listing.split("、")
    if len(parts) != count or count < 2 or "、" in tail:
        return []
    return [(left_name(part) or part) + _KINDS.sub("", tail, count=1) for part in parts]


def _untold(run: list[Slot], dealt: int) -> list[Share]:
    """Return the shares of a run of numbers of one unit without 分别; empty where each stands for itself.

    Either the run brings as many names (小学、中学在校生2万人、1万人) or none and goes on with a deal.
    """
    count, verb = len(run), run[0].left.lstrip("、")
    if run[0].quantity.form in ("ratio", "rank"):
        return []
    if len({slot.quantity.written_unit for slot in run}) > 1:
        listing = left_name(verb)
        names = opened(listing, count) or (parts_of(listing, count) if _EQUALS.search(verb) else [])
        return [Share(name, place, count, "") for place, name in enumerate(names)]
    dimension = run[0].quantity.dimension
    change = read_change(verb, relative=dimension in RELATIVE, points=dimension == "points")
    name = left_name(change.name if change else without_base(verb))
    if not name or _VERB.match(name):
        return [Share(None, place, count, verb) for place in range(count)] if count == dealt else []
    progress = read_progress(verb)
    if progress and not progress[0]:
        return [Share(None, place, count, verb) for place in range(count)]
    if count == dealt and (share := _SHARE_OF.match(name)):
        return [Share(None, place, count, "", share.group()) for place in range(count)]
    verb = verb if change else ""
    return [Share(each, place, count, verb) for place, each in enumerate(parts_of(name, count))]


def _told_one_by_one(before: list[Slot], run: list[Slot]) -> bool:
    """Tell whether as many numbers of the same unit came before, each with its name."""
    last = before[-len(run) :]
    units = {slot.quantity.written_unit for slot in (*last, *run)}
    return len(last) == len(run) > 1 == len(units) and not any(slot.joined for slot in last)


def _last_joined(slots: list[Slot], first: int, *, turns: bool) -> int:
    """Return the index of the last number joined to the one at `first`.

    With `turns` a verb may stand between: 分别增长3%和下降2%.
    """
    last = first
    while last + 1 < len(slots) and (slots[last + 1].joined or (turns and _TURN.match(slots[last + 1].left))):
        last += 1
    return last


def _turned(shares: list[Share], slots: list[Slot]) -> list[Share]:
    """Give each share the verb that stands before its own number."""
    turns = [_TURN.match(slots[share.place].left) for share in shares]
    return [
        replace(share, verb=turn["verb"]) if turn else share
        for share, turn in zip(shares, turns, strict=True)
    ]
