"""Rows of run files are plain JSON with UTC times."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

from scrapers.capture import Entry, RunReport, row


def test_rows_are_json_ready():
    entry = Entry(
        "r", "s", "c", "u", "f", "t", date(2024, 8, 7), "l", {"issued_on": date(2024, 8, 1), "a": [{"b": ()}]}
    )
    assert row(entry)["published_on"] == "2024-08-07"
    assert row(entry)["meta"] == {"issued_on": "2024-08-01", "a": [{"b": []}]}
    json.dumps(row(entry))


def test_times_are_utc_with_z():
    china = datetime(2024, 8, 7, 11, 16, 25, tzinfo=timezone(timedelta(hours=8)))
    report = RunReport("r", "s", china, datetime(2024, 8, 7, tzinfo=UTC), True, None, 0, {"ok": 2})
    assert row(report)["started_at"] == "2024-08-07T03:16:25Z"
    assert row(report)["finished_at"] == "2024-08-07T00:00:00Z"
    assert row(report)["counts"] == {"ok": 2}
