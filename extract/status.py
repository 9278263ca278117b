"""Status of a number: reported (actual), expected for the period (estimate), or aimed at (plan)."""

import re
from typing import Literal

from extract.clauses import Slot
from extract.outline import Section

Status = Literal["actual", "estimate", "plan"]

_AIM = re.compile(
    r"力争|确保|预期目标|达产后|发展目标|主要目标|目标[是为]|预期值|任务是"
    r"|未来[三五]年|今后[三五]年|[三五\d]年内(?=[形实建完达])|争取(?=年|在|实现|全年|新|完成|到20|[建创达引])"
    r"|(?<![露蕾动项才程英障])计划(?!生育|单列|[\d”\"]|完成(?:情况|率|进度|比)|指标|任务|总额|的)"
    r"|规划(?=建设|面积|总)"
    r"|(?<![虚模草])拟(?!定|投|合|上市)|冲刺(?=[^,;]{0,2}\d)|(?<![均超])预期(?!寿命|目标|值|性|效果)"
    r"|将(?=在|于|新|形成|建|完成|实现|达|开|投|继续|再|突破)"
)
_GOALS = re.compile(
    r"(?:目标|发展指标|预期指标|任务)(?:主要|初步)?(?:拟|建议)?(?:确定|设定|安排|定|建议)?(?:[是为:]|如下)|^(?:力争)?到20\d\d年(?:末|底)?,"
)
_AIMED = re.compile(r"(?:左右|以上|以内|以下)?的?(?:预期|年度|增长|控制)?目标(?!任务|的)")
_EXPECTED = re.compile(r"预计(?![)数])|估计|预测(?=全年|实现|完成|可|,)|有望")
_MARKED_EXPECTED = re.compile(r"^\((?:预计|预估|初步)(?:数|值)?\)")
_OF_ITS_CLAUSE = re.compile(r"(?<=[\u4e00-\u9fff])预计(?=(?:同比)?(?:增长|下降|增加|减少))")  # 产值预计增长
_OF_PLAN = re.compile(r"(?:完成|占|为)[^,;]{0,8}计划")  # 完成年度计划六成 is reported
_OPENS_EXPECTED = re.compile(r"^[^,;]{0,6}(?:预计|预测),")
_OPENS_AIM = re.compile(r"^[^,;]{0,8}(?:力争(?!20\d\d年)|确保实现|计划(?=实现|完成|新|全年))")
_SPREADS = re.compile(r"力争|(?<![虚模草])拟(?!定|投|合|上市)|计划(?=全年|实现|完成(?!情况|率)|新|年内)")
_TARGET = re.compile(
    r"(?:全年|年度|年初|预期|控制)[^,;]{0,8}(?:任务|目标|计划)(?:数|值|为|是)?$|目标[值为是]$"
    r"|(?<!完成)(?<!实现)(?<!超)目标(?:任务)?$"
)
_GOAL_ALONE = re.compile(r"^(?:预期|年度|全年)?目标(?:为|是)?$")
_POINTS = ("%", "个百分点")
_REPORTED = re.compile(
    r"已(?!经济|[\u4e00-\u9fff]{2}(?:地块|用地)|[\u4e00-\u9fff]{1,3}的(?=[\u4e00-\u9fff]))|目前|(?<=,)(?:1|一)[-—~至到]\d{1,2}月(?!预计)|截[至止]|正(?=加快|在|有序|抓紧)"
)

_DONE = re.compile(r"实际(?=完成|建成|开工|实现|达到?|新增|增长|下降|为)")


class Mood:
    """The words of a folded sentence that tell aims, expectations and reports, and how far each reaches.

    Some reach to the end of their clause, some to the next semicolon, a stated goal to the sentence's end but
    for clauses that report what came of it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._aims = _starts(_AIM, _OF_PLAN.sub(lambda found: "□" * len(found.group()), text))
        self._expected = _starts(_EXPECTED, text)
        self._expected_on = sorted({*self._expected} - {*_starts(_OF_ITS_CLAUSE, text)})
        self._reported = _starts(_REPORTED, text)
        self._done = sorted({*self._reported, *_starts(_DONE, text)})
        self._spreads = _starts(_SPREADS, text)
        goal = _GOALS.search(text)
        self._goal = goal.end() if goal else len(text) + 1
        self._aims_all = _OPENS_AIM.match(text) is not None
        self._expects_all = _OPENS_EXPECTED.match(text) is not None

    def status(self, section: Section, slot: Slot, *, ahead: bool = False, behind: bool = False) -> Status:
        """Return the status of a number of the sentence.

        `ahead` tells that the number's period lies after the one its section reports, `behind` that it lies
        before that: a plan by its title alone also says what was reached.
        """
        at = slot.quantity.end
        segment = max(self._text.rfind(";", 0, at), self._text.rfind("。", 0, at - 1)) + 1
        reported = _within(self._reported, segment, at)
        if ahead or (section.role == "plan" and (section.told or not (behind or reported))):
            return "plan"
        clause = max(segment, self._text.rfind(",", 0, at) + 1)
        if self._aimed(slot, clause):
            return "plan"
        if _within(self._expected, clause, at) or _MARKED_EXPECTED.match(slot.right):
            return "estimate"
        if reported or _within(self._done, clause, at):
            return "actual"
        if self._aims_all or _within(self._spreads, segment, at):
            return "plan"
        return "estimate" if self._expects_all or _within(self._expected_on, segment, at) else "actual"

    def _aimed(self, slot: Slot, clause: int) -> bool:
        """Tell whether a number's own clause, or a goal stated before it, aims at it."""
        quantity = slot.quantity
        if (
            _within(self._aims, clause, quantity.end)
            or (self._goal <= quantity.start and not _within(self._done, clause, quantity.end))
            or _AIMED.match(slot.right)
        ):
            return True
        if slot.in_bracket and _GOAL_ALONE.match(slot.left):
            return True
        target = _TARGET.search(slot.left or (slot.opener if slot.in_bracket else ""))
        return target is not None and quantity.written_unit not in _POINTS


def _starts(pattern: re.Pattern[str], text: str) -> list[int]:
    return [found.start() for found in pattern.finditer(text)]


def _within(starts: list[int], first: int, last: int) -> bool:
    """Tell whether one of the offsets, which ascend, lies in a span."""
    return any(first <= start < last for start in starts)
