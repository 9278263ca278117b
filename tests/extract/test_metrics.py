"""Records carry their evidence, whatever the text, and hostile texts end soon.

What each number measures, called what, is in the book of constructions (`test_constructions`).
"""

import random
import time

import pytest

from extract.document import Document
from extract.metrics import read_metrics

TITLE = "云溪街道2023年工作总结及2024年工作计划"


def document(body, title=TITLE):
    return Document(
        "sha256:0", "1", "article", title, None, None, None, None, None, None, body, "sha256:0", (), (), ()
    )


def test_a_record_carries_its_evidence_and_base_value():
    body = "一、2023年工作总结\n 经济平稳。规上工业总产值 46.3 亿元。"
    (m,) = read_metrics(document(body))
    assert body[m.start : m.end] == m.written == "46.3 亿元"
    assert (m.value_base, m.unit_base, m.indicator_id) == (4630000000, "元", "industry_above_output")
    assert m.section == ("一、2023年工作总结", "经济平稳")
    assert m.sentence == "规上工业总产值 46.3 亿元。"
    assert m.rule == "left"


@pytest.mark.parametrize(
    ("text", "written", "measure", "value", "unit", "status"),
    [
        ("全年规上工业总产值目标为120亿元，实际完成98.5亿元。", "120亿元", "level", 120, "亿元", "plan"),
        ("全年规上工业总产值目标为120亿元，实际完成98.5亿元。", "98.5亿元", "level", 98.5, "亿元", "actual"),
        ("力争规上工业总产值增长8%。", "8%", "change", 8, "%", "plan"),
        ("固定资产投资同比下降3.2%。", "3.2%", "change", -3.2, "%", "actual"),
        ("一般公共预算收入较上年减少1.5亿元。", "1.5亿元", "change", -1.5, "亿元", "actual"),
        ("城镇登记失业率下降0.4个百分点。", "0.4个百分点", "change", -0.4, "个百分点", "actual"),
        ("绿化覆盖率提高2个百分点，达到45%。", "45%", "level", 45, "%", "actual"),
    ],
)
def test_68_targets_falls_and_points(text, written, measure, value, unit, status):
    found = {m.written: m for m in read_metrics(document(text, "工作总结"))}
    m = found[written]
    assert (m.measure, float(m.value), m.unit, m.status) == (measure, value, unit, status)


def test_68_about_and_a_range():
    (about,) = read_metrics(document("新增就业约1200人。", "工作总结"))
    assert (about.value, about.value_max, about.unit, about.qualifier) == (1200, None, "人", "approx")
    (span,) = read_metrics(document("培训覆盖3000至3500人次。", "工作总结"))
    assert (span.value, span.value_max, span.unit) == (3000, 3500, "人次")


_PIECES = [
    "一、", "(一)", "\n", "。", ",", ";", "、", "(", ")", "“", "”", " ", "　", "\u200b", "\t", "分别",
    "其中", "等", "的", "第一", "前两位", "增长", "下降", "达到", "完成", "同比", "占", "比上年", "2023年",
    "截至6月底", "全市", "学位", "12.5", "1,234", "３", "三分之一", "61:23:16", "近", "超", "余", "万",
    "亿元", "%", "个", "家次", "平方米", "个百分点",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_evidence_holds_for_any_text(seed):
    """Rule 8: body[start:end] is the written number, whatever the text."""
    chance = random.Random(seed)
    body = "".join(chance.choice(_PIECES) for _ in range(400))
    for m in read_metrics(document(body)):
        assert body[m.start : m.end] == m.written
        assert m.indicator
        assert m.sentence in body


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "1个",
        "增长1%",
        "占1%",
        "其中1个",
        "分别1%、",
        "截至1月",
        "(",
        "全市",
        "于一2023年",
        "于",
        "已完成1%",
    ],
)
def test_65_hostile_runs_end_soon(unit):
    """A coarse guard over the whole way of a number; the exact one is in test_numbers."""
    body = (unit * 100_000)[:100_000]
    start = time.process_time()
    read_metrics(document(body))
    assert time.process_time() - start < 15
