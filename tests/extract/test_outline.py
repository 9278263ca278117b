"""The outline: headings and sentence headings, what a section's numbers are, and its period."""

import pytest

from extract.frames import frame, role_of
from extract.outline import sentences
from extract.period import Period

TITLE = "云溪街道2024年上半年工作总结及下半年工作计划"
BODY = """云溪街道依照规划修缮岸线。
一、2024年上半年工作总结
(一)渔业起步良好。引资渐有起色。引进项目5个。
(二)民生持续改善
民生实事落地。办好实事12件。惠及居民3000人。
二、下半年工作计划
1.新增床位640个。
"""


def _read(body, title=None):
    return [(body[s.start : s.end], s.section) for s in sentences(body, title)]


def test_sections_have_paths_roles_and_periods():
    found = dict(_read(BODY, TITLE))
    first = found["引进项目5个。"]
    assert first.path == ("一、2024年上半年工作总结", "(一)渔业起步良好", "引资渐有起色")
    assert (first.role, first.period) == ("actual", Period(2024, 1, 6))
    assert found["惠及居民3000人。"].path[-1] == "民生实事落地"
    plan = next(section for section in found.values() if section.role == "plan")
    assert plan.period == Period(2024, 7, 12)


def test_a_numbered_sentence_with_a_number_is_text():
    assert any(
        "床位640个" in text for text, _ in _read("二、2025年工作计划\n1.全年新增床位640个,其中小学500个。")
    )


def test_offsets_rebuild_the_text():
    for sentence in sentences(BODY, TITLE):
        assert 0 <= sentence.start < sentence.end <= len(BODY)


def test_sentences_are_bounded():
    assert max(s.end - s.start for s in sentences("长" * 5000)) <= 500


@pytest.mark.parametrize(
    "mark",
    ["一、", "第一部分 ", "(一)", "1.", "(1)"],
    ids=["numeral", "part", "bracket", "digit", "digit bracket"],
)
def test_marks_of_headings(mark):
    ((_, section),) = _read(f"{mark}渔业起步良好\n引进渔企5家。")
    assert section.path == (f"{mark}渔业起步良好",)


def test_a_heading_of_one_level_closes_those_below():
    found = dict(_read("一、渔业\n(一)近海\n渔港3座。\n二、盐业\n盐场5座。"))
    assert found["渔港3座。"].path == ("一、渔业", "(一)近海")
    assert found["盐场5座。"].path == ("二、盐业",)


def test_an_unnumbered_line_may_announce_a_plan():
    found = dict(_read("渔港3座。\n下一步工作打算\n泊位8个。", "云溪街道2023年工作总结"))
    assert found["渔港3座。"].role == "actual"
    assert (found["泊位8个。"].role, found["泊位8个。"].period) == ("plan", Period(2024))


def test_a_heading_that_says_both_tells_neither():
    ((_, section),) = _read("一、完成情况及下一步打算\n渔港3座。")
    assert (section.role, section.told) == ("actual", False)


def test_a_heading_may_name_a_span_of_years_beside_its_own():
    body = "一、“十二五”发展和2015年工作回顾\n渔港3座。"
    ((_, section),) = _read(body, "2016年云溪区政府工作报告")
    assert section.period == Period(2015)
    assert section.years == Period(2011, last_year=2015)


def test_rows_and_the_title_are_no_sentences():
    assert [text for text, _ in _read(f"{TITLE}\n甲\t3个\n渔港3座。", TITLE)] == ["渔港3座。"]


@pytest.mark.parametrize(
    ("title", "review", "plan"),
    [
        (TITLE, Period(2024, 1, 6), Period(2024, 7, 12)),
        ("云溪街道2023年工作总结及2024年工作计划", Period(2023), Period(2024)),
        ("云溪街道2023年工作总结", Period(2023), Period(2024)),
        ("2024年上半年工作总结", Period(2024, 1, 6), Period(2024, 7, 12)),
        ("云溪区2024年工作要点", None, Period(2024)),
        ("云溪街道2022年一季度工作情况及二季度工作打算", Period(2022, 1, 3), Period(2022, 4, 6)),
        ("2024年云溪区政府工作报告", Period(2023), Period(2024)),
        ("云溪区政府工作报告(2023年11月20日)", Period(2023), Period(2024)),
        ("云溪市2024年5月经济运行情况", Period(2024, 1, 5), Period(2024, 6, 12)),
        ("经济运行开局良好", None, None),
    ],
)
def test_a_title_frames_review_and_plan(title, review, plan):
    assert (frame(title).review, frame(title).plan) == (review, plan)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一、2023年工作总结", "actual"),
        ("二、2024年工作安排", "plan"),
        ("三、下一步工作打算", "plan"),
        ("年度计划完成情况", "actual"),
        ("(一)深化改革", None),
    ],
)
def test_role_of_a_heading(heading, role):
    assert role_of(heading) == role
