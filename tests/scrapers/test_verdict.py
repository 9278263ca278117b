"""What statuses mean, and how long to wait before asking again."""

from datetime import UTC, datetime

import pytest

from scrapers.verdict import backoff_s, outcome_of, retry_after_s

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
