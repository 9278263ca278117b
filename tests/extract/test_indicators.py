"""Canonical indicators: the file is sound, and an id is null rather than wrong."""

from decimal import Decimal

import pytest

from extract.indicators import IndicatorsError, catalogue, indicator_id
from extract.units import lexicon


def test_the_file_is_sound():
    units = lexicon().units
    bases = {(unit.dimension, unit.base) for unit in units.values()}
    indicators = {indicator.id: indicator for indicator in catalogue().values()}
    assert len(indicators) >= 140
    for indicator in indicators.values():
        if "/" not in indicator.dimension:
            assert (indicator.dimension, indicator.unit) in bases
        assert indicator.better in ("up", "down", None)


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


def test_a_name_twice_is_told(tmp_path):
    path = tmp_path / "indicators.toml"
    row = '[[indicator]]\nid = "a"\nname = "产值"\ndimension = "money"\nunit = "元"\n'
    path.write_text(row * 2, encoding="utf-8")
    with pytest.raises(IndicatorsError, match=r"indicators\.toml: 产值 stands twice"):
        catalogue(path)
