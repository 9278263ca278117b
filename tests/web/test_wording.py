"""Protects how the pages say numbers, periods and times."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from web.queries import Figure
from web.wording import amount, is_web_address, moment, note, number, period, word

FIGURE = Figure(
    span_start=0, span_end=9, written="546.3亿元", sentence=None, indicator="规上工业总产值", measure="level",
    value=Decimal("546.3000000000"), value_max=None, unit="亿元", qualifier="exact", status="plan",
    period_start=date(2024, 1, 1), period_end=date(2024, 12, 31), scope=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "written"),
    [("638.9300000000", "638.93"), ("100.0000000000", "100"), ("-3.6000000000", "-3.6"), ("0E-10", "0")],
)
def test_a_decimal_is_written_as_people_do(value: str, written: str) -> None:
    assert number(Decimal(value)) == written


def test_an_amount_has_qualifier_range_and_unit() -> None:
    ranged = replace(FIGURE, value=Decimal(3), value_max=Decimal(5), unit="个", qualifier="approx")
    assert amount(ranged) == "约 3–5 个"
    assert amount(replace(FIGURE, unit=None)) == "546.3"
    assert amount(replace(FIGURE, qualifier="gt")) == "546.3 亿元 以上"
    assert amount(replace(FIGURE, qualifier=None)) == "546.3 亿元"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024年"),
        (date(2024, 1, 1), date(2024, 6, 30), "2024年上半年"),
        (date(2024, 7, 1), date(2024, 9, 30), "2024年第三季度"),
        (date(2024, 6, 30), date(2024, 6, 30), "2024-06-30"),
        (date(2021, 1, 1), date(2024, 12, 31), "2021-01-01 至 2024-12-31"),
        (None, date(2024, 6, 30), "2024-06-30"),
        (None, None, "—"),
    ],
)
def test_a_period_in_words(start: date | None, end: date | None, said: str) -> None:
    assert period(replace(FIGURE, period_start=start, period_end=end)) == said


def test_utc_is_shown_as_local_time_with_a_zone_or_without() -> None:
    assert moment(datetime(2026, 1, 14, 16, 5)) == "2026-01-15 00:05"
    assert moment(datetime(2026, 1, 14, 16, 5, tzinfo=UTC)) == "2026-01-15 00:05"
    assert moment(None) == "—"


def test_a_note_says_what_the_figure_is() -> None:
    assert note(FIGURE) == "规上工业总产值：546.3 亿元（2024年，数值，计划）"


def test_unknown_words_stay_and_missing_ones_are_a_dash() -> None:
    assert (word("gone"), word("other"), word(None)) == ("已撤下", "other", "—")


def test_only_web_addresses_become_links() -> None:
    assert is_web_address("HTTPS://a.example/")
    assert not is_web_address("javascript:alert(1)")
    assert not is_web_address("file:///etc/passwd")
