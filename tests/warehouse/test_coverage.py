"""What an office has reported, what is late and what is missing; a case for each rule."""

from tests.warehouse.yearly import TAX, plan, report, year
from warehouse.mart import store_mart


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


def test_what_a_report_tells_of_other_years_is_told_in_passing(world, told):
    """A report of 2023 that looks back at 2020 is no late report of 2020, and no habit."""
    looking_back = report(world, 2023, 210, 5)
    looking_back["body"] += "2020年150亿元。"
    past = world.figure("150亿元", "工业总产值", 150, value_base=150 * 10**8, **TAX, **year(2020))
    ask = told({**looking_back, "figures": [*looking_back["figures"], past]})
    found = ask("select year(period_end), state, days_after_period from mart.coverage order by period_end")
    assert found == [(2020, "mentioned", None), (2023, "published", 20)]


def test_two_texts_that_have_nothing_in_common_make_no_habit(world, told):
    other = report(world, 2023, 12)
    other["figures"][0].more["indicator_id"] = "fires"
    ask = told(report(world, 2022, 200), other)
    assert ask("from mart.coverage where state = 'missing'") == []


def test_nothing_is_missing_where_no_listing_was_read(world, connection, told):
    """Saved pages that were taken in are a complete run, but nobody looked for more."""
    ask = told(report(world, 2022, 200), report(world, 2023, 210))
    connection.execute("update raw.runs set entries = 0")
    store_mart(connection)
    assert ask("from mart.coverage where state = 'missing'") == []


def test_a_budget_of_a_year_is_no_report_of_it(world, told):
    """Published in February with figures of the whole year: the report is what comes after it."""
    budget = report(world, 2024, 300, published="2024-02-10")
    (found,) = told(budget)("select state, days_after_period from mart.coverage")
    assert found == ("mentioned", None)


def test_the_years_of_an_office_count_however_its_name_is_printed(world, told):
    ask = told(report(world, 2022, 200), report(world, 2023, 210, office="云溪区松石街道"))
    found = ask("select year(period_end), office, state from mart.coverage order by period_end")
    assert found == [
        (2022, "松石街道办事处", "published"),
        (2023, "云溪区松石街道", "published"),
        (2024, "云溪区松石街道", "missing"),
    ]
