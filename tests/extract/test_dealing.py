"""Deals: which numbers are dealt out, in which order, and to which names."""

import pytest

from extract.clauses import slots
from extract.dealing import Share, deal
from extract.numbers import scan


def dealt(text):
    return deal(slots(text, scan(text)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("纺织业、造纸业产值分别增长8%和3%", ["纺织业产值", "造纸业产值"]),
        ("城乡居民收入分别增长8%、3%", ["城镇居民收入", "农村居民收入"]),
        ("鱼糜、虾酱等产品产量分别增长8%、3%", ["鱼糜产量", "虾酱产量"]),
        ("废水、垃圾处理能力不断增强,处理率分别达到8%、3%", ["废水处理率", "垃圾处理率"]),
        ("纺织业、造纸业产值8亿元、3亿元", ["纺织业产值", "造纸业产值"]),
    ],
)
def test_names(text, names):
    assert [share.name for share in dealt(text).values()] == names


def test_places_are_counted():
    shares = dealt("渔业、盐业、林业产值分别为8亿元、3亿元、2亿元")
    assert [(index, share.place, share.count) for index, share in shares.items()] == [
        (0, 0, 3), (1, 1, 3), (2, 2, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["产值8亿元,增长3%", "新建渔港8座、泊位3个", "比例8:3:2", "河长考核位列全市第八、第三"],
)
def test_what_stands_for_itself_is_not_dealt(text):
    assert dealt(text) == {}


def test_a_share_without_a_name_takes_the_level_at_its_place():
    first, second = (Share(None, place, 2, "增长") for place in (0, 1))
    assert first.resolved(["契税", "房产税", "车船税"], "税收") == "房产税"
    assert second.resolved(["契税", "房产税", "车船税"], "税收") == "车船税"
    assert second.resolved(["契税"], "税收") == "税收"
    assert Share(None, 0, 2, "", "增速").resolved(["契税", "房产税"], "") == "契税增速"


def test_the_verb_stays_with_the_deal():
    assert {share.verb for share in dealt("渔业、盐业产值同比分别下降8%、3%").values()} == {"同比下降"}
