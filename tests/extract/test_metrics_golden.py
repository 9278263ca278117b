"""The records of three invented reports are written down; they change only with the metrics' VERSION."""

import json
from pathlib import Path

import pytest

from extract.metrics import VERSION
from extract.records import read

REPORTS = Path(__file__).parent / "reports"


def _lines(path: Path) -> list[str]:
    """Return a line per record: what a reader checks against the sentence."""
    return [
        f"{m.written} = {m.indicator} | {m.measure} {m.value} {m.unit or '-'} {m.qualifier} {m.status}"
        f" | {m.period_start}/{m.period_end} | {m.scope or '-'} | {m.rule}"
        for m in read(path.read_bytes(), content_type="text/plain").metrics
    ]


@pytest.mark.parametrize("report", sorted(REPORTS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_change_of_the_records_needs_a_new_version(report):
    golden = report.with_suffix(".json")
    given = {"version": VERSION, "records": _lines(report)}
    if not golden.exists() or json.loads(golden.read_text("utf-8"))["version"] != VERSION:
        golden.write_text(json.dumps(given, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{golden.name} was missing or of another version and is written: read it, run again")
    known = json.loads(golden.read_text("utf-8"))
    assert given == known, "the records changed: raise VERSION in extract/metric.py"
