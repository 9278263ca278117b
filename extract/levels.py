"""Levels as claims: their names stand left of the number, right of its unit, or in a clause before."""

import re

from extract import changes, names
from extract.claims import Claim, Thread, level, without_work
from extract.clauses import Slot
from extract.enumeration import carried_tail, merged, shared_tail, with_tail_of
from extract.naming import left_of, right_of
from extract.placings import is_placing, read_placed
from extract.wording import either, words

_INVESTED = re.compile(r"(?:计划|预计|估算|概算)?(?:总投资|投资)(?:额|总额)?$")
_MONEY_NAME = re.compile(either(words("tails")["money"]) + "$")
_COMPLETED = re.compile(r"^(?:完成率|完成度|完成比例|执行率|完成进度)$")
_BARE = re.compile(r"^(?:增加值|总?产值|产量|总产|单产|收入|营业收入|销售额|销量|面积|总量|利润|税收)$")
_ATTRIBUTE = re.compile(r"^(?:增加值|总?产值|产量|总产|单产|出栏|存栏|面积)$")
_HELD = re.compile(either(words("counted")["held"]) + "(?:数|人数)?$")
_CLASS = re.compile(r"[万亿](?:元|美元)?及?以[上下]$")
_NOUN = re.compile(either(words("counted")["nouns"]) + "$")
_DIGIT = re.compile(r"\d")
_FLOW = re.compile(
    r"(?:增加值|总?产值|零售总?额|固定资产投资|收入|销售额|营业额|进出口总?额|用电量|产量|吞吐量|周转量)(?:为|达|达到)?$"
)
# Longer names of parts stand by themselves, but for two branches (批发业及零售业); work is no part.
_PART = re.compile(
    rf"^(?!{either(words('work')['verbs'])})(?:.{{1,5}}|[^、及和]{{1,5}}业[、及和][^、及和]{{1,5}}业)$"
)
_LONGEST_CROP = 6  # characters
_IS_DONE = re.compile(r"^(?:即将|已经|正在|全部|全面|陆续|有望)")  # says how far what was counted has come
_TOTAL = re.compile(r"总[数量计]|累计|共有|[存保]有?量")
_ALL = 100  # percent
_TASK = re.compile(
    r"^(?:为|占|完成)[^,;]{0,12}?(?P<task>(?:全年|年度|年初|[上下]半年|半年)?(?:预算)?(?:任务|目标|计划|预算)(?:任务)?)数?(?:的)?$"
)
_REACHED = re.compile(r"(?:达到|达|实现|为|至|到|突破|在)$")
_MODIFIERS = frozenset(word for kind in ("level", "size", "ownership") for word in words("modifiers")[kind])
_LEVELS = re.compile(r"(?:[省市区县镇]级及?以上|各级)(?:的)?")
_RANKS = frozenset(word for word in words("modifiers")["level"] if word.endswith("级"))
_RANK = re.compile(either(_RANKS))
_ONLY_WORK = re.compile(rf"^{either(words('work')['verbs'])}{{1,2}}$")


def read_level(told: Thread, slots: list[Slot], index: int) -> Claim:
    """Read a level: its name stands left of the number, right of its unit, or in a clause before."""
    slot = slots[index]
    in_own_bracket = slot.in_bracket and not slot.left  # 完成年度目标(52亿元)的
    task = _TASK.match(slot.opener if in_own_bracket else slot.left)
    told.task = task is not None and (in_own_bracket or slot.right.startswith("的"))
    if task and told.task:
        return Claim(told.focus + task["task"], "level", 1, None, "progress")
    quantity = slot.quantity
    if quantity.dimension in ("ratio", "points") or (quantity.unit is None and not quantity.magnitude):
        return _rate(told, slots, index)
    right = right_of(told, slots, index)
    if right.startswith("相比"):
        return level(told.focus or left_of(told, slot), "elided")
    if quantity.dimension.startswith("money"):
        return _money(told, slot, left_of(told, slot), right)
    noun = right and not names.begins_with_predicate(right)
    if noun and quantity.written_unit != "位" and not slot.right.startswith("的"):
        return level(right, "right")
    left = left_of(told, slot)
    if quantity.written_unit == "位" and (is_placing(left) or (not left and told.was_rank)):
        return read_placed(told, left)
    if noun and not slot.right.startswith("的"):
        return level(right, "right")
    reached = left and slot.right.startswith("的") and _REACHED.search(slot.left)
    return level(right, "right") if noun and not reached else _beside(told, slot, left, right)


def _rate(told: Thread, slots: list[Slot], index: int) -> Claim:
    """Read a rate, a ratio or an index: its name stands left of it, seldom right (98%的社区)."""
    slot = slots[index]
    left = left_of(told, slot)
    if _COMPLETED.match(left) and told.focus:
        return Claim(told.focus + left, "progress", 1, None, "progress")
    is_ratio = slot.quantity.form == "ratio"
    leads = slot.left == "" and not slot.joined and not is_ratio
    right = right_of(told, slots, index) if not is_ratio and (leads or not told.focus) else ""
    return _beside(told, slot, left, right)


def _money(told: Thread, slot: Slot, left: str, right: str) -> Claim:
    invested = _INVESTED.search(slot.left)
    if invested and (slot.right.startswith("的") or not left):
        return level(invested.group(), "invested")
    noun = right and not names.begins_with_predicate(right) and not slot.right.startswith("的")
    if noun and len(left) <= 3 and not _MONEY_NAME.search(left):
        return level(right, "right")
    return _beside(told, slot, left, right)


def _beside(told: Thread, slot: Slot, left: str, right: str) -> Claim:
    """Name a level by its left phrase, else its right one, else by what the text before is about."""
    if left:
        return _left_of(told, slot, left)
    same = told.counted.get(slot.quantity.written_unit or "", "")
    if right and same and slot.first and _IS_DONE.match(right):
        return level(same, "elided")
    if right:
        named = "其中" in slot.left and names.begins_with_predicate(right) and right not in told.focus
        return level(told.focus + right if named else right, "right")
    opens = slot.in_bracket and not slot.left and not _DIGIT.search(slot.opener)
    opener = names.opener_name(slot.opener) if opens else ""
    if opener and slot.quantity.dimension not in changes.RELATIVE:
        return level(opener, "left")
    if told.share and slot.quantity.dimension == "ratio":
        return level(told.share, "share")
    whole = told.thing() if _TOTAL.search(slot.left) else ""
    return level(names.topic(slot.previous) or whole or told.focus, "elided")


def _left_of(told: Thread, slot: Slot, left: str) -> Claim:
    """Name a level by its left phrase; a rate beside a flow is its growth."""
    if told.holder and _HELD.match(left):
        return level(told.holder + left, "left")
    if _BARE.match(left) and slot.first:
        left = merged(names.topic(slot.previous), left)
    if slot.quantity.dimension == "ratio" and _FLOW.search(left) and slot.quantity.value != _ALL:
        return Claim(left, "change", 1, None, "growth")
    left = _completed(told, slot, left)
    return _elided(told, slot, left) or of_whole(told, slot, left) or level(left, "left")


def _completed(told: Thread, slot: Slot, left: str) -> str:
    """Complete a name that leaves out what was told: 产量 of a crop, 省级 beside 国家级, 制造业 of a kind."""
    if _ATTRIBUTE.match(left):
        head = told.focus.removesuffix(shared_tail(told.focus))
        left = head + left if len(head) > 1 and (head != told.focus or _is_of_thing(told, left)) else left
    if told.dimension == slot.quantity.dimension:
        if left in _RANKS and not slot.first and _RANK.search(told.focus):
            left = _RANK.sub(left, told.focus, count=1)
        left = with_tail_of(left, told.focus)
    return left + _noun_of(told.focus) if _CLASS.search(left) else left


def _is_of_thing(told: Thread, attribute: str) -> bool:
    """Tell whether an attribute is that of the thing just told: the crop of an area, the size of a lot."""
    if attribute == "面积":
        return told.focus.endswith("地")
    return told.dimension == "area" and len(told.focus) <= _LONGEST_CROP


def _noun_of(name: str) -> str:
    """Return the noun that a name ends with: 引进企业 is about 企业."""
    found = _NOUN.search(name)
    return found.group() if found else ""


def _elided(told: Thread, slot: Slot, verb: str) -> Claim | None:
    """Name by a verb of work that stands alone, with the object it leaves out: 检修路灯60处,更换52处."""
    alone = (
        _ONLY_WORK.match(verb) and (slot.first or slot.listed) and told.dimension == slot.quantity.dimension
    )
    if not alone or not told.focus:
        return None
    return level(told.focus if verb in told.focus else verb + told.thing(), "elided")


def of_whole(told: Thread, slot: Slot, part: str) -> Claim | None:
    """Name a part in brackets or after 其中 with the head of the whole: 养殖面积40万亩(海水25万亩)."""
    same = told.dimension == slot.quantity.dimension
    whole = told.focus if slot.in_bracket else told.whole or told.focus
    noun = _noun_of(whole)
    counted = slot.in_bracket and noun and not _noun_of(part)
    alike = same and (part in _MODIFIERS or counted or (shared_tail(whole) and not shared_tail(part)))
    if not alike or not _PART.match(part) or not (slot.in_bracket or told.parting):
        return None
    whole = _LEVELS.sub("", without_work(whole) or whole)
    if part in _MODIFIERS or any(part.endswith(whole[:size]) for size in (2, 3)):
        return level(merged(part, whole), "part")
    return level(merged(part, noun or carried_tail(whole) or whole), "part")
