"""Days of rows are read from clocks and writing; what is there and is no day is told, what is absent not."""

from datetime import date

import pytest

from scrapers.platforms.dates import told_day, written_date


@pytest.mark.parametrize(
    ("values", "day", "unread"),
    [
        ([1728950400], date(2024, 10, 15), None),
        ([0, "2024-10-15 09:00:00"], date(2024, 10, 15), None),
        (["昨天", "1728950400"], date(2024, 10, 15), None),
        (["", None, "昨天", 10**30], None, "昨天"),
        ([10**30], None, "1" + "0" * 30),
        (["长" * 100_000], None, "长" * 40),
        (["", None, 0, "0", [], {}, " \t"], None, None),
        ([], None, None),
    ],
)
def test_69_the_first_day_told_counts_else_what_is_there_instead(
    values: list[object], day: date | None, unread: str | None
):
    assert told_day(values) == (day, unread)


def test_69_what_is_written_like_a_date():
    assert written_date("清河街道 [2024-02-31] 2024-13-01") == "2024-02-31"
    assert written_date("昨天") is None
