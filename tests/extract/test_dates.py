"""Days in the spellings of government pages, and nothing that the calendar or the range does not allow."""

from datetime import date

import pytest

from extract.dates import day_of_clock, is_bare_day, read_day

DAY = date(2024, 8, 7)


@pytest.mark.parametrize(
    "written",
    [
        "2024-08-07 11:16",
        "2024-08-07 11:16:03",
        "2024-08-07",
        "2024-08-07\u00a011:16",
        "2024-08-07  11:16",
        "2024-08-07 11∶16",
        "2024年08月07日",
        "2024年 8月 7日",
        "2024/8/7",
        "2024.08.07",
        "20240807",
        "２０２４－０８－０７",
        "[2024-08-07]",
        "2024-08-07T11:16:03+08:00",
    ],
)
def test_spellings(written: str):
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "",
        None,
        "今天",
        "2024-13-01",
        "2024-02-30",
        "9999-12-31",
        "2099-01-01",
        "0001-01-01",
        "12024-08-071",
        "08-07",
    ],
)
def test_69_unreadable_and_unbelievable_days_are_none(written: str | None):
    assert read_day(written) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024-08-07", True),
        ("2024年12月07日 08时01分", True),
        ("2024-08-07 11:16:03", True),
        ("2024-08-07 来源：某报", False),
        ("2024年", False),
        ("截至2024-08-07", False),
    ],
)
def test_bare_days(line: str, expected: bool):
    assert is_bare_day(line) is expected


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        (1722960000, DAY),  # 2024-08-07 00:00 in China, still the 6th in UTC
        ("1722960000", DAY),
        (0, None),
        (None, None),
        ("", None),
        (-5, None),
        (10**30, None),
        (float("inf"), None),
        (float("nan"), None),
        ([], None),
    ],
)
def test_clocks_are_read_in_china(seconds: object, day: date | None):
    assert day_of_clock(seconds) == day
