"""Names of rows: what marks and brackets they carry, and what classes are called."""

import pytest

from extract.tabular.rownames import Outline, caption_noun, of_class, read_row_name


@pytest.mark.parametrize(
    ("cell", "name", "unit", "depth"),
    [
        ("地区生产总值（亿元）", "地区生产总值", "亿元", 0),
        ("一、食品烟酒", "食品烟酒", None, 1),
        ("其中：民航(吨)", "民航", "吨", 6),
        ("#工业", "工业", None, 6),
        ("蔬菜产量（不含食用菌）", "蔬菜产量", None, 0),
        ("固定资产投资[3]", "固定资产投资", None, 0),
        ("在总计中：轻工业", "轻工业", None, 6),
        ("税收收入合计", "税收收入", None, 0),
    ],
)
def test_rows(cell, name, unit, depth):
    row = read_row_name(cell)
    assert (row.name, row.unit.written if row.unit else None, row.depth) == (name, unit, depth)


def test_rows_that_are_no_names():
    assert read_row_name("比上年增长（%）").growth
    assert read_row_name("2021年").mention is not None
    assert read_row_name("合计").total
    assert read_row_name("东港街道").place
    assert not read_row_name("城镇").place
    assert read_row_name("东城区").place
    assert not read_row_name("主城区").place
    assert read_row_name("东港区及西岭开发区").place
    assert read_row_name("总产出构成（%）").share
    assert read_row_name("3月").mention is not None


@pytest.mark.parametrize(
    ("caption", "noun"),
    [
        ("表2 2023年居民消费价格比上年涨跌幅度", "居民消费价格"),
        ("表4 2023年分行业固定资产投资（不含农户）增长速度", "固定资产投资"),
        ("2023年末人口数及其构成", "人口数"),
        ("表1 海云市2019年生产总值", "生产总值"),
        ("2024年上半年主要经济指标", ""),
        ("三、就业", ""),
        ("海云市2023年国民经济和社会发展统计公报", ""),
    ],
)
def test_captions(caption, noun):
    assert caption_noun(caption) == noun


@pytest.mark.parametrize(
    ("name", "noun", "full"),
    [
        ("食品烟酒", "居民消费价格", "食品烟酒价格"),
        ("第二产业", "地区生产总值", "第二产业增加值"),
        ("制造业", "固定资产投资", "制造业投资"),
        ("其他", "固定资产投资", "其他固定资产投资"),
        ("城市", "居民消费价格", "城市居民消费价格"),
        ("城镇", "人口数", "城镇人口"),
        ("住宿餐饮企业", "限额以上商业企业数", "住宿餐饮企业数"),
        ("铁路", "货物运输量", "铁路货物运输量"),
        ("海水产品", "水产品产量", "海水产品产量"),
    ],
)
def test_classes(name, noun, full):
    assert of_class(name, noun) == full


def test_a_row_is_no_class_of_one_with_the_same_mark():
    outline = Outline("")
    for text in ("税收收入", "1.增值税"):
        outline.enter(read_row_name(text), None)
    assert outline.parent(read_row_name("2.其他税收")).name == "税收收入"
    assert outline.parent(read_row_name("其中：工业")).name == "增值税"
