"""Rows of run files are plain JSON with UTC times, whatever the records hold."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from archive.runs import RunWriter, read_rows
from scrapers.capture import Entry, RunReport, row
from tests.scrapers.runs import RUN_ID


def test_records_come_back_as_plain_rows(tmp_path: Path):
    china = datetime(2024, 8, 7, 11, 16, 25, tzinfo=timezone(timedelta(hours=8)))
    meta = {"issued_on": date(2024, 8, 1), "a": [{"b": (date(2024, 8, 2),)}]}
    with RunWriter(tmp_path, RUN_ID) as run:
        run.add("entries", row(Entry("r", "s", "c", "u", "f", "t", date(2024, 8, 7), "l", meta)))
        run.add(
            "runs",
            row(RunReport("r", "s", china, datetime(2024, 8, 7, tzinfo=UTC), True, None, 0, {"ok": 2})),
        )
    (entry,) = read_rows(tmp_path / RUN_ID, "entries")
    assert entry["published_on"] == "2024-08-07"
    assert entry["meta"] == {"issued_on": "2024-08-01", "a": [{"b": ["2024-08-02"]}]}
    (report,) = read_rows(tmp_path / RUN_ID, "runs")
    assert report["started_at"] == "2024-08-07T03:16:25Z"
    assert report["finished_at"] == "2024-08-07T00:00:00Z"
    assert report["counts"] == {"ok": 2}
