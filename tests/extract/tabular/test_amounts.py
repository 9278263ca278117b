"""Cells that are numbers: signs, separators, footnotes, own units; and cells that are none."""

from decimal import Decimal

import pytest

from extract.tabular.amounts import has_no_value, read_amount, unit_of


@pytest.mark.parametrize(
    ("cell", "value", "written"),
    [
        ("12.5", "12.5", "12.5"),
        ("1,234.5", "1234.5", "1,234.5"),
        ("1 234 567", "1234567", "1 234 567"),
        ("10924 . 4", "10924.4", "10924 . 4"),
        ("−5.2", "-5.2", "−5.2"),
        ("—5.2", "-5.2", "—5.2"),
        ("（5.2）", "-5.2", "5.2"),
        ("↓0.3", "-0.3", "0.3"),
        ("0.3↑", "0.3", "0.3"),
        ("下降4.1", "-4.1", "4.1"),
        ("20.5[2]", "20.5", "20.5"),
        ("３６．５", "36.5", "３６．５"),
        ("12.3亿元", "12.3", "12.3亿元"),
        ("1.2个百分点", "1.2", "1.2个百分点"),
        ("同比减少1.2个百分点", "-1.2", "1.2个百分点"),
    ],
)
def test_numbers(cell, value, written):
    amount = read_amount(cell)
    assert amount is not None
    assert amount.value == Decimal(value)
    assert cell[amount.start : amount.end] == written


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "—",
        "持平",
        "12个街道",
        "2023年",
        "1-6",
        "甲12",
        "（5.2",
        "1.2.3",
        "1" * 50,
        "（5）",
        "0-14岁",
        "2019-2020",
        "0755-8888",
        "9-8",
    ],
)
def test_no_numbers(cell):
    assert read_amount(cell) is None


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("3560-3570", "3560", "3570"),
        ("8.1—8.6", "8.1", "8.6"),
        ("8%-9%", "8", "9"),
        ("1,200～1,300", "1200", "1300"),
        ("15-20亿元", "15", "20"),
    ],
)
def test_ranges(cell, low, high):
    amount = read_amount(cell)
    assert amount is not None
    assert (amount.value, amount.value_max) == (Decimal(low), Decimal(high))
    assert cell[amount.start : amount.end] == cell


def test_a_rank_may_be_written_as_one():
    assert read_amount("第3位") is None
    amount = read_amount("第3位", rank=True)
    assert amount is not None
    assert (amount.value, "第3位"[amount.start : amount.end]) == (3, "3")


@pytest.mark.parametrize("cell", ["—", "——", "-", "…", "/", "持平", " ", ""])
def test_no_value(cell):
    assert has_no_value(cell)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("亿元", "亿元"),
        ("万千瓦时", "万千瓦时"),
        ("±%", "%"),
        ("百分点", "个百分点"),
        ("元/平方米", "元/平方米"),
        ("％", "%"),
    ],
)
def test_units(text, written):
    unit = unit_of(text)
    assert unit is not None
    assert unit.written == written


@pytest.mark.parametrize("text", ["", "粮食", "亿", "元左右", "指标"])
def test_no_units(text):
    assert unit_of(text) is None
