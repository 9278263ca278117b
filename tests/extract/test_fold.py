"""Folding: signs become half width, blanks and marks go, and every character knows where it stood."""

import pytest

from extract.fold import fold


@pytest.mark.parametrize(
    ("body", "folded"),
    [
        ("产值４６．３亿元，增长５％。", "产值46.3亿元,增长5%。"),
        ("产值 46.3 亿 元", "产值46.3亿元"),
        ("PM2.5 平均 PM 10", "PM2.5平均PM 10"),
        ("1 234 户", "1 234户"),
        ("产值12·6亿元，王·某", "产值12.6亿元,王·某"),
        ("增速−6.7﹪", "增速-6.7%"),
        ("比例3∶7", "比例3:7"),
        ("产值[3]37亿元", "产值37亿元"),
        ("城镇化率71.8%*。", "城镇化率71.8%。"),
        ("云府[2023]15号", "云府[2023]15号"),
        ("甲\u200b乙\ufeff丙", "甲乙丙"),
        ("甲\n乙\t丙", "甲\n乙\t丙"),
    ],
)
def test_one_shape(body, folded):
    assert fold(body).text == folded


def test_the_way_back():
    body = "  产值 １２ . ５ 亿 元。"
    folded = fold(body)
    start = folded.text.index("12")
    first, last = folded.span(start, folded.text.index("元") + 1)
    assert body[first:last] == "１２ . ５ 亿 元"


def test_each_character_has_its_origin():
    body = "一、 总结[1]\n 产值\u3000３·５亿元*，增长 2% 。\n"
    folded = fold(body)
    assert len(folded.origin) == len(folded.text)
    assert list(folded.origin) == sorted(set(folded.origin))
