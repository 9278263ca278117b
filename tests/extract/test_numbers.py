"""The number scanner: how numbers are written, and that hostile runs of digits cost linear time."""

import sys
from decimal import Decimal

import pytest

from extract.fold import fold
from extract.numbers import scan


@pytest.mark.parametrize(
    ("text", "written", "value", "unit", "qualifier"),
    [
        ("实现产值46.3亿元", "46.3亿元", "46.3", "亿元", "exact"),
        ("增长 6.7%", "6.7%", "6.7", "%", "exact"),
        ("１２３．５万平方米", "123.5万平方米", "123.5", "万平方米", "exact"),
        ("共2,345户", "2,345户", "2345", "户", "exact"),
        ("达1,234,567.8元", "1,234,567.8元", "1234567.8", "元", "exact"),
        ("接待超6.8万人次", "超6.8万人次", "6.8", "万人次", "gt"),
        ("筹款近350万元", "近350万元", "350", "万元", "approx"),
        ("巡河70余次", "70余次", "70", "次", "gt"),
        ("3.6万余人", "3.6万余人", "3.6", "万人", "gt"),
        ("5600多万元", "5600多万元", "5600", "万元", "gt"),
        ("三千多万元", "三千多万元", "3000", "万元", "gt"),
        ("十余家", "十余家", "10", "家", "gt"),
        ("控制在7%以内", "7%以内", "7", "%", "lt"),
        ("不低于95%", "不低于95%", "95", "%", "gt"),
        ("面积不足3亩", "不足3亩", "3", "亩", "lt"),
        ("增长6%左右", "6%左右", "6", "%", "approx"),
        ("5万千瓦", "5万千瓦", "5", "万千瓦", "exact"),
        ("45.6万台(套)", "45.6万台(套)", "45.6", "万台(套)", "exact"),
        ("0.6215吨标准煤/万元", "0.6215吨标准煤/万元", "0.6215", "吨标准煤/万元", "exact"),
        ("占三分之一", "三分之一", "0.3333", None, "exact"),
        ("占1/4", "1/4", "0.25", None, "exact"),
        ("翻一番", "翻一番", "1", "番", "exact"),
        ("两倍", "两倍", "2", "倍", "exact"),
        ("5.26万渔民", "5.26万", "5.26", "万", "exact"),
        ("签约800.25㎡", "800.25㎡", "800.25", "㎡", "exact"),
        ("渔塘3千亩", "3千亩", "3000", "亩", "exact"),
        ("补助2百万元", "2百万元", "200", "万元", "exact"),
        ("渔网9.5千张", "9.5千张", "9.5", "千张", "exact"),
        ("投资2千亿元", "2千亿元", "2000", "亿元", "exact"),
        ("疏浚12公里多", "12公里", "12", "公里", "gt"),
        ("增速-6.7%", "-6.7%", "-6.7", "%", "exact"),
        ("同比+3.1%", "+3.1%", "3.1", "%", "exact"),
        ("百分之八十", "百分之八十", "80", "%", "exact"),
        ("突破百亿元", "突破百亿元", "100", "亿元", "gt"),
        ("附近3家", "3家", "3", "家", "exact"),
    ],
)
def test_a_written_number(text, written, value, unit, qualifier):
    folded = fold(text)
    (found,) = [q for q in scan(folded.text) if q.form != "rank"]
    assert folded.text[found.start : found.end] == written
    assert (found.value, found.written_unit, found.qualifier) == (Decimal(value), unit, qualifier)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3至5个", "3", "5", "个"),
        ("4.5%—5%", "4.5", "5", "%"),
        ("10-20万元", "10", "20", "万元"),
        ("2到3千亩", "2000", "3000", "亩"),
    ],
)
def test_a_range_is_one_number(text, low, high, unit):
    (found,) = scan(fold(text).text)
    assert (found.value, found.value_max, found.written_unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize("text", ["8-5个", "3个至5家"])
def test_what_is_no_range(text):
    assert all(found.value_max is None for found in scan(text))


def test_a_bare_number_beside_a_rate_has_its_unit():
    assert [q.written_unit for q in scan("提高1.9和1.6个百分点")] == ["个百分点", "个百分点"]
    assert [q.written_unit for q in scan("新建3、5个")] == [None, "个"]


def test_a_ratio_gives_its_parts():
    assert [q.value for q in scan("结构调整为3:37.5:59.5")] == [
        Decimal("3"),
        Decimal("37.5"),
        Decimal("59.5"),
    ]


def test_ordinals_and_bands():
    found = scan("位列第一、前两位、首位,目前12家")
    assert [(q.value, q.qualifier, q.form) for q in found] == [
        (1, "exact", "rank"),
        (2, "lt", "rank"),
        (1, "exact", "rank"),
        (12, "exact", "arabic"),
    ]


def _calls(text: str) -> int:
    """Count the Python and C calls a scan makes: a measure of work that no busy machine disturbs."""
    count = 0

    def tally(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", ["1", "一", "1,", "1.", "第", "前1", "百分之", ":1", "1个", "十", "1-"])
def test_work_is_linear_in_hostile_runs(unit):
    """FAULTS 65: 100,000 digits or numerals take twice the work of 50,000."""
    half, whole = ((unit * 100_000)[:size] for size in (50_000, 100_000))
    scan("1")
    assert _calls(whole) <= 2.2 * _calls(half) + 200
