"""Status of a number: reported (actual), expected for the period (estimate), or aimed at (plan)."""

import re
from typing import Literal

from extract.outline import Role

Status = Literal["actual", "estimate", "plan"]

_AIM = re.compile(
    r"力争|确保|有望|预期目标|发展目标|主要目标|目标[是为]"
    r"|争取(?=年|在|实现|全年|新|完成|到20)"
    r"|计划(?!生育|单列|完成|指标|任务|总额|的)"
    r"|规划(?=建设|面积|总)"
    r"|拟(?!定|投|合)"
    r"|将(?=在|于|新|建|完成|实现|达|开|投|继续|再|突破)"
)
_GOALS = re.compile(r"目标[是为:]")
_EXPECTED = re.compile(r"预计|估计|预测")
_OF_PLAN = re.compile(r"(?:完成|占|为)[^,;]{0,8}计划")  # 完成年度计划六成 is reported
_CLAUSE = re.compile(r"[,;。]")


def status_of(role: Role, before: str, *, ahead: bool = False) -> Status:
    """Judge from the section's role and the folded sentence up to the number's end.

    `ahead` tells that the number's period lies after the one its section reports.
    """
    if role == "plan" or ahead:
        return "plan"
    clause = _OF_PLAN.sub("", _CLAUSE.split(before)[-1])
    if _AIM.search(clause) or _GOALS.search(before):
        return "plan"
    return "estimate" if _EXPECTED.search(clause) else "actual"
