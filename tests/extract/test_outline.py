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
    ("title", "review", "plan"),
    [
        (TITLE, Period(2024, 1, 6), Period(2024, 7, 12)),
        ("云溪街道2023年工作总结及2024年工作计划", Period(2023), Period(2024)),
        ("云溪街道2023年工作总结", Period(2023), Period(2024)),
        ("2024年上半年工作总结", Period(2024, 1, 6), Period(2024, 7, 12)),
        ("云溪区2024年工作要点", Period(2024), Period(2025)),
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
