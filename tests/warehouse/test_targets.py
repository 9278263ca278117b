"""Plan against outcome: when a target is met, missed, or neither; a case for each rule."""

import pytest

from tests.warehouse.yearly import plan, report, year


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


def change(
    world, period, value, *, status="actual", qualifier="exact", written=None, indicator="output", **more
):
    """A document that tells a growth in percent, as a plan or as what came of it."""
    written = written or f"{value}%"
    facts = {"indicator_id": indicator, "unit_base": "%", "value_base": value, "measure": "change"}
    facts |= {"status": status, "qualifier": qualifier, **year(period), **more}
    return {
        "body": f"{status}：{period}年工业总产值变动{written}。",
        "published": f"{period if status == 'plan' else period + 1}-01-20",
        "figures": [world.figure(written, "工业总产值", value, "%", **facts)],
    }


@pytest.mark.parametrize(
    ("indicator", "target", "outcome", "met"),
    [
        ("fires", {"value": -3}, {"value": -3.5}, True),
        ("fires", {"value": -3}, {"value": -2}, False),
        ("fires", {"value": 3, "qualifier": "lt"}, {"value": 2}, True),
        (None, {"value": -10}, {"value": -12}, True),
        (None, {"value": -10}, {"value": -8}, False),
        ("output", {"value": -5, "qualifier": "lt"}, {"value": -3}, True),
        ("output", {"value": -5, "qualifier": "lt"}, {"value": -6}, False),
        ("output", {"value": -1}, {"value": 1}, True),
    ],
    ids=[
        "fell by more",
        "fell by less",
        "grew within a ceiling",
        "of no known indicator, fell by more",
        "of no known indicator, fell by less",
        "fell within a floor",
        "fell below a floor",
        "more is better, and it grew",
    ],
)
def test_a_decline_meets_a_target_where_it_should(world, told, indicator, target, outcome, met):
    both = (
        change(world, 2024, **target, status="plan", indicator=indicator),
        change(world, 2024, **outcome, indicator=indicator),
    )
    assert told(*both)("select met from mart.targets") == [(met,)]


@pytest.mark.parametrize(
    ("target", "written", "outcome", "met"),
    [
        (6, "6%左右", 5.6, True),
        (6, "6%左右", 5.4, False),
        (6.5, "6.5%左右", 6.46, True),
        (6.5, "6.5%左右", 6.4, False),
    ],
)
def test_an_approximate_target_is_met_by_what_rounds_to_it(world, told, target, written, outcome, met):
    aim = change(world, 2024, target, status="plan", qualifier="approx", written=written)
    assert told(aim, change(world, 2024, outcome))("select met from mart.targets") == [(met,)]


@pytest.mark.parametrize(
    ("target", "outcome", "met"),
    [
        ({"value": 6}, {"value": 5, "qualifier": "gt"}, None),
        ({"value": 6}, {"value": 6, "qualifier": "gt"}, True),
        ({"value": 3, "qualifier": "lt"}, {"value": 4, "qualifier": "lt"}, None),
        ({"value": 3, "qualifier": "lt"}, {"value": 3, "qualifier": "lt"}, True),
        ({"value": 3, "qualifier": "lt"}, {"value": 4, "qualifier": "gt"}, False),
        ({"value": -10, "indicator": "fires"}, {"value": -9, "qualifier": "gt", "indicator": "fires"}, None),
        ({"value": -10, "indicator": "fires"}, {"value": -10, "qualifier": "gt", "indicator": "fires"}, True),
    ],
)
def test_an_outcome_of_more_than_or_less_than_may_leave_it_open(world, told, target, outcome, met):
    ask = told(change(world, 2024, **target, status="plan"), change(world, 2024, **outcome))
    assert ask("select met, outcome_value is not null from mart.targets") == [(met, True)]


def test_a_name_with_several_values_in_one_plan_is_no_target(world, told):
    """投资 of two projects: which of them another document tells of nobody can say."""
    two = {"unit_base": "元", "status": "plan", **year(2024)}
    projects = {
        "body": "甲项目投资2亿元，乙项目投资3亿元。",
        "published": "2024-01-20",
        "figures": [world.figure(f"{n}亿元", "投资", n, value_base=n * 10**8, **two) for n in (2, 3)],
    }
    one = {
        "body": "丙项目投资4亿元。",
        "published": "2025-01-20",
        "figures": [world.figure("4亿元", "投资", 4, value_base=4 * 10**8, unit_base="元", **year(2024))],
    }
    ask = told(projects, one)
    assert ask("from mart.targets") == []
    assert ask("select indicator from mart.unspecific") == [("投资",)]
    assert ask("select written from mart.latest_metric") == [("4亿元",)]
    assert len(ask("from mart.metrics")) == 3
