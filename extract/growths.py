"""Growth and decline as claims: which quantity grew, by the phrase, the clause before or the thread."""

import re

from extract import changes, names
from extract.claims import Claim, Thread
from extract.clauses import Slot
from extract.enumeration import merged, with_tail_of
from extract.naming import is_generic
from extract.ranks import scope_in

_RATE_LIKE = re.compile(r"(?:率|比重|占比|比例|增速|增幅|水平|浓度)$")
_OF_INCOME = ("增收", "减收")
_NATURAL = re.compile(r"(?:自然增长率|贡献率|利润率)(?:为|达|是)?$")
_BASE_OPENER = re.compile(r"(?:同期|半年|[上前]期|增速|上年|去年|[一二三四]季度|月份?|全[国省市]|平均|水平)$")
_AIM_ONLY = re.compile(r"(?:力争|争取|确保)(?:达到|突破|完成)?|(?:预期)?目标(?:为|是)?")
_DIGIT = re.compile(r"\d")
_FALLS = ("下降", "后移", "下滑", "退后", "退")
_MOVED = re.compile(
    r"^(?P<name>.{0,12}?)(?:在全[国省市区县州][\u4e00-\u9fff]{0,4})?(?P<verb>前进|上升|提升|前移|晋升|进位|升|下降|后移|下滑|退后|退)了?$"
)
_PLACES = ("位", "名", "个位次", "位次")  # units of a change in rank


def read_growth(told: Thread, slot: Slot) -> Claim | None:
    """Read a number as a growth or decline; None where it is none."""
    dimension = slot.quantity.dimension
    if dimension == "doubling":
        return Claim(_name(slot.left) or told.focus, "change", 1, None, "doubled")
    if told.list_sign and slot.listed:
        return Claim(names.left_name(slot.left), "change", told.list_sign, None, "object")
    change = _change(told, slot)
    if change is None:
        return _moved(told, slot) if slot.quantity.written_unit in _PLACES else None
    name = change.name if change.rule == "pull" else _changed(told, slot, change)
    return Claim(name, "change", change.sign, None, change.rule)


def _name(phrase: str) -> str:
    return names.left_name(changes.without_base(phrase))


def _moved(told: Thread, slot: Slot) -> Claim | None:
    """Read a change of rank: 总量在全省升2位."""
    found = _MOVED.match(slot.left)
    if found is None:
        return None
    moved = _name(found["name"])
    about = told.ranked if told.was_rank and not moved else told.focus or told.ranked
    name = merged(about, moved)
    return Claim(name, "change", -1 if found["verb"] in _FALLS else 1, scope_in(slot.left), "growth")


def _change(told: Thread, slot: Slot) -> changes.Change | None:
    """Find the verb of change, else a written sign, else a bracket with the rate that is compared with."""
    dimension = slot.quantity.dimension
    relative = dimension in changes.RELATIVE
    change = changes.read_change(slot.left, relative=relative, points=dimension == "points")
    if change and (relative or slot.previous or told.focus or names.left_name(change.name)):
        return change
    if not relative:
        change = changes.read_object(names.strip_lead(slot.left))
        told.list_sign = change.sign if change else told.list_sign
        return change
    if told.grew and _AIM_ONLY.fullmatch(slot.left.lstrip("、")):
        return changes.Change("", 1, "", "growth")
    negative = slot.quantity.value < 0 and not _NATURAL.search(slot.left)
    if negative or _is_base_rate(told, slot):
        return changes.Change("" if slot.in_bracket else slot.left, 1, "", "growth")
    return None


def _is_base_rate(told: Thread, slot: Slot) -> bool:
    """Tell whether a bracket gives the rate that a growth is compared with: 较上年同期(3.2%)."""
    return told.grew and slot.in_bracket and not slot.left and _BASE_OPENER.search(slot.opener) is not None


def _changed(told: Thread, slot: Slot, change: changes.Change) -> str:
    """Name what grew: by the phrase, what opens its bracket, the clause before, or the focus."""
    points = slot.quantity.dimension == "points"
    name = names.left_name(change.name)
    if is_generic(name) and slot.opener and not (_DIGIT.search(slot.opener) or _is_base_rate(told, slot)):
        name = names.opener_name(slot.opener)
    if told.grew:
        name = with_tail_of(name, told.focus)
    if change.verb in _OF_INCOME and name.endswith("均"):
        return name + "收入"
    if _is_base_rate(told, slot):
        return told.focus
    if is_generic(name):
        of_rank = told.ranked if slot.quantity.written_unit in _PLACES else ""
        of_unit = told.counted.get(slot.quantity.written_unit or "", "") if not change.of_rate else ""
        name = (
            of_rank
            or (of_unit if slot.quantity.dimension not in changes.RELATIVE else "")
            or (told.share if points else "")
            or names.topic(slot.previous)
            or told.focus
        )
    again = points and told.grew and name == told.focus
    of_a_rate = points and not told.grew and told.dimension == "ratio" and name == told.focus
    if of_a_rate or _RATE_LIKE.search(name):
        return name
    return name + (change.of_rate or ("增速" if again else ""))
