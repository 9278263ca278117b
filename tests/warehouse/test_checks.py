"""Each check names what it should and is silent about good rows."""

from decimal import Decimal

import pytest

from warehouse.checks import CHECKS, IndicatorRange, run_checks

A = "http://yunxi.example/1"
BODY = "全年工业总产值328.1亿元，有工厂4200。"


@pytest.fixture
def found(world, connection):
    """Load a document with the given figures, then return what the checks name, by check."""

    def find(*figures, ranges=(), body=BODY):
        world.load(connection, world.run(1, listed={A: "甲"}, captured={A: body}))
        world.read(connection, body, *figures)
        return {finding.check: finding for finding in run_checks(connection, ranges)}

    return find


def test_good_rows_are_not_named(world, found):
    ranges = [IndicatorRange("output", Decimal(0), None)]
    assert found(world.figure("328.1亿元", "工业总产值", 328.1, indicator_id="output"), ranges=ranges) == {}


def test_a_value_out_of_its_range_is_named(world, found):
    figure = world.figure("328.1亿元", "工业总产值", 328.1, indicator_id="output", value_base=32810000000)
    finding = found(figure, ranges=[IndicatorRange("output", None, Decimal(10**9))])["out_of_range"]
    assert (finding.level, finding.subject) == ("warning", world.document_id(A))
    assert "328.1亿元" in finding.message


def test_a_large_level_without_unit_is_named(world, found):
    assert "4200" in found(world.figure("4200", "工厂", 4200, None))["level_without_unit"].message


def test_a_replacement_character_is_named_with_its_place(world, found):
    assert "character 1" in found(body="甲\ufffd乙")["replacement_character"].message


def test_a_figure_that_was_moved_by_hand_is_an_error(world, connection, found):
    found(world.figure("328.1亿元", "工业总产值", 328.1))
    connection.execute("update core.metrics set span_start = 0")
    (finding,) = run_checks(connection)
    assert (finding.check, finding.level, finding.subject) == (
        "figures_without_evidence",
        "error",
        world.digest(BODY),
    )


def test_a_sentence_from_elsewhere_is_an_error(world, found):
    assert (
        found(world.figure("328.1亿元", "工业总产值", 328.1, sentence="别处的328.1亿元。"))[
            "sentence_not_in_body"
        ].level
        == "error"
    )


def test_a_payload_read_twice_is_an_error(world, connection, found):
    found()
    connection.execute("insert into core.documents from core.documents")
    assert [finding.check for finding in run_checks(connection)] == ["read_twice"]


def test_a_listing_that_shrank_is_named(world, connection):
    many = {f"http://yunxi.example/{number}": "甲" for number in range(5)}
    world.load(connection, world.run(1, listed=many), world.run(2, listed={A: "甲"}))
    (finding,) = run_checks(connection)
    assert (finding.check, finding.subject) == ("listing_shrank", "20260102T080000000Z-yunxi-0002")


def test_every_check_says_in_its_first_line_what_it_looks_for():
    assert all(path.read_text().startswith("-- ") for path in CHECKS.glob("*.sql"))
