"""Marts over the years: panel, ranking, plan against outcome, coverage; a case for each rule."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.indicators import Indicator
from warehouse.indicators import store_indicators

OUTPUT = Indicator("output", "工业总产值", ("money",), "元", Decimal(0), Decimal("Infinity"), "up")
FIRES = replace(OUTPUT, id="fires", name="火灾起数", better="down")
TAX = {"indicator_id": "output", "unit_base": "元"}


def year(number, **more):
    return {"period_start": f"{number}-01-01", "period_end": f"{number}-12-31", **more}


@pytest.fixture
def told(world, connection):
    """Load documents, each of an office, a day of publication and its figures, at an address of its own."""

    def load(*documents, day=1, **run):
        bodies = {f"http://yunxi.example/{day}-{n}": one["body"] for n, one in enumerate(documents)}
        world.load(connection, world.run(day, listed=dict.fromkeys(bodies, "甲"), captured=bodies, **run))
        for one in documents:
            facts = {"source": one.get("office", "松石街道办事处"), "published_on": one["published"]}
            world.read(connection, one["body"], *one["figures"], **facts)
        store_indicators(connection, {one.name: one for one in (OUTPUT, FIRES)})
        return lambda sql: connection.execute(sql).fetchall()

    return load


def report(world, period, value, growth=None, *, published=None, **more):
    """A report of a year: a level of output in 亿元, and its growth in percent."""
    written, office = f"{value}亿元", more.get("office", "松石街道办事处")
    shared = {**TAX, **year(period)}
    figures = [world.figure(written, "工业总产值", value, value_base=int(value * 10**8), **shared)]
    if growth is not None:
        facts = {**shared, "unit_base": "%", "measure": "change"}
        figures.append(world.figure(f"{growth}%", "工业总产值", growth, "%", **facts))
    return {
        "office": office,
        "body": f"{office}{period}年工业总产值{written}，增长{growth}%。",
        "published": published or f"{period + 1}-01-20",
        "figures": figures,
    }


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


def plan(world, period, value, *, qualifier="exact", **more):
    made = report(world, period, value, published=f"{period}-01-20", **more)
    made["figures"][0].more.update(status="plan", qualifier=qualifier)
    return {**made, "body": "计划：" + made["body"]}


@pytest.mark.parametrize(
    ("target", "qualifier", "outcome", "met"),
    [(200, "exact", 200, True), (200, "gt", 199, False), (200, "lt", 199, True), (200, "lt", 201, False)],
)
def test_a_target_is_held_against_what_was_told_of_its_period(world, told, target, qualifier, outcome, met):
    ask = told(plan(world, 2024, target, qualifier=qualifier), report(world, 2024, outcome))
    found = ask("select met, written, outcome_written from mart.targets")
    assert found == [(met, f"{target}亿元", f"{outcome}亿元")]


def test_fewer_fires_meet_a_target(world, told):
    both = plan(world, 2024, 20), report(world, 2024, 19)
    for one in both:
        one["figures"][0].more["indicator_id"] = "fires"
    assert told(*both)("select met from mart.targets") == [(True,)]


def test_a_target_without_outcome_is_neither_met_nor_missed(world, told):
    ask = told(plan(world, 2026, 220), report(world, 2025, 210))
    assert ask("select met, outcome_written from mart.targets") == [(None, None)]


def test_what_was_told_every_year_is_missed_when_it_does_not_come(world, told):
    """The last complete run is of January 2026: 2024 is overdue by then, 2025 is not."""
    ask = told(report(world, 2022, 200), report(world, 2023, 210, published="2024-06-30"))
    found = ask("select year(period_end), state, days_after_period from mart.coverage order by period_end")
    assert found == [(2022, "published", 20), (2023, "late", 182), (2024, "missing", None)]


def test_a_plan_does_not_cover_its_year(world, told):
    ask = told(
        report(world, 2022, 200), report(world, 2023, 210), plan(world, 2024, 220), plan(world, 2025, 230)
    )
    found = ask("select year(period_end), state from mart.coverage where plan_figures > 0 order by all")
    assert found == [(2024, "missing"), (2025, "planned")]


def test_nothing_is_missing_where_no_run_was_complete(world, told):
    ask = told(report(world, 2022, 200), report(world, 2023, 210), complete=False)
    assert ask("from mart.coverage where state = 'missing'") == []


@pytest.mark.parametrize(
    ("before", "value", "growth", "check"),
    [(20, 220, None, "tenfold_jump"), (220, 20, None, "tenfold_jump"), (200, 220, 40, "growth_contradicts")],
)
def test_a_level_that_the_year_before_contradicts_is_named(world, told, before, value, growth, check):
    ask = told(report(world, 2023, before), report(world, 2024, value, growth))
    ((message,),) = ask(f"select message from mart.findings where check_name = '{check}'")
    assert f"{value}亿元" in message
    assert f"{before}亿元" in message


def test_usual_years_are_not_named(world, told):
    ask = told(report(world, 2023, 200), report(world, 2024, 220, 8))
    assert ask("from mart.findings") == []


def test_one_payload_at_many_addresses_is_named(world, connection):
    world.load(connection, world.run(1, captured={f"http://yunxi.example/{n}": "正文" for n in range(6)}))
    world.read(connection, "正文")
    found = connection.execute("select check_name, subject from mart.findings").fetchall()
    assert found == [("payload_at_many_addresses", world.digest("正文"))]


def test_a_site_with_too_little_text_is_named(world, connection):
    site = {**world.site, "expect": {"entries_min": 1, "body_coverage_min": 0.9}}
    listed = {f"http://yunxi.example/{n}": "甲" for n in range(3)}
    world.load(
        connection, world.run(1, listed=listed, captured={"http://yunxi.example/0": "正文"}, site=site)
    )
    world.read(connection, "正文")
    ((check, message),) = connection.execute("select check_name, message from mart.findings").fetchall()
    assert check == "coverage_under_floor"
    assert "1 of 3 listed documents are held as text, the site file expects 90%" in message
