"""Each check names what it should and is silent about good rows."""

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import warehouse
from extract.indicators import Indicator
from warehouse.checks import findings
from warehouse.indicators import store_indicators
from warehouse.mart import store_mart

A = "http://yunxi.example/1"
BODY = "全年工业总产值328.1亿元，有工厂4200。"
NAMES = ("工业总产值", "工业产值")
OUTPUT = Indicator("output", NAMES[0], ("money",), "元", Decimal(0), Decimal("Infinity"), "up")


def named(connection):
    """Return what the checks name, asked as in a published copy."""
    store_mart(connection)
    return tuple(findings(connection))


@pytest.fixture
def found(world, connection):
    """Load a document with the given figures, then return what the checks name, by check."""

    def find(*figures, indicator=None, body=BODY):
        store_indicators(connection, dict.fromkeys(NAMES, indicator) if indicator else {})
        world.load(connection, world.run(1, listed={A: "甲"}, captured={A: body}))
        world.read(connection, body, *figures)
        return {finding.check: finding for finding in named(connection)}

    return find


def test_good_rows_are_not_named(world, found):
    figure = world.figure("328.1亿元", "工业总产值", 328.1, value_base=32810000000, unit_base="元")
    assert found(figure, indicator=OUTPUT) == {}


def test_a_value_out_of_its_range_is_named_though_it_has_no_indicator_id(world, found):
    """The extractor gives no id to what its range does not fit, so the name must do."""
    figure = world.figure("328.1亿元", "工业产值", 328.1, value_base=32810000000, unit_base="元")
    low = replace(OUTPUT, low=Decimal("-Infinity"), high=Decimal("1000000000.50"))
    finding = found(figure, indicator=low)["out_of_range"]
    assert (finding.level, finding.subject) == ("warning", world.document_id(A))
    assert finding.message == (
        "工业产值 is 328.1亿元 at 7, plausible is … to 1000000000.5元; read it on the page, and if it stands "
        "there widen the range: 全年工业总产值328.1亿元，有工厂4200。"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"indicator": "税收"},
        {"unit_base": "家"},
        {"measure": "change"},
        {"status": "plan"},
    ],
)
def test_a_figure_of_something_else_is_in_no_range(world, found, other):
    more = {"value_base": -1, "unit_base": "元", **other}
    figure = world.figure("328.1亿元", "工业总产值", 328.1, **more)
    assert "out_of_range" not in found(figure, indicator=OUTPUT)


def test_a_large_level_without_unit_is_named(world, found):
    assert "4200" in found(world.figure("4200", "工厂", 4200, None))["level_without_unit"].message


def test_a_replacement_character_is_named_with_its_place(world, found):
    assert "character 1" in found(body="甲\ufffd乙")["replacement_character"].message


def test_a_figure_that_was_moved_by_hand_is_an_error(world, connection, found):
    found(world.figure("328.1亿元", "工业总产值", 328.1))
    connection.execute("update core.metrics set span_start = 0")
    (finding,) = named(connection)
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
    assert [finding.check for finding in named(connection)] == ["read_twice"]


def test_a_listing_that_shrank_is_named(world, connection):
    many = {f"http://yunxi.example/{number}": "甲" for number in range(5)}
    world.load(connection, world.run(1, listed=many), world.run(2, listed={A: "甲"}))
    (finding,) = named(connection)
    assert (finding.check, finding.subject) == ("listing_shrank", "20260102T080000000Z-yunxi-0002")


def test_documents_that_went_missing_at_once_are_named(world, connection):
    many = {f"http://yunxi.example/{number}": "甲" for number in range(20)}
    few = dict(list(many.items())[:12])
    world.load(connection, world.run(1, listed=many), world.run(2, listed=few))
    (finding,) = named(connection)
    assert (finding.check, finding.subject) == ("missing_at_once", "20260102T080000000Z-yunxi-0002")
    assert "8 of 20 documents of 总结" in finding.message


def test_every_check_says_in_its_first_line_what_it_looks_for():
    checks = Path(warehouse.__file__).with_name("checks")
    assert all(path.read_text().startswith("-- ") for path in checks.glob("*.sql"))


def test_thousands_of_indicators_cost_no_search_for_modules(connection, monkeypatch):
    """DuckDB looks for numpy and pandas for each value that is bound, anew where they are missing."""
    sought = []

    class Counting:
        @staticmethod
        def find_spec(name, path=None, target=None):
            sought.append(name)

    monkeypatch.setattr("sys.meta_path", [Counting, *sys.meta_path])
    names = tuple(f"指标{number}" for number in range(2000))
    store_indicators(connection, {name: replace(OUTPUT, id=name) for name in names})
    assert connection.execute("select count(*) from core.indicators").fetchone() == (2000,)
    assert len(sought) < len(names)
