"""The names on both sides of a number, as its list, its run and the thread of the paragraph bear on them."""

import re

from extract import names
from extract.claims import Thread
from extract.clauses import Slot
from extract.wording import either, words

_GENERIC = re.compile(
    r"^(?:(?:预计)?可|力争|争取|确保|[两三五]年平均(?:增速|增长)?|当[季月]|本月|累计|增速|增幅|降幅|涨幅|同比|环比|(?:同比)?(?:增长|下降)|比重|占比|同期增速|总量|存量|保有量|[高低快慢]于(?:年初|年度|全年)?|年?人均|户均|年均|平均)?$"
)
_SAME_THING = re.compile(r"^(?:、|和|及|共)?(?:总)?(?:长度|里程|面积|建筑面积|长|共|计)?(?:约|共|达|为)?$")
_MEASURED = re.compile(
    rf"(?:年|总)?[^,;、的]{{0,6}}?{either(words('tails')['words'])}(?:达到|超过|[达超为约近])?$"
)
_WHOLE_MEASURE = re.compile(
    r"^(?:共|累计|合计)?(?:实现|完成)?(?P<measure>总?产值|工业总产值|营业收入|主营业务收入|营收|利税|利润总额|税收|增加值)(?:达到|达|超)?$"
)
_SIZES = ("length", "area", "person", "household", "volume")  # 8条、12公里道路 is one thing, 3亩、8条道路 two
_LONGEST_RUN = 4  # numbers that say one thing: 14户、39人


def is_generic(name: str) -> bool:
    """Tell whether a name says nothing by itself: 增速, 同比, 占比."""
    return _GENERIC.match(name) is not None


def left_of(told: Thread, slot: Slot) -> str:
    """Return the name left of a number; 占比 alone is that of the focus."""
    phrase = slot.left
    if not slot.first and phrase.endswith("、"):
        return ""
    if not (slot.first or slot.listed):
        pair = names.parted(phrase)
        phrase = _of_counted(*pair) if pair else names.behind_predicate(phrase)
    left = names.left_name(phrase)
    if is_generic(left):
        if left in ("人均", "户均") and told.focus and "均" not in told.focus:
            return left + told.focus
        if left not in ("占比", "比重"):
            return ""
        before = names.topic(slot.previous)
        return before if before.endswith(("占比", "比重")) else told.focus + left if told.focus else ""
    return left


def _of_counted(counted: str, measured: str) -> str:
    """Name what is measured of firms just counted: 规上企业 and 实现总产值 are 规上企业总产值."""
    bare = _WHOLE_MEASURE.match(measured)
    return counted + bare["measure"] if bare and counted.endswith("企业") and len(counted) > 2 else measured


def right_of(told: Thread, slots: list[Slot], index: int) -> str:
    """Return the name right of a number; joined by 、 the last has it for all: 5座、870米栈桥."""
    slot = slots[index]
    run = slots[index : index + _LONGEST_RUN]
    lists = len(run) > 1 and run[1].joined and run[1].quantity.dimension not in _SIZES
    if lists and len(slot.left) > 4 and left_of(told, slot):
        return ""
    for slot, follows in zip(run, [*run[1:], None], strict=True):
        in_clause = follows is not None and follows.clause_start == slot.clause_start
        if not (in_clause and _SAME_THING.match(slot.right)):
            break
    if slot.right.startswith(("、", "和", "及", "与")):
        return ""
    if in_clause and (pair := names.parted(slot.right)):
        return pair[0]
    if in_clause and follows and follows.right.startswith("的") and _MEASURED.match(slot.right):
        slot = follows  # 1家投资额超10亿元的企业
        in_clause = False
    phrase = slot.right.split("、")[0] if in_clause else slot.right
    return names.right_name(phrase, people=slot.quantity.dimension in ("person", "household"))
