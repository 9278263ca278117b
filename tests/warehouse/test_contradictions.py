"""Checks that hold figures against each other, and documents against their site; silent about usual ones."""

import pytest

from tests.warehouse.yearly import plan, report, year
from warehouse.mart import store_mart


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


@pytest.mark.parametrize(("period", "named"), [(2022, True), (2019, False)])
def test_a_jump_over_years_that_nobody_told_is_named(world, told, period, named):
    """A report between the two may be missing; over many years a place may grow tenfold."""
    ask = told(report(world, period, 20), report(world, 2024, 220))
    found = ask("select message from mart.findings where check_name = 'tenfold_jump'")
    assert bool(found) == named
    assert all(f"the same period of {period} 20亿元" in message for (message,) in found)


@pytest.mark.parametrize(
    ("published", "count"), [("2024-12-20", 0), ("2024-10-02", 0), ("2024-09-30", 1), ("2024-03-01", 1)]
)
def test_actual_figures_of_a_period_that_lies_ahead_are_named(world, told, published, count):
    ask = told(report(world, 2024, 220, 8, published=published))
    found = ask("select message from mart.findings where check_name = 'told_too_early'")
    assert len(found) == count
    assert all(message.startswith("2 actual figures of 2024-01-01 to 2024-12-31") for (message,) in found)


def test_a_plan_may_lie_ahead(world, told):
    assert told(plan(world, 2024, 220))("from mart.findings") == []


def trade(world, exports, imports, *, total=2570.19, **more):
    shared = {"unit_base": "元", **year(2024), **more}
    amounts = {"进出口": ("foreign_trade", total), "出口": ("exports", exports), "进口": ("imports", imports)}
    return {
        "body": "，".join(f"{name}{value}亿元" for name, (_, value) in amounts.items()) + "。",
        "published": "2025-01-20",
        "figures": [
            world.figure(
                f"{value}亿元", name, value, indicator_id=id_, value_base=round(value * 10**8), **shared
            )
            for name, (id_, value) in amounts.items()
            if value is not None
        ],
    }


@pytest.mark.parametrize(
    ("exports", "imports", "named"),
    [
        (1761.7, 808.49, False),
        (1761.7, 808.5, False),
        (1761.71, 808.52, True),
        (1671.7, 808.49, True),
        (1761.7, None, False),
    ],
    ids=[
        "they do",
        "but for rounding",
        "but for a few hundredths",
        "digits changed places",
        "a part is not told",
    ],
)
def test_parts_that_do_not_come_to_their_total_are_named(world, told, exports, imports, named):
    ask = told(trade(world, exports, imports))
    found = ask("select message from mart.findings where check_name = 'parts_do_not_add_up'")
    assert bool(found) == named
    assert all(
        "进出口 is 2570.19亿元" in message and f"出口 {exports}亿元" in message for (message,) in found
    )


def test_parts_of_another_period_are_of_another_total(world, told):
    made = trade(world, 1671.7, 808.49)
    made["figures"][1].more["period_end"] = "2024-06-30"
    assert told(made)("from mart.findings") == []


def test_a_part_of_a_part_is_none_of_the_total(world, told):
    made = trade(world, 1671.7, 808.49)
    made["figures"][1].more["scope"] = "民营企业"
    assert told(made)("from mart.findings") == []


def test_one_payload_at_many_addresses_is_named(world, connection):
    world.load(connection, world.run(1, captured={f"http://yunxi.example/{n}": "正文" for n in range(6)}))
    world.read(connection, "正文")
    store_mart(connection)
    found = connection.execute("select check_name, subject from mart.findings").fetchall()
    assert found == [("payload_at_many_addresses", world.digest("正文"))]


def test_a_site_with_too_little_text_is_named(world, connection):
    site = {**world.site, "expect": {"entries_min": 1, "body_coverage_min": 0.9}}
    listed = {f"http://yunxi.example/{n}": "甲" for n in range(3)}
    world.load(
        connection, world.run(1, listed=listed, captured={"http://yunxi.example/0": "正文"}, site=site)
    )
    world.read(connection, "正文")
    store_mart(connection)
    ((check, message),) = connection.execute("select check_name, message from mart.findings").fetchall()
    assert check == "coverage_under_floor"
    assert "1 of 3 listed documents are held as text, the site file expects 90%" in message
