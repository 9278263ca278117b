"""Run files: whole lines of valid UTF-8 JSON, a torn end left out, damage named by file and line."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from archive.errors import ArchiveError, RunFileError
from archive.runs import RunWriter, read_rows


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ({"title": '公开\n\u2028"\\'}, {"title": '公开\n\u2028"\\'}),
        ({"title": "a\ud800b\udc00"}, {"title": "a\ufffdb\ufffd"}),
        ({"\udfff": [1, 2.5, None, True]}, {"\ufffd": [1, 2.5, None, True]}),
        ({"on": date(2026, 1, 5)}, {"on": "2026-01-05"}),
        ({"at": datetime(2026, 1, 5, 3, 17, tzinfo=UTC)}, {"at": "2026-01-05T03:17:00Z"}),
        (
            {"at": datetime(2026, 1, 5, 11, 17, 0, 5, tzinfo=timezone(timedelta(hours=8)))},
            {"at": "2026-01-05T03:17:00.000005Z"},
        ),
        ({"meta": MappingProxyType({"n": (1, 2)})}, {"meta": {"n": [1, 2]}}),
        (MappingProxyType({}), {}),
    ],
)
def test_rows_come_back(row: Mapping[str, Any], read: dict[str, Any], tmp_path: Path, run: str) -> None:
    with RunWriter(tmp_path, run) as writer:
        writer.add("entries", row)
        writer.sync()
        writer.add("entries", row)
    assert list(read_rows(tmp_path / run, "entries")) == [read, read]
    assert "\\u" not in (tmp_path / run / "entries.jsonl").read_text(encoding="utf-8").replace("\\u2028", "")


def test_each_kind_has_its_file_made_with_its_first_row(tmp_path: Path, run: str) -> None:
    with RunWriter(tmp_path / "runs", run) as writer:
        writer.add("runs", {"a": 1})
        writer.add("issues", {"b": 2})
        writer.close()
    names = sorted(path.name for path in (tmp_path / "runs" / run).iterdir())
    assert names == ["issues.jsonl", "runs.jsonl"]
    assert list(read_rows(tmp_path / "runs" / run, "captures")) == []


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"x": math.nan}, ValueError),
        ({"x": [math.inf]}, ValueError),
        ({"at": datetime(2026, 1, 5)}, ValueError),
        ({"x": b"bytes"}, TypeError),
    ],
)
def test_row_without_a_form_is_refused_and_nothing_written(
    row: dict[str, Any], error: type[Exception], tmp_path: Path, run: str
) -> None:
    with RunWriter(tmp_path, run) as writer:
        writer.add("entries", {"n": 1})
        with pytest.raises(error):
            writer.add("entries", row)
        writer.add("entries", {"n": 2})
    assert list(read_rows(tmp_path / run, "entries")) == [{"n": 1}, {"n": 2}]


def test_unknown_kind_is_refused(tmp_path: Path, run: str) -> None:
    with RunWriter(tmp_path, run) as writer, pytest.raises(ValueError, match="is no kind of row"):
        writer.add("../entries", {})  # type: ignore[arg-type]


def test_file_of_another_run_is_not_appended_to(tmp_path: Path, run: str) -> None:
    with RunWriter(tmp_path, run) as writer:
        writer.add("entries", {"n": 1})
    with RunWriter(tmp_path, run) as writer, pytest.raises(ArchiveError, match="use a new run id"):
        writer.add("entries", {"n": 2})


@pytest.mark.parametrize("run_id", ["../x", "", "a/b", "."])
def test_run_id_stays_in_the_folder(run_id: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is no run id"):
        RunWriter(tmp_path / "runs", run_id)


def test_folder_without_the_right_to_write(locked: Path, run: str) -> None:
    with pytest.raises(ArchiveError, match="permission denied; give this user the right"):
        RunWriter(locked, run)


def test_run_folder_that_is_a_link(tmp_path: Path, run: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / run).symlink_to(tmp_path / "outside")
    with pytest.raises(ArchiveError, match="is a symbolic link"):
        RunWriter(tmp_path / "runs", run)


def test_line_torn_anywhere_is_left_out(tmp_path: Path) -> None:
    first, second = '{"题": "一"}\n'.encode(), '{"题": "二"}\n'.encode()
    for cut in range(len(second)):
        (tmp_path / "entries.jsonl").write_bytes(first + second[:cut])
        assert list(read_rows(tmp_path, "entries")) == [{"题": "一"}]


@pytest.mark.parametrize(
    "line", [b"{", b"\xff", b"", b"[1]", b'{"x": NaN}', b'{"a": 1}{"b": 2}', b"[" * 100_000]
)
def test_damaged_line_is_named_and_the_rows_before_are_given(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "captures.jsonl"
    path.write_bytes(b'{"n": 1}\n' + line + b'\n{"n": 3}\n')
    rows = read_rows(tmp_path, "captures")
    assert next(rows) == {"n": 1}
    with pytest.raises(RunFileError, match=r"captures\.jsonl line 2: is "):
        next(rows)


def test_run_that_is_missing_is_no_run_without_rows(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is missing"):
        list(read_rows(tmp_path / "gone", "entries"))


def test_rows_are_in_the_file_before_sync(tmp_path: Path, run: str) -> None:
    """A killed process loses no row that add() returned for."""
    writer = RunWriter(tmp_path, run)
    writer.add("captures", {"n": 1})
    assert json.loads((tmp_path / run / "captures.jsonl").read_bytes()) == {"n": 1}
    writer.close()
