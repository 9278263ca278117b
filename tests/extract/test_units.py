"""The unit lexicon: prefixes and quotients compose, base values are exact, a bad file is named."""

from decimal import Decimal

import pytest

from extract.numbers import scan
from extract.units import UnitsError, lexicon, to_base


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("46.3亿元", "4630000000", "元"),
        ("38.7万平方米", "387000", "平方米"),
        ("5106公顷", "51060000", "平方米"),
        ("83.4公里", "83400", "米"),
        ("9万吨", "90000000", "千克"),
        ("315.8万吨标准煤", "3158000000", "千克标准煤"),
        ("1.2倍", "120", "%"),
        ("0.9个百分点", "0.9", "个百分点"),
        ("615万人次", "6150000", "人次"),
        ("37名", "37", "人"),
        ("29宗", "29", "件"),
        ("2.5万亿元", "2500000000000", "元"),
        ("12亿美元", "1200000000", "美元"),
        ("3亿元/平方公里", "300", "元/平方米"),
        ("1.7万", "17000", None),
        ("6772万度", "67720000", "千瓦时"),
        ("12亿千瓦时", "1200000000", "千瓦时"),
        ("3.5GWh", "3500000", "千瓦时"),
        ("25万tce", "250000000", "千克标准煤"),
        ("21微克/立方米", "0.000000021", "千克/立方米"),
        ("21μg/m³", "0.000000021", "千克/立方米"),
        ("0.5mg/L", "0.0005", "千克/立方米"),
        ("6200人/平方公里", "0.0062", "人/平方米"),
        ("1.2万元/平方米", "12000", "元/平方米"),
        ("2500个/立方厘米", "2500000000", "个/立方米"),
        ("8.2张/千人", "0.0082", "个/人"),
        ("3.2万笔", "32000", "件"),
        ("36万标准箱", "360000", "个"),
        ("5.6万TEU", "56000", "个"),
        ("1200标台", "1200", "个"),
        ("860万重量箱", "430000000", "千克"),
        ("45.6万载重吨", "456000", "载重吨"),
        ("196亿吨公里", "19600000000", "吨公里"),
        ("1.5EFlops", "1.5", "EFLOPS"),
        ("800EB", "800000000000000000000", "字节"),
        ("10Gbps", "10000", "Mbps"),
        ("53.2分贝", "53.2", "分贝"),
        ("30家/次", "30", "家次"),
        ("12台/套", "12", "个"),
        ("209人年", "209", "人年"),
        ("2.3亿澳门元", "230000000", "澳门元"),
        ("25个基点", "0.25", "个百分点"),
        ("4.2‱", "0.042", "%"),
    ],
)
def test_base_value(text, value, base):
    (found,) = scan(text)
    assert to_base(found.value, found.magnitude, found.unit) == (Decimal(value), base)


INSIDE = """
10方面工作 20周年 17部门联合 5名单 3场所 2台风 2000名额 6车道 300家庭 30门诊 5波段 2035双碳目标 100只要
7包括 2轮候 200席位 4针对 12笔试 30股份 7纳米芯片 55英寸屏幕 5G 5g基站 十六字方针 20MPa压力
"""


@pytest.mark.parametrize("text", INSIDE.split())
def test_a_unit_inside_another_word_is_none(text):
    assert [q.unit for q in scan(text)] in ([None], [])


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("20家电子企业", "家"),
        ("8家具备条件的企业", "家"),
        ("12家园区", "家"),
        ("3座机场", "座"),
        ("2处方舱医院", "处"),
        ("9条次干道路", "条"),
        ("1200人年均增收", "人"),
        ("3轮训练", "轮"),
    ],
)
def test_a_unit_before_a_word_that_only_looks_like_another_stays(text, unit):
    assert [q.written_unit for q in scan(text)] == [unit]


def test_every_spelling_is_found_whole():
    units = lexicon()
    for spelling, unit in units.units.items():
        if unit.dimension != "duration-part":
            found = units.match(spelling, 0)
            assert found is not None
            assert found.written == spelling


def test_a_spelling_twice_is_named(tmp_path):
    path = tmp_path / "units.toml"
    group = '[[dimension]]\nname = "x"\nbase = "元"\nunits = {"元" = 1}\n'
    path.write_text(group * 2, encoding="utf-8")
    with pytest.raises(UnitsError, match=r"units\.toml: 元 stands twice"):
        lexicon(path)
