"""kill -9 at any moment (FAULTS 84): what a dead run acknowledged is readable after the next repair."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from archive.fixity import check
from archive.reader import read_payload
from archive.repair import repair
from archive.runs import read_rows
from extract.digest import payload_digest

KILLS = 20
WRITER = Path(__file__).with_name("killed_writer.py")


def killed_run(data: Path, run_id: str, after: int) -> list[dict[str, Any]]:
    """Kill the writer once it has told `after` places (0: as it begins); return all that it told."""
    command = [sys.executable, str(WRITER), str(data), run_id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=WRITER.parents[2]) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(after)]
        process.kill()
        told += process.stdout.readlines()
    return [json.loads(line) for line in told if line.endswith("\n")]


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    chance = random.Random(84)
    told: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for kill in range(KILLS):
        run_id = f"run{kill}"
        told += killed_run(tmp_path, run_id, chance.randrange(40) if kill else 0)
        assert all(each.action != "left" for each in repair(tmp_path / "archive"))
        if not (tmp_path / "runs" / run_id).exists():
            continue
        for row in read_rows(tmp_path / "runs" / run_id, "captures"):
            payload = read_payload(tmp_path / "archive", row["warc"], row["offset"])
            assert payload_digest(payload.wire) == row["digest"]
            rows.append(row)
    assert [row for row in told if row not in rows] == []
    assert len(told) > KILLS
    assert not list(check(tmp_path / "archive", records=True))
    assert repair(tmp_path / "archive") == ()
