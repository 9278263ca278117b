"""Names: what is stripped from the phrases beside a number, and where a noun phrase ends."""

import pytest

from extract.enumeration import merged, parts_of
from extract.names import behind_predicate, last_told, left_name, parted, place, right_name, topic


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("全年共完成固定资产投资", "固定资产投资"),
        ("管网普查率达到", "管网普查率"),
        ("其中,渔业实现产值", "渔业产值"),
        ("船舶违规行为", "船舶违规行为"),
        ("重点项目", "重点项目"),
        ("核查并整治农贸市场", "整治农贸市场"),
        ("高强度开展海岸巡查", "海岸巡查"),
        ("高质量建议", "高质量建议"),
        ("重点实施码头扩建项目", "码头扩建项目"),
        ("新能源汽车产量", "新能源汽车产量"),
        ("共享单车", "共享单车"),
        ("2022年上半年河长考核", "河长考核"),
        ("已完成", ""),
        ("货运同比增长的有", "货运同比增长"),
        ("海云港在航线带动下实现产值", "海云港产值"),
        ("●新增泊位", "新增泊位"),
        ("街道累计获得省级荣誉", "获得省级荣誉"),
        ("登记渔船(含休渔渔船)", "登记渔船"),
        ("养殖补助每人每年", "养殖补助"),
        ("海堤加固已完成", "海堤加固"),
        ("6月底前完成渔港修缮", "渔港修缮"),
        ("南湾海堤加固工程新增绿道", "新增绿道"),
        ("是2018年的", ""),
    ],
)
def test_left(phrase, name):
    assert left_name(phrase) == name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("文创商家进驻", "文创商家"),
        ("渡口“旧换新”完成验收", "渡口“旧换新”"),
        ("取得岸线使用批文", "取得岸线使用批文"),
        ("的环岛栈道修缮。", "环岛栈道修缮"),
        ("长的环湖骑行道", "环湖骑行道"),
        ("小区", "小区"),
        ("渔港整治项目及灯光系统布设", "渔港整治项目"),
        ("海堤加固和泵站更新项目", "海堤加固和泵站更新项目"),
        ("市级以上龙头企业", "市级以上龙头企业"),
        ("居民家庭", "居民家庭"),
        ("新成立的渔业合作社投入运营", "新成立的渔业合作社"),
        ("上市公司", "上市公司"),
        ("在职渔技员参加体检", "在职渔技员"),
        ("以上老年渔民参加体检", "老年渔民"),
        ("渔港、一批泊位", "渔港"),
    ],
)
def test_right(phrase, name):
    assert right_name(phrase) == name


def test_the_phrase_between_two_numbers():
    assert parted("企业总投资") == ("企业", "总投资")
    assert parted("和") is None


def test_the_last_of_a_list_of_clauses():
    assert last_told("码头建成、货运量") == "货运量"
    assert last_told("渔业、盐业") == "渔业、盐业"


def test_the_place_a_phrase_speaks_of():
    assert place("全国渔业产值") == "全国"
    assert place("渔业产值") is None


def test_people_counted_are_the_name():
    assert right_name("困难学生的助学贷款得到落实", people=True) == "困难学生"


def test_behind_predicate():
    assert behind_predicate("休渔渔民发放船舶补贴") == "发放船舶补贴"


def test_topic_of_a_clause_without_number():
    assert topic("续保率再创新高") == "续保率"
    assert topic("提高水平") == ""
    assert topic("渔业方面") == "渔业"


def test_lists():
    assert parts_of("纺织业、造纸业产值", 2) == ["纺织业产值", "造纸业产值"]
    assert parts_of("城乡居民收入", 2) == ["城镇居民收入", "农村居民收入"]
    assert parts_of("出口和进口", 2) == ["出口", "进口"]
    assert parts_of("投资", 2) == []
    assert parts_of("城镇和农村居民收入", 2) == ["城镇居民收入", "农村居民收入"]
    assert parts_of("省级、市级龙头", 2) == ["省级龙头", "市级龙头"]
    assert parts_of("海参占产值和出口的比重", 2) == ["海参占产值的比重", "海参占出口的比重"]
    assert parts_of("渔业、盐业产值", 3) == []
    assert merged("沿海渔民", "渔民人均收入") == "沿海渔民人均收入"
