"""Ranks as claims: whose rank it is, and of ranks in a list which is whose."""

import re
from itertools import takewhile

from extract import names
from extract.claims import Claim, Thread
from extract.clauses import Slot
from extract.enumeration import merged, parts_of
from extract.ranks import read_rank, scope_in

_ASPECT = re.compile(
    r"^(?:(?:(?:累计)?(?:新增|培育|认定)数|数量|完成率|总量|增速|增幅|降幅|涨幅|增量|规模|总数|成绩|得分|排名|排位)(?:和|、|及)?){0,3}$"
)
_ASPECT_TAIL = re.compile(r"(?:总量|数量|增速|增幅|规模)$")
_DEALT = re.compile(r"^(?:均|也)?分别")
_PLACED = re.compile(r"(?:排位|排名|位次|名次)$")


def read_ranking(told: Thread, slots: list[Slot], index: int) -> Claim | None:
    """Read a rank; of ranks joined by 、 (位列全镇第五、第三) the first tells names and scope of all."""
    slot = slots[index]
    if slot.joined and told.ranks:
        return told.ranks.pop(0)
    rank = read_rank(slot.left, slot.right)
    if rank is None:
        return None
    count = 1 + sum(1 for _ in takewhile(lambda other: other.joined, slots[index + 1 :]))
    name = names.left_name(rank.name)
    name = names.last_told(name) if count == 1 else name
    if not name:
        name = told.ranked if slot.listed and told.was_rank else told.rate or told.focus or rank.scope or ""
    dealt = told.levels[-count:] if count > 1 and _DEALT.match(slot.left) else []
    ranked = dealt or [_named_rank(told, each) for each in parts_of(name, count) or [name] * count]
    told.ranks = [Claim(each, "rank", 1, rank.scope, "rank") for each in ranked]
    told.ranked, told.was_rank = ranked[0], True
    return told.ranks.pop(0)


def _named_rank(told: Thread, name: str) -> str:
    """Name what is ranked: 增速 alone is that of the focus."""
    about = (told.thing() if name.endswith("数") else told.focus) or _ASPECT_TAIL.sub("", told.ranked)
    return merged(about, name) if _ASPECT.match(name) and about else name


def is_placing(name: str) -> bool:
    """Tell whether a name is that of a rank: 在全国城市的排位."""
    return _PLACED.search(name) is not None


def read_placed(told: Thread, left: str) -> Claim:
    """Read a rank that is told as a number: 在全国城市的排位由53位升至47位."""
    if left:
        told.ranked, told.scope = told.focus or left, scope_in(left)
    return Claim(told.ranked, "rank", 1, told.scope, "rank")
