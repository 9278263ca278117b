"""An export that strangers made or that is damaged is told of, and leaves no part of a run behind."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.carried import PART_OF, URI, stable_id
from archive.errors import ArchiveError
from archive.exported import FIRST_WARC
from archive.records import metadata_record, warcinfo_record
from archive.writer import ArchiveWriter
from flows.importing import Importer

AT = datetime(2026, 1, 5, tzinfo=UTC)
RUN = "20260105T031700000Z-qinghe-0001"
BEGIN, END = f'{{"begin": "{RUN}"}}', f'{{"end": "{RUN}"}}'
ISSUE = '{"issues": {"level": "warning", "code": "made"}}'
CAPTURE = {
    "site": "qinghe",
    "url": "http://qinghe.example/1",
    "fetched_at": "2026-01-05T03:17:00Z",
    "outcome": "new",
    "purpose": "document",
}


def made(folder: Path, *lines: str, more: dict[str, tuple[str, ...]] | None = None) -> Path:
    """Return an export whose one run has these lines; `more` has those of further runs."""
    folder.mkdir()
    opening = stable_id("opening")
    rows = (
        metadata_record(
            stable_id(run_id), opening, URI + run_id, AT, "".join(f"{line}\n" for line in of_run).encode()
        )
        for run_id, of_run in {RUN: lines, **(more or {})}.items()
    )
    (folder / FIRST_WARC).write_bytes(
        warcinfo_record(opening, FIRST_WARC, AT, isPartOf=PART_OF) + b"".join(rows)
    )
    return folder


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    archive = ArchiveWriter(tmp_path / "archive", RUN, lambda _: None)
    return Importer(archive, tmp_path / "runs", tmp_path / "scratch", ())


@pytest.mark.parametrize(
    "line",
    [
        "[1]",
        "1",
        "{}",
        '{"captures": 5}',
        '{"entries": [1]}',
        '{"captures": "abc"}',
        '{"captures": {"length": NaN}}',
        '{"captures": {"length": 1e999}}',
        "[" * 200_000,
        '{"issues": {"level": "warning"}}',
        '{"sites": {"key": "qinghe", "hosts": 5}}',
        json.dumps({"captures": CAPTURE | {"fetched_at": "no time"}}),
        json.dumps({"captures": CAPTURE | {"length": 10**30}}),
        json.dumps({"entries": CAPTURE | {"fetch_url": "http://qinghe.example/1", "published_on": "31.2."}}),
    ],
    ids=lambda line: line[:30],
)
def test_a_row_that_is_none_is_told_and_its_run_not_taken(
    importer: Importer, tmp_path: Path, line: str
) -> None:
    with pytest.raises(ArchiveError, match=str(tmp_path / "out")):
        importer.take(made(tmp_path / "out", BEGIN, line, END))
    assert not (tmp_path / "runs").exists()
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.parametrize(
    "line", ['{"issues": {"level": "warning"}}', '{"captures": {"length": NaN}}', '{"pages": {"a": 1}}']
)
def test_a_run_that_cannot_be_taken_keeps_no_other_out(importer: Importer, tmp_path: Path, line: str) -> None:
    other = RUN.replace("0001", "0002")
    of_other = (BEGIN.replace(RUN, other), ISSUE, END.replace(RUN, other))
    with pytest.raises(ArchiveError, match=str(tmp_path / "out")) as told:
        importer.take(made(tmp_path / "out", BEGIN, line, END, more={other: of_other}))
    assert str(tmp_path / "scratch") not in str(told.value)
    assert importer.runs == [other]
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [other]


def test_a_run_that_cannot_be_taken_is_told_beside_what_is_torn(importer: Importer, tmp_path: Path) -> None:
    other = RUN.replace("0001", "0002")
    out = made(
        tmp_path / "out",
        *(BEGIN, '{"issues": {"level": "warning"}}', END),
        more={other: (BEGIN.replace(RUN, other),)},
    )
    with pytest.raises(ArchiveError, match=f"run {RUN} is damaged: .*run {other} goes on in another file"):
        importer.take(out)


@pytest.mark.parametrize("name", [[], {"a": 1}, 5], ids=str)
def test_a_record_of_no_name_is_no_record(importer: Importer, tmp_path: Path, name: object) -> None:
    importer.take(made(tmp_path / "out", BEGIN, json.dumps({"captures": CAPTURE | {"record": name}}), END))
    assert '"warc": null' in (tmp_path / "runs" / RUN / "captures.jsonl").read_text()


def test_a_run_that_broke_off_is_taken_from_a_whole_export(importer: Importer, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="goes on in another file"):
        importer.take(made(tmp_path / "torn", BEGIN, ISSUE))
    importer.take(made(tmp_path / "whole", BEGIN, ISSUE, END))
    assert importer.runs == [RUN]
    assert len((tmp_path / "runs" / RUN / "issues.jsonl").read_text().splitlines()) == 1
