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
    ],
)
def test_base_value(text, value, base):
    (found,) = scan(text)
    assert to_base(found.value, found.magnitude, found.unit) == (Decimal(value), base)


@pytest.mark.parametrize("text", ["10方面工作", "20周年", "17部门联合", "5名单", "3场所", "2台风"])
def test_a_unit_inside_another_word_is_none(text):
    assert [q.unit for q in scan(text)] == [None]


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
