"""The unit lexicon: prefixes and quotients compose, base values are exact, a bad file is named."""

from decimal import Decimal

import pytest

from extract.numbers import scan
from extract.units import UnitsError, lexicon, to_base


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("328.1亿元", "32810000000", "元"),
        ("124.1万平方米", "1241000", "平方米"),
        ("3242公顷", "32420000", "平方米"),
        ("57.9公里", "57900", "米"),
        ("9万吨", "90000000", "千克"),
        ("729.2万吨标准煤", "7292000000", "千克标准煤"),
        ("1.2倍", "120", "%"),
        ("0.8个百分点", "0.8", "个百分点"),
        ("704万人次", "7040000", "人次"),
        ("21名", "21", "人"),
        ("11宗", "11", "件"),
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
