"""Dates in listing rows, which may have a year of two digits and stand in any text."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from extract.dates import day_of_clock
from scrapers.platforms.answers import clean

_DATE = (
    r"(?P<year>(?:19|20)\d\d|\d\d)\s{0,2}[-/.年]\s{0,2}(?P<month>\d{1,2})"
    r"\s{0,2}[-/.月]\s{0,2}(?P<day>\d{1,2})"
)
_WRITTEN = re.compile(rf"(?<!\d){_DATE}(?!\d)")
_YEAR_MONTH = r"(?P<year>(?:19|20)\d\d)\s{0,2}[-/.年]\s{0,2}(?P<month>\d{1,2})月?"
_SPLIT = (
    re.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})\s{{1,20}}{_YEAR_MONTH}(?![\d/.-])"),
    re.compile(rf"(?<!\d){_YEAR_MONTH}\s{{1,20}}(?P<day>\d{{1,2}})(?![\d/.:-])"),
)
_LONGEST, _EXAMPLE_LONGEST = 200, 40  # characters
_BARE = re.compile(rf"[\s\[(（【]{{0,3}}{_DATE}日?(?:\s{{1,3}}\d\d?:\d\d(?::\d\d)?)?[\s\])）】]{{0,3}}")


def count_dates(text: str) -> int:
    """Return how often `text` holds something written like a date, possible or not."""
    return sum(1 for _ in _dates(text))


def written_date(text: str) -> str | None:
    """Return the first thing in `text` that is written like a date, possible or not."""
    return next((match[0] for match in _dates(text)), None)


def is_bare_date(text: str) -> bool:
    """Tell whether `text` is a date, perhaps with brackets and a time, and nothing else."""
    return _BARE.fullmatch(text) is not None


def read_date(text: str) -> date | None:
    """Return the first date written in `text` (2024-08-07, 2024年8月7日, 24-08-07 …), or None.

    A day of its own beside year and month (07 2024-08, as calendar sheets in lists write it) counts where
    no date is written whole.
    """
    for match in _dates(text):
        year = int(match["year"])
        try:
            return date(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def told_day(values: Iterable[object]) -> tuple[date | None, str | None]:
    """Return the first day among clocks and written dates; where none tells one, what the first one says."""
    told = [clean(str(value)[:_LONGEST]) for value in values if value not in (None, "", 0, "0", [], {})]
    days = (day_of_clock(each) or read_date(each) for each in told if each)
    day = next((day for day in days if day is not None), None)
    unread = next((each for each in told if each), None) if day is None else None
    return day, unread[:_EXAMPLE_LONGEST] if unread else None


def _dates(text: str) -> Iterator[re.Match[str]]:
    return chain.from_iterable(form.finditer(text) for form in (_WRITTEN, *_SPLIT))
