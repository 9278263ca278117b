"""Statistical tables become figures as a careful reader would write them down; other tables give none."""

from collections.abc import Sequence

import pytest

from extract.document import Document, read_document
from extract.tabular.reader import read_tables_of

LEAD = (
    "<p>上半年，全区经济运行总体平稳，主要指标稳步回升，各项工作有序推进，为完成全年任务打下了坚实的基础。</p>"
    * 2
)


def page(tables: str, title: str = "海云区2024年上半年经济运行情况") -> Document:
    return read_document(
        f'<html><head><title>{title}</title><meta name="ArticleTitle" content="{title}"></head>'
        f'<body><div class="article"><h1>{title}</h1>{LEAD}{tables}</div></body></html>'.encode()
    )


def table(*rows: str) -> str:
    """Make a table of rows whose cells are parted by |; `2:` before a cell spans columns, `^` two rows."""
    lines = []
    for row in rows:
        cells = []
        for cell in row.split("|"):
            across = f" colspan={cell[0]}" if cell[1:2] == ":" else ""
            down = " rowspan=2" if cell.startswith("^") else ""
            cells.append(f"<td{across}{down}>{cell[2:] if across else cell.lstrip('^')}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def figures(document: Document) -> list[tuple[str, str, str, str | None]]:
    """Return (written, name, measure, unit) of all figures; evidence is checked on the way."""
    found = read_tables_of(document).figures
    assert [figure.start for figure in found] == sorted({figure.start for figure in found})
    return [
        (
            document.body[figure.start : figure.end],
            figure.name,
            figure.measure,
            figure.unit.written if figure.unit else None,
        )
        for figure in found
    ]


def periods(document: Document) -> list[tuple[int | None, int, int] | None]:
    told = [figure.period and figure.period.period for figure in read_tables_of(document).figures]
    return [period and (period.year, period.first, period.last) for period in told]


def test_unit_column_and_growth():
    document = page(
        table(
            "产品名称|单位|产量|比上年增长（%）",
            "发电量|亿千瓦时|12.3|5.6",
            "水泥|万吨|1,234.5|−3.2",
            "渔网|万条|—|持平",
        )
    )
    assert figures(document) == [
        ("12.3", "发电量", "level", "亿千瓦时"),
        ("5.6", "发电量", "change", "%"),
        ("1,234.5", "水泥产量", "level", "万吨"),
        ("−3.2", "水泥产量", "change", "%"),
    ]


def test_classes_take_the_name_of_what_the_caption_counts():
    document = page(
        "<p>表2 2023年居民消费价格比上年涨跌幅度</p><p>单位：%</p>"
        + table("指标|全区|城市|农村", "居民消费价格|0.3|0.2|0.4", "其中：食品烟酒|-0.5|-0.6|-0.3")
    )
    assert [(name, measure) for _, name, measure, _ in figures(document)] == [
        ("居民消费价格", "change"),
        ("城市居民消费价格", "change"),
        ("农村居民消费价格", "change"),
        ("食品烟酒价格", "change"),
        ("城市食品烟酒价格", "change"),
        ("农村食品烟酒价格", "change"),
    ]
    assert set(periods(document)) == {(2023, 1, 12)}


def test_classes_of_the_row_above_and_their_units():
    document = page(
        table(
            "指标|1-6月|增长%",
            "货物运输量（万吨）|588.4|0.5",
            "铁路|128.9|-2.9",
            "民航（吨）|12491|22.0",
            "亏损面（%）|3.2|1.1个百分点",
        )
    )
    assert [(name, unit) for _, name, _, unit in figures(document)] == [
        ("货物运输量", "万吨"),
        ("货物运输量", "%"),
        ("铁路货物运输量", "万吨"),
        ("铁路货物运输量", "%"),
        ("民航货物运输量", "吨"),
        ("民航货物运输量", "%"),
        ("亏损面", "%"),
        ("亏损面", "个百分点"),
    ]


def test_shares_of_a_whole():
    document = page(
        "<p>表3 2023年末人口数及其构成</p>"
        + table("指标|年末数（万人）|比重（%）", "常住人口|100.5|100.0", "其中：城镇|60.3|60.0")
    )
    assert figures(document)[2:] == [
        ("60.3", "城镇人口", "level", "万人"),
        ("60.0", "城镇人口占常住人口的比重", "level", "%"),
    ]


def test_places_in_rows_and_two_levels_of_heads():
    document = page(
        "<p>表1 2024年上半年各街道主要经济指标</p>"
        + table(
            "^街道|2:规模以上工业总产值|3:固定资产投资",
            "总量（亿元）|增速（%）|总量（亿元）|完成年度计划（%）|全市排名",
            "全区|300.5|6.1|50.2|48.3|2",
            "东港街道|100.5|7.1|20.2|55.0|第5位",
        )
    )
    assert figures(document)[5:] == [
        ("100.5", "东港街道规模以上工业总产值", "level", "亿元"),
        ("7.1", "东港街道规模以上工业总产值", "change", "%"),
        ("20.2", "东港街道固定资产投资", "level", "亿元"),
        ("55.0", "东港街道固定资产投资", "progress", "%"),
        ("5", "东港街道固定资产投资", "rank", "位"),
    ]
    found = read_tables_of(document).figures
    assert [figure.subject for figure in found[4:6]] == [None, "东港街道"]
    assert found[-1].scope == "全市"


def test_periods_in_columns():
    document = page(
        table(
            "指标|单位|本月|1-6月累计|上年同期|同比增长(%)",
            "税收收入|万元|9 800|59683|58000|2.9",
            "社保支出|万元|1|2|3|4",
        ),
        title="海云区2024年6月统计月报",
    )
    assert periods(document)[:4] == [(2024, 6, 6), (2024, 1, 6), (2023, 1, 6), (2024, 1, 6)]


def test_years_in_rows_and_growth_in_rows():
    document = page(
        table("年份|地区生产总值（亿元）|增速（%）", "2021年|100.1|5.0", "2022年|110.2|4.0")
        + table("指标|2022年|2023年", "地区生产总值（亿元）|110.2|118.0", "比上年增长（%）|4.0|5.1")
    )
    assert {name for _, name, _, _ in figures(document)} == {"地区生产总值"}
    assert [measure for _, _, measure, _ in figures(document)] == ["level", "change"] * 2 + ["level"] * 2 + [
        "change"
    ] * 2
    assert [period and period[0] for period in periods(document)] == [
        2021,
        2021,
        2022,
        2022,
        2022,
        2023,
        2022,
        2023,
    ]


def test_side_by_side_and_a_head_that_comes_again():
    document = page(
        table(
            "指标|数值|指标|数值",
            "常住人口（万人）|12.3|城镇化率（%）|88.1",
            "户籍人口（万人）|8.8|养老床位（张）|320",
        )
        + table(
            "3:1、生产总值",
            "指标|6月|增长%",
            "生产总值（亿元）|——|-6.5",
            "3:2、工业",
            "指标|5月|增长%",
            "企业个数（个）|3725|0.1",
            "3:注：按可比价计算。",
        )
    )
    assert [name for _, name, _, _ in figures(document)] == [
        "常住人口",
        "城镇化率",
        "户籍人口",
        "养老床位",
        "生产总值",
        "企业个数",
        "企业个数",
    ]
    assert periods(document)[-2:] == [(2024, 5, 5), (2024, 5, 5)]


def test_an_index_has_no_unit_and_an_amount_without_one_is_left_out():
    document = page(
        table("类别|以上年同期价格为100", "居民消费价格总指数|100.7", "食品|103.2")
        + table("指标|6月", "营业收入|12", "企业（个）|7")
    )
    assert figures(document) == [
        ("100.7", "居民消费价格总指数", "level", None),
        ("103.2", "食品价格指数", "level", None),
        ("7", "企业", "level", "个"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("单位|联系人|联系电话", "办事处|李某|12345678", "中心|王某|87654321"),
        ("序号|房屋坐落|面积（平方米）|租金（元/月）", "1|东港路1号|88.5|2000", "2|东港路2号|60|1500"),
        ("序号|项目名称|中标供应商|金额（万元）", "1|保洁服务|甲公司|12.5", "2|绿化养护|乙公司|30"),
        ("序号|文件名称|页数", "1|工作方案|12", "2|管理办法|8"),
        ("序号|类别|最高支付", "1|高血压|200元/月", "2|糖尿病|50元/月"),
    ],
    ids=["telephones", "rooms", "contracts", "documents", "limits"],
)
def test_lists_are_no_statistics(rows: Sequence[str]):
    document = page(table(*rows))
    assert figures(document) == []
    assert read_tables_of(document).spans


def test_a_cell_of_running_text_is_left_to_the_prose_reader():
    document = page(
        table(
            "事项|进展",
            "园区建设|上半年完成投资1.2亿元，同比增长5%；新开工项目3个，竣工2个，其余按计划推进。",
            "清淤|完成",
        )
    )
    spans = [document.body[slice(*span)] for span in read_tables_of(document).spans]
    assert spans == ["事项\t进展", "清淤\t完成"]


TEXT = """海云市2023年国民经济和社会发展统计公报
全年实现地区生产总值123.4亿元，增长5.0%。
表1 2023年海云市生产总值
绝 对 数 (亿元)\t比上年增长 (%)
地区生产总值\t123.4\t5.0
第一产业\t3.4\t2.6
全年固定资产投资增长5.0%。
表2 2023年分行业固定资产投资增长速度
行业 比上年增长（%）
总计 5.0
农、林、牧、渔业 12.3
制造业 -4.5
全年社会消费品零售总额50.2亿元。
"""


def test_plain_text():
    document = read_document(TEXT.encode(), content_type="text/plain")
    assert figures(document) == [
        ("123.4", "地区生产总值", "level", "亿元"),
        ("5.0", "地区生产总值", "change", "%"),
        ("3.4", "第一产业增加值", "level", "亿元"),
        ("2.6", "第一产业增加值", "change", "%"),
        ("5.0", "固定资产投资", "change", "%"),
        ("12.3", "农、林、牧、渔业投资", "change", "%"),
        ("-4.5", "制造业投资", "change", "%"),
    ]
    lines = [document.body[slice(*span)] for span in read_tables_of(document).spans]
    assert lines[0] == "表1 2023年海云市生产总值"
    assert not any("全年" in line for line in lines)


def test_prose_has_no_tables():
    document = read_document(
        "工作报告\n一、回顾\n全年完成产值12亿元，增长5%。\n二、计划\n新建道路3条。".encode()
    )
    assert read_tables_of(document) == read_tables_of(page(""))
