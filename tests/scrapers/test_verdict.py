"""What statuses mean, and how long to wait before asking again."""

from datetime import UTC, datetime, timedelta

import pytest

from scrapers.capture import Known
from scrapers.verdict import backoff_s, due_in_full, outcome_of, retry_after_s

NOW = datetime(2024, 8, 7, 0, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "conditional", "outcome"),
    [
        (200, False, "ok"),
        (304, True, "unchanged"),
        (304, False, "unsupported"),
        (204, False, "unsupported"),
        (206, False, "unsupported"),
        (302, False, "unsupported"),
        (400, False, "unsupported"),
        (401, False, "blocked"),
        (403, False, "blocked"),
        (404, False, "not_found"),
        (410, False, "gone"),
        (429, False, "blocked"),
        (500, False, "server_error"),
        (599, False, "server_error"),
        (999, False, "unsupported"),
    ],
)
def test_outcome(status: int, conditional: bool, outcome: str):
    found, reason = outcome_of(status, conditional=conditional)
    assert found == outcome
    assert (reason is None) == (outcome in ("ok", "unchanged"))


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        (None, None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Wed, 07 Aug 2024 00:01:30 GMT", 90.0),
        ("Wed, 07 Aug 2024 00:01:30 -0000", 90.0),
        ("Tue, 06 Aug 2024 00:00:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, None),
        ("Wed, 99 Aug 2024 00:01:30 GMT", None),
    ],
)
def test_retry_after(value: str | None, wait_s: float | None):
    assert retry_after_s(value, NOW) == wait_s


def test_backoff_grows_with_jitter_of_half_a_step():
    waits = (0.5, 2.0, 8.0)
    assert [backoff_s(waits, done, 0.5) for done in (1, 2, 3, 4)] == [0.5, 2.0, 8.0, 8.0]
    assert backoff_s(waits, 2, 0.0) == 1.0
    assert backoff_s(waits, 2, 1.0) == 3.0


def known(url: str, fetched: timedelta, full: timedelta | None = None) -> Known:
    return Known(url, '"e"', None, "sha256:00", NOW - fetched, NOW - full if full is not None else None)


@pytest.mark.parametrize(
    ("fetched_days", "full_days", "due"),
    [(0, None, False), (29, None, False), (31, None, True), (1, 29, False), (1, 31, True), (400, 400, True)],
)
def test_81_a_server_is_asked_in_full_every_30_days(fetched_days: int, full_days: int | None, due: bool):
    """What counts is the last full answer: a 304 proves only what the server says."""
    full = timedelta(days=full_days) if full_days is not None else None
    assert due_in_full(known("http://h/a", timedelta(days=fetched_days), full), NOW) is due


def test_81_pages_of_one_night_are_not_due_in_one_night():
    age = timedelta(days=30)
    due = [due_in_full(known(f"http://h/{number}.html", age), NOW) for number in range(1_000)]
    assert 400 < sum(due) < 600
    assert due == [due_in_full(known(f"http://h/{number}.html", age), NOW) for number in range(1_000)]
