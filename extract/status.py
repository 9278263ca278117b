"""Status of a number: reported (actual), expected for the period (estimate), or aimed at (plan)."""

import re
from typing import Literal

from extract.outline import Section

Status = Literal["actual", "estimate", "plan"]

_AIM = re.compile(
    r"力争|确保|预期目标|达产后|发展目标|主要目标|目标[是为]|预期值|任务是"
    r"|未来[三五]年|今后[三五]年|[三五\d]年内(?=[形实建完达])|争取(?=年|在|实现|全年|新|完成|到20)"
    r"|计划(?!生育|单列|完成(?:情况|率|进度|比)|指标|任务|总额|的)"
    r"|规划(?=建设|面积|总)"
    r"|(?<![虚模草])拟(?!定|投|合|上市)"
    r"|将(?=在|于|新|形成|建|完成|实现|达|开|投|继续|再|突破)"
)
_GOALS = re.compile(
    r"(?:目标|发展指标|预期指标|任务)(?:主要|初步)?(?:拟|建议)?(?:确定|设定|安排|定|建议)?(?:[是为:]|如下)|^(?:力争)?到20\d\d年(?:末|底)?,"
)
_AIMED = re.compile(r"(?:左右|以上|以内|以下)?的?(?:预期|年度|增长|控制)?目标(?!任务|的)")
_EXPECTED = re.compile(r"预计|估计|预测(?=全年|实现|完成|可|,)|有望")
_OF_PLAN = re.compile(r"(?:完成|占|为)[^,;]{0,8}计划")  # 完成年度计划六成 is reported
_CLAUSE, _SEGMENT = re.compile(r"[,;。]"), re.compile(r"[;。]")
_OPENS_EXPECTED = re.compile(r"^[^,;]{0,6}(?:预计|预测),")
_OPENS_AIM = re.compile(r"^[^,;]{0,8}(?:力争|确保实现|计划(?=实现|完成|新|全年))")
_SPREADS = re.compile(r"力争|(?<![虚模草])拟(?!定|投|合|上市)|计划(?=全年|实现|完成(?!情况|率)|新|年内)")
_TARGET = re.compile(r"(?:任务|目标|计划)(?:数|为|是)?[\d.,]+(?!个百分点)[^\d,;。的%]{0,4}$")
_REPORTED = re.compile(r"已(?!经济)|目前|截[至止]|正(?=加快|在|有序|抓紧)")


def status_of(
    section: Section, before: str, after: str = "", *, ahead: bool = False, behind: bool = False
) -> Status:
    """Judge from the section's role and the folded sentence up to the number's end, and what follows it.

    `ahead` tells that the number's period lies after the one its section reports, `behind` that it lies
    before that: a plan by its title alone also says what was reached.
    """
    reached = not section.told and (behind or _REPORTED.search(_SEGMENT.split(before)[-1]))
    if ahead or (section.role == "plan" and not reached):
        return "plan"
    clause = _OF_PLAN.sub("", _CLAUSE.split(before)[-1])
    if _AIMED.match(after) or _AIM.search(clause) or _GOALS.search(before) or _TARGET.search(clause):
        return "plan"
    if _EXPECTED.search(clause):
        return "estimate"
    segment = _SEGMENT.split(before)[-1]
    if _REPORTED.search(segment):
        return "actual"
    if _SPREADS.search(segment) or _OPENS_AIM.match(before):
        return "plan"
    expected = _EXPECTED.search(segment) or _OPENS_EXPECTED.match(before)
    return "estimate" if expected else "actual"
