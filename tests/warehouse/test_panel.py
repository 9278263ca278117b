"""Marts over the years: panel and ranking; a case for each rule."""

import pytest

from tests.warehouse.yearly import FIRES, OUTPUT, TAX, plan, report, year


def test_a_level_stands_beside_its_growth_and_the_level_of_the_year_before(world, told):
    ask = told(report(world, 2023, 200), report(world, 2024, 220, 8))
    found = ask(
        "select year(period_end), value, growth, growth_by_levels, before_written, growth_written "
        "from mart.indicator_panel order by period_end"
    )
    assert found == [(2023, 200, None, None, None, None), (2024, 220, 8, 10, "200亿元", "8%")]


def test_a_growth_without_a_level_has_its_own_sentence(world, told):
    made = report(world, 2024, 220, 8)
    ask = told({**made, "figures": made["figures"][1:]})
    assert ask("select value, growth, written, span_start = growth_span_start from mart.indicator_panel") == [
        (None, 8, "8%", True)
    ]


def test_the_last_of_february_has_a_year_before(world, told):
    months = [
        {**report(world, 2024, 200), "figures": [_january_to_february(world, 200, "2024-02-29")]},
        {**report(world, 2025, 220), "figures": [_january_to_february(world, 220, "2025-02-28")]},
    ]
    ask = told(*months)
    found = ask("select before_written from mart.indicator_panel order by period_end")
    assert found == [(None,), ("200亿元",)]


def _january_to_february(world, value, end):
    period = {"period_start": f"{end[:4]}-01-01", "period_end": end}
    return world.figure(f"{value}亿元", "工业总产值", value, value_base=value * 10**8, **TAX, **period)


def test_a_level_of_more_than_gives_no_growth(world, told):
    """超过200亿元 may be 210 or 240: what came after grew by nobody knows how much."""
    before = report(world, 2023, 200)
    before["figures"][0].more["qualifier"] = "gt"
    ask = told(before, report(world, 2024, 220, 8))
    assert ask(
        "select growth, growth_by_levels, before_written from mart.indicator_panel where growth = 8"
    ) == [(8, None, "200亿元")]


def test_a_growth_stands_beside_the_level_it_was_told_with(world, told):
    """Trade in two currencies grew by two rates; the one that is known belongs to one of them."""
    made = report(world, 2024, 220, 8)
    dollars = world.figure(
        "30亿美元", "工业总产值", 30, "亿美元", indicator_id="output", unit_base="美元", **year(2024)
    )
    other = {"body": "按美元计30亿美元。", "published": "2025-03-01", "figures": [dollars]}
    ask = told(made, other)
    assert ask("select unit, growth from mart.indicator_panel order by unit") == [
        ("亿元", 8),
        ("亿美元", None),
    ]


@pytest.mark.parametrize(
    ("office", "subject", "kept"),
    [
        ("云溪区人民政府", "全区", None),
        ("云州省南溪市云溪区人民政府", "我区", None),
        ("云溪区统计局", "全区", None),
        ("松石街道办事处", "辖区", None),
        ("云溪区松石街道办事处", "全街道", None),
        ("松石街道办事处", "全区", "全区"),
        ("云溪区人民政府", "全市", "全市"),
        ("云溪区城市管理局", "全市", "全市"),
        ("南溪日报", "全区", "全区"),
    ],
)
def test_the_whole_of_the_own_place_is_no_subject(world, told, office, subject, kept):
    made = report(world, 2024, 220, 8, office=office)
    made["figures"][0].more["subject"] = subject
    ask = told(made)
    assert ask("select subject from mart.latest_metric where measure = 'level'") == [(kept,)]
    assert len(ask("from mart.indicator_panel")) == (1 if kept is None else 2)


def test_a_plan_is_no_row_of_the_panel(world, told):
    made = report(world, 2024, 220)
    made["figures"][0].more["status"] = "plan"
    assert told(made)("from mart.indicator_panel") == []


@pytest.mark.parametrize(("indicator", "first"), [(OUTPUT, "新河街道办事处"), (FIRES, "松石街道办事处")])
def test_the_best_is_first_where_more_is_better_and_where_less_is(world, told, indicator, first):
    reports = [report(world, 2024, 200), report(world, 2024, 300, office="新河街道办事处")]
    for one in reports:
        one["figures"][0].more["indicator_id"] = indicator.id
    ask = told(*reports)
    found = ask("select office, place, offices from mart.ranking order by place")
    assert [row[1:] for row in found] == [(1, 2), (2, 2)]
    assert found[0][0] == first


def test_a_street_is_not_held_against_a_district(world, told):
    ask = told(report(world, 2024, 200), report(world, 2024, 9000, office="云溪区人民政府"))
    assert ask("select office_kind, place, offices from mart.ranking order by all") == [
        ("district", 1, 1),
        ("subdistrict", 1, 1),
    ]


@pytest.mark.parametrize(
    ("office", "kind"),
    [
        ("云溪区人民政府", "district"),
        ("云溪区人民政府办公室", "district"),
        ("南溪市人民政府", "city"),
        ("云州省人民政府", "province"),
        ("云州自治区人民政府", "province"),
        ("云溪区统计局", "区统计局"),
        ("南溪市云溪区市场监督管理局", "区市场监督管理局"),
        ("南溪市城市管理局", "市城市管理局"),
        ("南溪日报", None),
    ],
)
def test_an_office_is_ranked_among_its_kind(world, told, office, kind):
    ask = told(report(world, 2024, 200, office=office))
    assert ask("select office_kind from mart.ranking") == ([(kind,)] if kind else [])


@pytest.mark.parametrize(
    "name", ["松石街道", "云溪区松石街道办事处", "云溪区松石街道", "南溪市云溪区松石街道办事处"]
)
def test_an_office_is_one_however_much_of_its_name_is_printed(world, told, name):
    """Pages of one site print now the whole name and now a part of it."""
    reports = report(world, 2023, 200, office=name), report(world, 2024, 220, 8)
    ask = told(*reports, plan(world, 2024, 210, office=name))
    assert ask("select before_written from mart.indicator_panel where growth = 8") == [("200亿元",)]
    assert ask("select met, written, outcome_written from mart.targets") == [(True, "210亿元", "220亿元")]


@pytest.mark.parametrize(
    "name", ["石桥区新河街道办事处", "云溪区统计局", "云溪区人民政府", "北岭市城区白塔街道"]
)
def test_another_office_is_another(world, told, name):
    ask = told(report(world, 2023, 200, office=name), report(world, 2024, 220, 8))
    assert ask("select before_written from mart.indicator_panel where growth = 8") == [(None,)]
