"""Names: what is stripped from the phrases beside a number, and where a noun phrase ends."""

import pytest

from extract.listing import merged, parts_of
from extract.names import behind_predicate, left_name, right_name, topic


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("全年共完成固定资产投资", "固定资产投资"),
        ("信访化解率达到", "信访化解率"),
        ("其中,一产实现增加值", "一产增加值"),
        ("食品违法行为", "食品违法行为"),
        ("重点项目", "重点项目"),
        ("重点实施基础设施项目", "基础设施项目"),
        ("新能源汽车产量", "新能源汽车产量"),
        ("共享单车", "共享单车"),
        ("2023年前三季度环卫指数", "环卫指数"),
        ("已完成", ""),
        ("产量同比增长的有", "产量同比增长"),
        ("白云厂在龙头带动下实现增加值", "白云厂增加值"),
    ],
)
def test_left(phrase, name):
    assert left_name(phrase) == name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("优质企业进驻", "优质企业"),
        ("片区“瓶改管”完成验收", "片区“瓶改管”"),
        ("取得专项规划批复", "取得专项规划批复"),
        ("的供水主管网改造。", "供水主管网改造"),
        ("长的滨河街区", "滨河街区"),
        ("小区", "小区"),
        ("品质提升项目及慢行系统建设", "品质提升项目"),
        ("民生保障和社会事业项目", "民生保障和社会事业项目"),
        ("市级以上龙头企业", "市级以上龙头企业"),
        ("居民家庭", "居民家庭"),
    ],
)
def test_right(phrase, name):
    assert right_name(phrase) == name


def test_people_counted_are_the_name():
    assert right_name("受灾群众的基本生活得到保障", people=True) == "受灾群众"


def test_behind_predicate():
    assert behind_predicate("低收入老人发放高龄补贴") == "发放高龄补贴"


def test_topic_of_a_clause_without_number():
    assert topic("参合率再创新高") == "参合率"
    assert topic("提高水平") == ""


def test_lists():
    assert parts_of("高技术制造业、装备制造业增加值", 2) == ["高技术制造业增加值", "装备制造业增加值"]
    assert parts_of("城乡居民收入", 2) == ["城镇居民收入", "农村居民收入"]
    assert parts_of("出口和进口", 2) == ["出口", "进口"]
    assert parts_of("投资", 2) == []
    assert merged("城镇居民", "居民人均收入") == "城镇居民人均收入"
