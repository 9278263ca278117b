"""Days as government pages write them: 2024-08-07 11:16, 2024年 8月 7日, 2024/8/7, 20240807.

The seven spellings of PubDate are among them (no-break and doubled spaces, U+2236 for the colon). There is
no clock in this room, so a day counts as believable when its year lies in a fixed range; the loader, which
knows when a page was fetched, compares with that.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

_FIRST_YEAR, _LAST_YEAR = 1980, 2049

CHINA = timezone(timedelta(hours=8))
DAY = re.compile(
    r"(?<!\d)(\d{4})\s{0,3}[-年/.]\s{0,3}(\d{1,2})\s{0,3}[-月/.]\s{0,3}(\d{1,2})(?!\d)|(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)"
)
_BARE_DAY = re.compile(
    r"[\[(【]?\d{4}\s{0,3}[-年/.]\s{0,3}\d{1,2}\s{0,3}[-月/.]\s{0,3}\d{1,2}\s{0,3}日?[\])]?(?:\s{0,3}(?:星期|周)[一二三四五六日天])?"
    r"(?:[T\s]{0,4}\d{1,2}\s{0,2}[:∶时]\s{0,2}\d{1,2}分?(?:\s{0,2}[:∶]?\d{1,2}秒?)?)?\s?[\])】]?"
)
_DAY_STARTS = frozenset("0123456789０１２３４５６７８９[(【［（ \u3000\xa0")


def read_day(written: str | None) -> date | None:
    """Return the first day in the text, or None where there is none or none that the calendar and the range
    allow.
    """
    match = DAY.search(unicodedata.normalize("NFKC", (written or "")[:200]))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= year <= _LAST_YEAR else None


def is_bare_day(line: str) -> bool:
    """Tell whether the line is a day, with or without a time, and nothing else."""
    return (
        len(line) <= 40
        and line[:1] in _DAY_STARTS
        and _BARE_DAY.fullmatch(unicodedata.normalize("NFKC", line).strip()) is not None
    )


def day_of_clock(seconds: object) -> date | None:
    """Return the day in China of a Unix time in seconds (int or numeric string); None for 0, absent or
    absurd.
    """
    if not isinstance(seconds, (int, str)):
        return None
    try:
        value = int(seconds)
        moment = datetime.fromtimestamp(value, UTC).astimezone(CHINA) if value > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
    return moment.date() if moment and _FIRST_YEAR <= moment.year <= _LAST_YEAR else None
