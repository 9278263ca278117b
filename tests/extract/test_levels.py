"""Levels: the name left of the number, right of its unit, of the whole before, or from the thread."""

import pytest

from extract.claims import Thread
from extract.clauses import slots
from extract.levels import read_level
from extract.numbers import scan


def level(text, told=None, index=0):
    """Return name and rule of a number of a text read as a level."""
    claim = read_level(told or Thread(), slots(text, scan(text)), index)
    return claim.name, claim.rule


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("渔业产值3亿元", ("渔业产值", "left")),
        ("完成3座渡口改造", ("渡口改造", "right")),
        ("总投资3亿元的云溪广场开工", ("总投资", "invested")),
        ("3亿元修缮资金到账", ("修缮资金", "right")),
        ("近海养殖快速发展,产量3万吨", ("近海养殖产量", "left")),
        ("续保率再创新高,达到3%", ("续保率", "elided")),
        ("示范渔村(35个)", ("示范渔村", "left")),
        ("海岸驿站达到12家的目标", ("海岸驿站", "left")),
    ],
)
def test_by_the_phrase(text, wanted):
    assert level(text) == wanted


def test_an_elided_clause_takes_the_focus():
    assert level("已完成3座", Thread(focus="栈桥", dimension="item")) == ("栈桥", "elided")


def test_a_verb_of_work_keeps_itself_and_takes_the_object():
    told = Thread(focus="排查隐患", dimension=scan("64处")[0].dimension)
    assert level("整改62处", told) == ("整改隐患", "elided")


def test_a_part_in_brackets_takes_the_head_of_the_whole():
    told = Thread(focus="养殖面积", whole="养殖面积", dimension="area")
    assert level("养殖面积40万亩(海水25万亩)", told, 1) == ("海水养殖面积", "part")


def test_a_rate_beside_a_flow_is_its_growth():
    claim = read_level(Thread(), slots("渔业增加值6%", scan("渔业增加值6%")), 0)
    assert (claim.name, claim.measure) == ("渔业增加值", "change")
