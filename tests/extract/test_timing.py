"""Timing: which period is in force at a number, and which lies ahead of or behind the section's."""

import pytest

from extract.frames import Frame
from extract.outline import Section
from extract.period import Period
from extract.timing import Timeline

YEAR = Section((), "actual", Period(2023), told=True)
HALF = Section((), "actual", Period(2023, 1, 6), told=True)
FIVE = Section((), "actual", Period(2023), told=True, years=Period(2019, last_year=2023))
OPEN = Section((), "actual", None, told=False)


def timeline(published=None):
    return Timeline(published, Frame(None, None))


def period(text, number, section=YEAR, published=None):
    """Return the period in force where a number is written in a sentence."""
    line, at = timeline(published), text.index(number)
    line.sentence(text, section)
    return line.period_at(at, max(text.rfind(mark, 0, at) for mark in ",;:()") + 1)


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        ("新建渔港3座。", "3", Period(2023)),
        ("上半年,渔港3座,泊位8个。", "8", Period(2023, 1, 6)),
        ("渔港3座,上半年泊位8个;水闸9座。", "8", Period(2023, 1, 6)),
        ("渔港3座,上半年泊位8个;水闸9座。", "9", Period(2023)),
        ("南湾渔港扩建于上半年竣工,水闸9座。", "9", Period(2023)),
        ("渔港由2018年的3座增加到9座。", "3", Period(2018)),
        ("渔港由2018年的3座增加到9座。", "9", Period(2023)),
        ("产值比2018年增长9%。", "9", Period(2023)),
    ],
)
def test_reach(text, number, wanted):
    assert period(text, number) == wanted


def test_since_ends_where_the_section_ends():
    assert period("今年以来,渔港3座。", "3", HALF) == Period(2023, 1, 6)


def test_a_span_of_years_gives_its_ends_and_its_yearly_rate():
    text = "产值由3亿元增加到9亿元,年均增长8%。"
    assert period(text, "8", FIVE) == Period(2019, last_year=2023)
    assert period(text, "3", FIVE) == Period(2018)


def test_so_far_begins_in_january():
    text = "5月份,当月产值3亿元,累计产值9亿元。"
    assert period(text, "3") == Period(2023, 5, 5)
    assert period(text, "9") == Period(2023, 1, 5)


def test_the_day_of_the_document_fills_a_missing_year():
    assert period("去年渔港3座。", "3", OPEN, Period(2022)) == Period(2021)
    assert period("去年渔港3座。", "3", OPEN).year is None


def test_a_year_that_opens_a_part_holds_for_what_follows():
    line = timeline()
    line.sentence("2022年,工作有序。", OPEN)
    line.paragraph()
    line.sentence("渔港3座。", OPEN)
    assert line.period_at(2, 0) == Period(2022)


def test_ahead_and_behind():
    line = timeline()
    line.sentence("渔港3座。", YEAR)
    assert line.ahead(Period(2024))
    assert not line.ahead(Period(2023))
    assert line.behind(Period(2022))
    assert not line.behind(Period(None))
