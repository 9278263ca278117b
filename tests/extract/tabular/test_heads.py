"""What heads of columns say: measure, unit, name, period."""

import pytest

from extract.period import Period
from extract.tabular.heads import is_refused, read_head


@pytest.mark.parametrize(
    ("levels", "measure", "unit", "name"),
    [
        (["绝对数（亿元）"], "level", "亿元", ""),
        (["产量(万吨)"], "level", "万吨", "产量"),
        (["比上年增长（%）"], "change", "%", ""),
        (["比去年同期增长(%"], "change", "%", ""),
        (["规模以上工业增加值", "增速"], "change", "%", "规模以上工业增加值"),
        (["增加值(亿元)"], "level", "亿元", "增加值"),
        (["同比增减百分点"], "change", "个百分点", ""),
        (["比上年增减额(万元)"], "change", "万元", ""),
        (["完成年度计划(%)"], "progress", "%", ""),
        (["全市排名"], "rank", "位", ""),
        (["利润率(%)"], "level", "%", "利润率"),
        (["城镇"], None, None, "城镇"),
        (["上年=100", "城镇"], "level", None, "城镇"),
        (["本月比上年同月增长(%)"], "change", "%", ""),
        (["年初预算数(万元)"], "level", "万元", ""),
    ],
)
def test_measure(levels, measure, unit, name):
    head = read_head(levels)
    assert (head.measure, head.unit.written if head.unit else None, head.name) == (measure, unit, name)


@pytest.mark.parametrize(
    ("levels", "period", "when"),
    [
        (["2023年", "总量"], Period(2023), None),
        (["2022"], Period(2022), None),
        (["1—6月累计"], Period(None, 1, 6), "cumulative"),
        (["1月-6月"], Period(None, 1, 6), None),
        (["1-3季度"], Period(None, 1, 9), None),
        (["6月"], Period(None, 6, 6), None),
        (["本月"], None, "current"),
        (["1—12月"], Period(None, 1, 12), None),
        (["本月止累计"], None, "cumulative"),
        (["1-本月"], None, "cumulative"),
        (["以2020年价格为100"], None, None),
        (["上年同期"], None, "earlier"),
        (["比上年同期增长%"], None, None),
    ],
)
def test_period(levels, period, when):
    head = read_head(levels)
    assert (head.mention.period if head.mention else None, head.when) == (period, when)


def test_shares_ranks_and_plans():
    assert read_head(["比重(%)"]).share == "比重"
    assert read_head(["占全部出口比重(%)"]).whole == "全部出口"
    assert read_head(["全省位次"]).scope == "全省"
    assert read_head(["年度目标(亿元)"]).status == "plan"
    assert read_head(["以上年同期价格为100"]).index


@pytest.mark.parametrize("head", ["联系电话", "中标供应商", "房屋坐落", "牵头单位", "招聘岗位名称"])
def test_lists_are_refused(head):
    assert is_refused(head)


def test_companies_above_a_size_are_no_limit():
    assert not is_refused("限额以上单位零售额")
