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
        ("二〇二二年", "2022-01-01", "2022-12-31"),
        ("二○二一年上半年", "2021-01-01", "2021-06-30"),
        ("首季", "2023-01-01", "2023-03-31"),
        ("前三季", "2023-01-01", "2023-09-30"),
        ("前11个月", "2023-01-01", "2023-11-30"),
        ("1-11月份", "2023-01-01", "2023-11-30"),
        ("5月份", "2023-05-01", "2023-05-31"),
        ("2022年5月份", "2022-05-01", "2022-05-31"),
        ("截至去年底", "2022-01-01", "2022-12-31"),
        ("前年", "2021-01-01", "2021-12-31"),
        ("明年", "2024-01-01", "2024-12-31"),
        ("过去五年", "2019-01-01", "2023-12-31"),
        ("近三年", "2021-01-01", "2023-12-31"),
        ("2018年以来", "2018-01-01", "2023-12-31"),
        ("“十二五”时期", "2011-01-01", "2015-12-31"),
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
        "比一季度提高",
        "较1-11月回落",
        "上年同期",
        "完成年度计划",
        "占全年任务",
        "相当于2015年",
        "去年结转",
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


def test_a_span_gives_the_year_at_a_place():
    span = Period(2021, last_year=2023)
    assert [span.part(place, 3) for place in range(3)] == [Period(2021), Period(2022), Period(2023)]
    assert span.part(0, 2) == span
    assert CONTEXT.part(0, 1) == CONTEXT


def test_since_without_a_year_to_end_in_stays_as_it_is():
    (mention,) = mentions("2018年以来")
    assert mention.resolved(None) == Period(2018)
    assert mention.resolved(Period(2022, 1, 6)) == Period(2018, 1, 6, last_year=2022)
