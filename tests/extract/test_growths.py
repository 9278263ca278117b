"""Growths: what grew, by the phrase, the bracket, the clause before or the thread."""

import pytest

from extract.claims import Thread
from extract.clauses import slots
from extract.growths import read_growth
from extract.numbers import scan


def growth(text, told=None):
    """Return name, sign and rule of the last number of a text read as a growth; None where it is none."""
    claim = read_growth(told or Thread(), slots(text, scan(text))[-1])
    return claim and (claim.name, claim.sign, claim.rule)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("渔业产值增长3%", ("渔业产值", 1, "growth")),
        ("渔业产值下降3%", ("渔业产值", -1, "growth")),
        ("渔业产值翻一番", ("渔业产值", 1, "doubled")),
        ("渔业产值增速3%", ("渔业产值增速", 1, "rate")),
        ("压减围网面积3万亩", ("围网面积", -1, "object")),
        ("续保率提高,上升3个百分点", ("续保率", 1, "growth")),
        ("拉动产值增长3个百分点", ("拉动产值增长", 1, "pull")),
        ("下拉产值增速3个百分点", ("下拉产值增速", -1, "pull")),
    ],
)
def test_by_the_phrase(text, wanted):
    assert growth(text) == wanted


@pytest.mark.parametrize(
    "text", ["渔业产值3亿元", "提高到3%", "新增床位3个", "自然增长率为-0.3‰", "占产值的3%"]
)
def test_levels_are_no_growths(text):
    assert growth(text) is None


def test_by_the_thread():
    told = Thread(focus="渔业产值", grew=True)
    assert growth("增长3%", told) == ("渔业产值", 1, "growth")
    assert growth("回落3个百分点", told) == ("渔业产值增速", -1, "growth")


def test_points_after_a_share_are_of_the_share():
    told = Thread(focus="渔业产值", share="渔业产值占产值的比重")
    assert growth("提高3个百分点", told) == ("渔业产值占产值的比重", 1, "growth")


def test_a_change_of_rank_is_of_what_is_ranked():
    told = Thread(ranked="河长考核", was_rank=True)
    assert growth("上升3位", told) == ("河长考核", 1, "growth")
    assert growth("后移3位", told) == ("河长考核", -1, "growth")


def test_the_sign_of_a_verb_holds_for_its_list():
    told, text = Thread(), "增加藻类面积9万亩、贝类7万亩"
    claims = [read_growth(told, slot) for slot in slots(text, scan(text))]
    assert [(claim.name, claim.sign) for claim in claims] == [("藻类面积", 1), ("贝类", 1)]
