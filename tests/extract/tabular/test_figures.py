"""Tables as bulletins print them become figures with the name, unit, measure and time a reader would give."""

import pytest

from extract.document import Document, read_document
from extract.metrics import read_metrics


def page(rows: str, *, title: str = "海云区2024年6月统计月报", above: str = "") -> Document:
    """Make a page of one table: a row to a line, cells parted by |, `2:` before a cell that spans two columns
    and `^` before one that spans two rows.
    """
    markup = []
    for line in rows.strip().splitlines():
        cells = []
        for cell in line.strip().split("|"):
            down = " rowspan=2" if cell.startswith("^") else ""
            text = cell.lstrip("^")
            across = f" colspan={text[0]}" if text[1:2] == ":" else ""
            cells.append(f"<td{down}{across}>{text[2:] if across else text}</td>")
        markup.append(f"<tr>{''.join(cells)}</tr>")
    return read_document(
        f'<html><head><title>{title}</title></head><body><div class="TRS_Editor"><h1>{title}</h1>'
        f"<p>上半年，全区经济运行总体平稳，主要指标稳步回升，现将有关情况公布如下。</p>{above}"
        f"<table>{''.join(markup)}</table></div></body></html>".encode()
    )


def figures(document: Document) -> list[str]:
    """Return each figure as `written name [measure] unit period`, levels and whole years left unsaid."""
    found = []
    for metric in read_metrics(document):
        if not metric.rule.startswith("table-"):
            continue
        assert document.body[metric.start : metric.end] == metric.written
        measure = "" if metric.measure == "level" else metric.measure
        plan = "plan" if metric.status == "plan" else ""
        start, end = metric.period_start, metric.period_end
        months = f"{start.year}:{start.month}-{end.month}" if start and end else "-"
        found.append(
            " ".join(
                filter(None, (metric.written, metric.indicator, measure, metric.unit or "", plan, months))
            )
        )
    return found


def test_a_plan_beside_what_was_done():
    document = page(
        """^指标名称|^单位|^1季度累计|^同比增速(±%)|2:2024年|^完成年度计划(%)
        计划目标值|比上年增长(%)
        地区生产总值|亿元|77.7|8.0|356-357|8.1-8.6|-
        固定资产投资额|亿元|69.8|9.1|270.7|15.0|25.8""",
        title="海云区2024年1-3月经济发展数据",
    )
    assert figures(document) == [
        "77.7 地区生产总值 亿元 2024:1-3",
        "8.0 地区生产总值 change % 2024:1-3",
        "356-357 地区生产总值 亿元 plan 2024:1-12",
        "8.1-8.6 地区生产总值 change % plan 2024:1-12",
        "69.8 固定资产投资额 亿元 2024:1-3",
        "9.1 固定资产投资额 change % 2024:1-3",
        "270.7 固定资产投资额 亿元 plan 2024:1-12",
        "15.0 固定资产投资额 change % plan 2024:1-12",
        "25.8 固定资产投资额 progress % 2024:1-12",
    ]
    ranges = [metric for metric in read_metrics(document) if metric.value_max is not None]
    assert [(str(metric.value), str(metric.value_max)) for metric in ranges] == [
        ("356", "357"),
        ("8.1", "8.6"),
    ]


def test_unit_and_period_in_a_row_above_the_head():
    document = page(
        """3:2024年1-6月|2:单位：万元
        项 目|2024年6月|同比增长(%)|2024年1-6月|同比增长(%)
        全 区|100|－1.5|600|4.4
        东城区|10|4.4|50|1.1
        其他|5|1.0|20|2.0""",
        title="规模以上工业总产值",
    )
    assert figures(document)[:6] == [
        "100 规模以上工业总产值 万元 2024:6-6",
        "－1.5 规模以上工业总产值 change % 2024:6-6",
        "600 规模以上工业总产值 万元 2024:1-6",
        "4.4 规模以上工业总产值 change % 2024:1-6",
        "10 东城区规模以上工业总产值 万元 2024:6-6",
        "4.4 东城区规模以上工业总产值 change % 2024:6-6",
    ]
    assert figures(document)[8] == "5 其他规模以上工业总产值 万元 2024:6-6"


@pytest.mark.parametrize(
    "above", ["<p>单位：亿元</p>", "<p>（金额单位：亿元）</p>", "<p>表1 主要指标（单位：亿元）</p>"]
)
def test_unit_above_the_table(above):
    document = page("指标|本月止累计|比去年同月增长%\n地区生产总值|12.5|3.0", above=above)
    assert figures(document) == [
        "12.5 地区生产总值 亿元 2024:1-6",
        "3.0 地区生产总值 change % 2024:1-6",
    ]


def test_parts_and_indices_below_an_amount():
    document = page(
        """项目|2022|2023
        总产出（亿元）|90.5|95.5
        第一产业|10.5|11.5
        总产出指数（上年=100）|110.4|113.2
        第一产业|103.1|102.9
        总产出构成（%）|100.0|100.0
        第一产业|11.6|12.0""",
        above="<p>单位：亿元</p>",
    )
    assert figures(document)[2::2] == [
        "10.5 第一产业总产出 亿元 2022:1-12",
        "110.4 总产出指数 2022:1-12",
        "103.1 第一产业总产出指数 2022:1-12",
        "100.0 总产出构成 % 2022:1-12",
        "11.6 第一产业总产出占总产出的比重 % 2022:1-12",
    ]


def test_points_are_the_change_of_a_share():
    document = page(
        """3:2、本地生产总值构成
        指标|1-6月|增减百分点
        第一产业|1.9|0.1
        3:3、就业
        指标|比重(%)|比上年增减(百分点)
        城镇从业人员|60.5|1.2"""
    )
    assert figures(document) == [
        "1.9 第一产业增加值占本地生产总值的比重 % 2024:1-6",
        "0.1 第一产业增加值占本地生产总值的比重 change 个百分点 2024:1-6",
        "60.5 城镇从业人员比重 % 2024:1-6",
        "1.2 城镇从业人员比重 change 个百分点 2024:1-6",
    ]


def test_places_in_columns():
    document = page(
        """^指标|^单位|2:全市|2:东港区
        总量|增长%|总量|增长%
        地区生产总值|亿元|1000.1|5.0|300.2|6.0"""
    )
    assert [metric.subject for metric in read_metrics(document)] == [None, None, "东港区", "东港区"]
    assert figures(document)[3] == "6.0 东港区地区生产总值 change % 2024:1-6"
    wholes = page("指标|全省|全市|全区\n城镇化率（%）|60.1|61.2|70.3")
    assert [metric.indicator for metric in read_metrics(wholes)] == [
        "全省城镇化率",
        "全市城镇化率",
        "全区城镇化率",
    ]


def test_kinds_of_people_in_columns_stand_before_the_row():
    document = page(
        """^指标|2:城镇居民|2:农村居民
        绝对量（元）|增速（%）|绝对量（元）|增速（%）
        人均可支配收入|51821|5.1|21691|7.7
        人均消费支出|32994|8.6|18175|9.3
        食品烟酒|9495|6.2|5880|6.9""",
        title="2023年分城乡居民收支情况",
    )
    assert figures(document)[1::4] == [
        "5.1 城镇居民人均可支配收入 change % 2023:1-12",
        "8.6 城镇居民人均消费支出 change % 2023:1-12",
        "6.2 城镇居民食品烟酒支出 change % 2023:1-12",
    ]


def test_months_in_rows_carry_the_year_on():
    document = page(
        """月份|固定资产投资环比增速（%）
        2023年11月份|1.99
        12月份|1.56
        2024年1月份|0.81
        2月|1.57""",
        title="2024年2月份环比数据",
    )
    assert [line.split()[-1] for line in figures(document)] == [
        "2023:11-11",
        "2023:12-12",
        "2024:1-1",
        "2024:2-2",
    ]


def test_growth_beside_two_years_is_that_of_the_later():
    document = page("项目|单位|2023年|2022年|同比（%）\n接待游客|万人次|12.5|8.1|54.3")
    assert figures(document)[2] == "54.3 接待游客 change % 2023:1-12"


def test_all_months_are_the_year_and_the_last_is_a_month():
    document = page("指标|单位|12月|1—12月\n发电量|亿千瓦时|3.1|40.2", title="2023年12月统计月报")
    assert figures(document) == ["3.1 发电量 亿千瓦时 2023:12-12", "40.2 发电量 亿千瓦时 2023:1-12"]


def test_budget_of_the_year_in_a_monthly_table():
    document = page(
        """5:单位：万元
        项目|年初预算数|本月完成|累计完成|占预算%
        （一）税收收入|100 000|9 000|50 000|50.0
        1.增值税|40000|3000|20000|50.0
        2.其他税收|1000|20|300|30.0"""
    )
    assert figures(document)[:4] == [
        "100 000 税收收入 万元 plan 2024:1-12",
        "9 000 税收收入 万元 2024:6-6",
        "50 000 税收收入 万元 2024:1-6",
        "50.0 税收收入 progress % 2024:1-6",
    ]
    assert figures(document)[8] == "1000 其他税收 万元 plan 2024:1-12"


def test_classes_of_prices_are_prices():
    document = page(
        """指标|上年=100
        居民消费价格|101.9
        城市|101.8
        食品烟酒|102.2
        其中：粮食|101.0""",
        above="<p>表2 2023年居民消费价格指数</p>",
    )
    assert [line.split()[1] for line in figures(document)] == [
        "居民消费价格",
        "城市居民消费价格",
        "食品烟酒价格",
        "粮食价格",
    ]


def test_amounts_that_the_heads_do_not_tell_apart_are_left_out():
    document = page("指标|1-6月累计|累计|增长%\n产值（亿元）|12.5|6.5|3.0")
    assert [line.split()[0] for line in figures(document)] == ["3.0"]


@pytest.mark.parametrize(
    "rows",
    [
        "线路|票价（元）|里程（公里）\n甲路|2|12.5\n乙路|1|8",
        "时间|降水量（毫米）|蒸发量（毫米）\n6月1日|10|5\n6月2日|20|6",
        "指标内容|指标值（人）\n≥100|120\n95|98",
        "地类|面积（公顷）|补偿标准（万元/公顷）\n水田|1.2|90\n旱地|0.5|60",
    ],
    ids=["fares", "days", "limits", "rates of compensation"],
)
def test_no_statistics(rows):
    assert figures(page(rows)) == []
