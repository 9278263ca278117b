"""Status: how far each word of aim, expectation and report reaches in its sentence."""

import pytest

from extract.clauses import slots
from extract.numbers import scan
from extract.outline import Section
from extract.status import Mood

REVIEW = Section((), "actual", None, told=True)
PLAN = Section((), "plan", None, told=True)
PLAN_BY_TITLE = Section((), "plan", None, told=False)


def statuses(text, section=REVIEW, **periods):
    return [Mood(text).status(section, slot, **periods) for slot in slots(text, scan(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("新建渔港3座。", ["actual"]),
        ("力争新建渔港3座,新增泊位8个。", ["plan", "plan"]),
        ("力争新建渔港3座;新增泊位8个。", ["plan", "plan"]),
        ("渔业平稳发展,力争新建渔港3座;新增泊位8个。", ["plan", "actual"]),
        ("新建渔港3座,将新增泊位8个。", ["actual", "plan"]),
        ("将新增泊位8个,新建渔港3座。", ["plan", "actual"]),
        ("预计产值3亿元,利润2亿元。", ["estimate", "estimate"]),
        ("预计产值3亿元,目前完成2亿元。", ["estimate", "actual"]),
        ("产值3亿元,有望达到4亿元。", ["actual", "estimate"]),
        ("目标是:产值3亿元;新建渔港3座。", ["plan", "plan"]),
        ("产值增长5%左右的预期目标。", ["plan"]),
        ("产值目标为3亿元,实际完成2亿元。", ["plan", "actual"]),
        ("目标为新建渔港3座,截至目前完成2座。", ["plan", "actual"]),
        ("计划新建渔港3座,实际建成2座。", ["plan", "actual"]),
        ("产值目标3亿元,完成目标2亿元。", ["plan", "actual"]),
        ("目标是:产值3亿元,实际利用外资2亿美元。", ["plan", "plan"]),
        ("完成年度计划3亿元的92%。", ["plan", "actual"]),
        ("计划生育补助3万元。", ["actual"]),
        ("虚拟养殖项目3个。", ["actual"]),
    ],
)
def test_words_and_their_reach(text, wanted):
    assert statuses(text) == wanted


def test_a_plan_heading_makes_everything_plan():
    assert statuses("目前已建成渔港3座。", PLAN, behind=True) == ["plan"]


def test_a_plan_by_its_title_alone_says_what_was_reached():
    assert statuses("渔港3座。", PLAN_BY_TITLE) == ["plan"]
    assert statuses("渔港3座。", PLAN_BY_TITLE, behind=True) == ["actual"]
    assert statuses("目前已建成渔港3座。", PLAN_BY_TITLE) == ["actual"]


def test_a_period_ahead_is_plan_in_a_review():
    assert statuses("绿化率45%。", ahead=True) == ["plan"]
