"""Periods: what a phrase names, what is only a base of comparison, and how missing years are filled."""

import pytest

from extract.period import Period, mentions

CONTEXT = Period(2023)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022年前三季度河长考核", "2022-01-01", "2022-09-30"),
        ("上半年", "2023-01-01", "2023-06-30"),
        ("下半年交通", "2023-07-01", "2023-12-31"),
        ("二季度末,渔船在册", "2023-04-01", "2023-06-30"),
        ("四季度", "2023-10-01", "2023-12-31"),
        ("1—8月", "2023-01-01", "2023-08-31"),
        ("截至6月底", "2023-01-01", "2023-06-30"),
        ("截至2022年12月31日", "2022-01-01", "2022-12-31"),
        ("去年", "2022-01-01", "2022-12-31"),
        ("今年以来", "2023-01-01", "2023-12-31"),
        ("五年来", "2019-01-01", "2023-12-31"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("“十三五”末", "2020-01-01", "2020-12-31"),
        ("到2030年", "2030-01-01", "2030-12-31"),
        ("2021—2023年", "2021-01-01", "2023-12-31"),
        ("2022年6月", "2022-06-01", "2022-06-30"),
    ],
)
def test_a_named_period(text, start, end):
    (mention,) = mentions(text)
    assert tuple(str(day) for day in mention.resolved(CONTEXT).dates()) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "比上年增长",
        "较2020年增加",
        "与2021年计划目标一致",
        "比2019年全年增速快",
        "同比增长",
        "“十四五”规划",
        "是2010年的",
    ],
)
def test_a_base_of_comparison_is_no_period(text):
    assert mentions(text) == []


def test_years_listed_before_the_same_months():
    first, second = mentions("2018和2019年同期涨幅分别为")
    quarter = Period(2020, 1, 3)
    assert first.resolved(quarter) == Period(2018, 1, 3)
    assert second.resolved(quarter) == Period(2019, 1, 3)


def test_without_any_year_there_are_no_dates():
    (mention,) = mentions("一季度")
    assert mention.resolved(None).dates() == (None, None)
