"""Canonical indicators: the file is sound, spellings meet, and an id is null rather than wrong."""

from decimal import Decimal

import pytest

from extract.indicators import IndicatorsError, catalogue, indicator_id
from extract.units import lexicon

RANGES = {"元", "%"}  # base units in which any level must be bounded


def test_the_file_is_sound():
    bases = {(unit.dimension, unit.base) for unit in lexicon().units.values()}
    dimensions = {dimension for dimension, _ in bases} | {"index"}
    indicators = {indicator.id: indicator for indicator in catalogue().values()}
    assert len(indicators) >= 700
    assert len({indicator.name for indicator in indicators.values()}) == len(indicators)
    for indicator in indicators.values():
        first = indicator.dimensions[0]
        assert set("/".join(indicator.dimensions).split("/")) <= dimensions
        assert ("/" in first) or (first, indicator.unit) in bases
        assert indicator.low < indicator.high
        assert indicator.low.is_finite() or indicator.unit not in RANGES
        assert indicator.better in ("up", "down", None)
        assert indicator.id.isidentifier()
        assert not indicator.id.endswith("_growth")


@pytest.mark.parametrize(
    ("name", "measure", "dimension", "value", "wanted"),
    [
        ("规模以上工业增加值", "level", "money", "7770000000", "industry_above_value_added"),
        ("规上工业增加值", "change", "ratio", "5.6", "industry_above_value_added"),
        ("全市地区生产总值", "level", "money", "62690000000", "gdp"),
        ("民生微实事项目", "level", "item", "172", "livelihood_projects"),
        ("地区生产总值", "level", "ratio", "5", None),
        ("城镇登记失业率", "level", "ratio", "390", None),
        ("云溪广场", "level", "money", "1", None),
    ],
)
def test_an_id_needs_name_dimension_and_range(name, measure, dimension, value, wanted):
    assert indicator_id(name, measure, dimension, Decimal(value)) == wanted


@pytest.mark.parametrize(
    ("name", "dimension", "value", "wanted"),
    [
        ("全年实现社会消费品零售总额", "money", "1e10", "retail_sales"),
        ("社会消费品零售额", "money", "1e10", "retail_sales"),
        ("年末全市户籍人口数", "person", "500000", "population_registered"),
        ("“四上”企业数量", "establishment", "518", "four_above"),
        ("规模以上工业企业", "household", "62", "industry_above_firms"),
        ("生产原油", "mass", "2390000000", "crude_oil_output"),
        ("新建公共充电桩", "item", "300", "charging_piles_new"),
        ("研究与试验发展(R&D)经费占地区生产总值的比重", "ratio", "3.4", "rd_intensity"),
        ("细颗粒物(PM2.5)年平均浓度", "mass/volume", "2.1e-8", "pm25"),
        ("参加城镇职工基本养老保险人数", "person", "35000", "pension_workers"),
        ("地区生产总值[3]", "money", "2.4e10", "gdp"),
        ("实际使用外资金额", "money-usd", "230000000", "foreign_capital"),
        ("交通运输、仓储及邮政业增加值", "money", "1e9", "transport_value_added"),
    ],
)
def test_spellings_of_one_thing_meet(name, dimension, value, wanted):
    assert indicator_id(name, "level", dimension, Decimal(value)) == wanted


@pytest.mark.parametrize(
    ("one", "other", "dimension", "value"),
    [
        ("社会消费品零售总额", "限上社会消费品零售总额", "money", "1e10"),
        ("税收收入", "一般公共预算收入", "money", "1e9"),
        ("工业总产值", "规模以上工业总产值", "money", "1e11"),
        ("养老床位", "新增养老床位", "item", "800"),
        ("医疗卫生机构床位", "新增医疗床位", "item", "800"),
        ("农村居民人均可支配收入", "农民人均纯收入", "money", "20000"),
        ("本外币存款余额", "人民币存款余额", "money", "1e11"),
        ("省级专精特新中小企业", "市级专精特新企业", "establishment", "60"),
        ("刑事警情", "刑事治安警情", "case", "60"),
        ("排查隐患", "整改隐患", "case", "60"),
    ],
)
def test_what_sounds_alike_is_kept_apart(one, other, dimension, value):
    ids = {indicator_id(name, "level", dimension, Decimal(value)) for name in (one, other)}
    assert None not in ids
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("全国地区生产总值", "money"),
        ("区本级固定资产投资", "money"),
        ("云溪科技工业总产值", "money"),
        ("规上工业总产值占全区的比重", "ratio"),
        ("固定资产投资完成率", "ratio"),
        ("高新技术企业从业人数", "person"),
        ("建成充电桩", "item"),
        ("学校", "establishment"),
        ("党员", "person"),
        ("项目", "item"),
        ("投资", "money"),
    ],
)
def test_a_part_another_place_or_a_bare_noun_has_no_id(name, dimension):
    assert indicator_id(name, "level", dimension, Decimal(50000000)) is None


@pytest.mark.parametrize(
    ("name", "measure", "dimension", "value", "wanted"),
    [
        ("居民消费价格指数", "level", "", "102.3", "cpi"),
        ("居民消费价格", "change", "ratio", "2.3", "cpi"),
        ("居民消费价格涨幅", "change", "ratio", "2.3", "cpi"),
        ("居民消费价格指数", "level", "ratio", "3.5", None),  # a target for the rise
        ("居民消费价格指数", "change", "ratio", "101.4", None),  # the index, taken for a rise
        ("城乡居民收入比", "level", "", "2.41", "income_ratio"),
        ("城乡居民收入比", "level", "", "1", None),  # the 1 of 2.41:1
    ],
)
def test_an_index_has_a_level_without_unit(name, measure, dimension, value, wanted):
    assert indicator_id(name, measure, dimension, Decimal(value)) == wanted


@pytest.mark.parametrize(
    ("name", "measure", "dimension", "wanted"),
    [
        ("地区生产总值增速", "change", "ratio", "gdp"),
        ("地区生产总值增速", "rank", "", "gdp_growth"),
        ("地区生产总值增长速度", "change", "points", "gdp_growth"),
        ("地区生产总值增速", "level", "ratio", None),
        ("地区生产总值", "rank", "", "gdp"),
        ("地区生产总值", "change", "points", None),
        ("地区生产总值", "change", "person", None),
        ("地区生产总值", "progress", "ratio", "gdp"),
        ("城镇化率", "change", "points", "urbanisation"),
        ("人口自然增长率", "change", "points", "natural_growth_rate"),
        ("森林覆盖率增速", "rank", "", None),
        ("服务业增加值总量、增速", "rank", "", None),
    ],
)
def test_a_growth_is_not_what_grows(name, measure, dimension, wanted):
    """A growth in % is a change of the indicator; its rank, and its change in points, are of another."""
    assert indicator_id(name, measure, dimension, Decimal("4.2")) == wanted


def test_the_catalogue_has_names_as_written_and_as_compared():
    """The check of plausible ranges goes by the name that a record bears."""
    known = catalogue()
    assert known["规模以上工业增加值"] is known["规上工业增加值"]


def test_a_long_name_costs_no_time():
    assert indicator_id("全市" * 50_000 + "收入", "level", "money", Decimal(1)) is None


def test_a_name_twice_is_told(tmp_path):
    path = tmp_path / "indicators.toml"
    row = '[[indicator]]\nid = "a"\nname = "产值"\ndimension = "money"\nunit = "元"\n'
    path.write_text(row * 2, encoding="utf-8")
    with pytest.raises(IndicatorsError, match=r"indicators\.toml: 产值 stands twice"):
        catalogue(path)


def test_a_spelling_that_compares_alike_is_told(tmp_path):
    path = tmp_path / "indicators.toml"
    path.write_text(
        '[names.same]\n"规模以上" = "规上"\n'
        '[[indicator]]\nid = "a"\nname = "规上产值"\naliases = ["规模以上产值"]\n'
        'dimension = "money"\nunit = "元"\n',
        encoding="utf-8",
    )
    with pytest.raises(IndicatorsError, match="stands twice"):
        catalogue(path)


def test_a_file_that_is_none_is_named(tmp_path):
    path = tmp_path / "indicators.toml"
    path.write_text("[[indicator]]\nid = 1\n", encoding="utf-8")
    with pytest.raises(IndicatorsError, match=r"indicators\.toml: cannot be read as indicators"):
        catalogue(path)
