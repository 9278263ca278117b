"""Archived pages taken out: whole, with what they need to be shown, and never fewer in silence."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.errors import ArchiveError, RecordError
from archive.exchange import Exchange
from archive.exported import RunEnds, Taken, exported
from archive.manifest import read_lines
from archive.members import Member, walk
from flows.cli import run
from flows.layout import Layout
from tests.flows.exporting.made_pages import COOKIE, GB, MOVED, UTF8
from warehouse.export import corpus, stretches
from warehouse.export.corpus import Exported, export
from warehouse.export.folder import JOURNAL
from warehouse.export.selection import Selection
from warehouse.publish import current


def take(layout: Layout, kind: str, out: Path, **selection: str) -> Exported:
    """Export pages, a file for each few records."""
    return export(
        current(layout.data),
        kind,  # type: ignore[arg-type]
        out,
        Selection(**selection),  # type: ignore[arg-type]
        archive=layout.archive,
        roll_bytes=2_000,
    )


def records(out: Path) -> list[tuple[str, str, bytes]]:
    """Return type, address and payload of each record that is about a page."""
    found = []
    for path in sorted(out.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type not in ("warcinfo", "metadata"):
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    found.append((record.rec_type, url, record.content_stream().read()))
    return found


def members(path: Path) -> set[bytes]:
    return {each.content for each in walk(path) if isinstance(each, Member)}


def sums(out: Path) -> str:
    return (out / "SHA256SUMS").read_text()


def test_requests_and_redirects_go_with_their_answers(pages: Layout, tmp_path: Path) -> None:
    take(pages, "warc", tmp_path / "out", column="总结")
    told = [(kind, url.rpartition("/")[2]) for kind, url, _ in records(tmp_path / "out")]
    first_night = [
        *(("request", "gb.html"), ("response", "gb.html")),
        *(("request", "old.html"), ("response", "old.html")),
        *(("request", "bulletin.html"), ("response", "bulletin.html")),
    ]
    assert told[:6] == first_night
    assert told[6:] == [(kind.replace("response", "revisit"), name) for kind, name in first_night[:2]] + [
        *(("request", "old.html"), ("response", "old.html")),
        *(("request", "bulletin.html"), ("revisit", "bulletin.html")),
    ]
    assert GB in [payload for _, _, payload in records(tmp_path / "out")]


def test_records_are_copied_as_they_lie(pages: Layout, tmp_path: Path) -> None:
    take(pages, "warc", tmp_path / "out")
    archived = set().union(*(members(pages.archive / line.warc) for line in read_lines(pages.archive)[0]))
    exported = set().union(*(members(path) for path in (tmp_path / "out").glob("*.warc.gz")))
    assert {each for each in archived if b"WARC-Type: warcinfo" not in each} <= exported
    rest = exported - archived
    assert all(b"WARC-Type: warcinfo" in each or b"WARC-Type: metadata" in each for each in rest)


def test_a_revisit_takes_its_original_along_from_another_site(pages: Layout, tmp_path: Path) -> None:
    take(pages, "warc", tmp_path / "out", column="转载")
    found = records(tmp_path / "out")
    assert [(kind, url) for kind, url, _ in found if kind != "request"] == [
        ("response", "http://qinghe.example/plan.html"),
        ("revisit", "http://shiqiao.example/copy.html"),
    ]


@pytest.mark.parametrize("kind", ["warc", "wacz"])
def test_the_same_data_gives_the_same_bytes(pages: Layout, tmp_path: Path, kind: str) -> None:
    for name in ("one", "two"):
        take(pages, kind, tmp_path / name)
    assert sums(tmp_path / "one") == sums(tmp_path / "two")


@pytest.mark.parametrize("kind", ["warc", "wacz"])
@pytest.mark.parametrize("broken_at", [3, 9, 14])
def test_an_interrupted_export_ends_as_one_that_was_not(
    pages: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, broken_at: int
) -> None:
    written: list[object] = []
    carried = stretches.carried_record

    def interrupted(*arguments: object, **more: object) -> bytes:
        written.append(arguments)
        if len(written) == broken_at:
            raise KeyboardInterrupt
        return carried(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(stretches, "carried_record", interrupted)
    with pytest.raises(KeyboardInterrupt):
        take(pages, kind, tmp_path / "one")
    kept = len(list((tmp_path / "one.partial").glob("*.warc.gz")))
    monkeypatch.undo()
    take(pages, kind, tmp_path / "one")
    take(pages, kind, tmp_path / "two")
    assert sums(tmp_path / "one") == sums(tmp_path / "two")
    assert kept or broken_at == 3


@pytest.mark.parametrize("harm", ["cut", "flipped", "of other captures", "a garbled journal"])
def test_a_file_that_was_lost_of_an_interrupted_export_is_written_again(
    pages: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    monkeypatch.setattr(corpus, "write_table", interrupt)
    with pytest.raises(KeyboardInterrupt):
        take(pages, "warc", tmp_path / "one")
    monkeypatch.undo()
    first, *others = sorted((tmp_path / "one.partial").glob("*.warc.gz"))
    assert others
    journal, written_ns = tmp_path / "one.partial" / JOURNAL, first.stat().st_mtime_ns
    if harm == "cut":
        first.write_bytes(first.read_bytes()[:-1])
    elif harm == "flipped":
        first.write_bytes(first.read_bytes()[:-1] + b"x")
    elif harm == "of other captures":
        journal.write_text(re.sub('"chosen": "[0-9a-f]+"', '"chosen": "other"', journal.read_text(), count=1))
    else:
        journal.write_text("{" + journal.read_text())
    take(pages, "warc", tmp_path / "one")
    assert (tmp_path / "one" / first.name).stat().st_mtime_ns != written_ns
    take(pages, "warc", tmp_path / "two")
    assert sums(tmp_path / "one") == sums(tmp_path / "two")


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def damaged(pages: Layout, tmp_path: Path, how: str) -> tuple[Layout, str]:
    """Return a copy of the folder with its first WARC gone or a flipped byte in its last record."""
    shutil.copytree(pages.data, tmp_path / "data")
    layout = Layout(tmp_path / "data")
    path = layout.archive / read_lines(layout.archive)[0][0].warc
    path.chmod(0o644)
    if how == "gone":
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[-30] ^= 1
        path.write_bytes(content)
    return layout, path.name


@pytest.mark.parametrize("kind", ["warc", "wacz"])
@pytest.mark.parametrize(("how", "lost"), [("gone", 4), ("flipped", 1)])
def test_a_capture_that_is_not_whole_is_named_and_the_rest_goes_out(
    pages: Layout, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, how: str, lost: int
) -> None:
    layout, warc = damaged(pages, tmp_path, how)
    assert run(["--data", str(layout.data), "export", kind, str(tmp_path / "out")]) == 3
    lines = (tmp_path / "out" / "MISSING.txt").read_text().splitlines()
    said = capsys.readouterr().err
    assert all(warc in line and line in said for line in lines)
    assert any(line.startswith("http://qinghe.example/old.html: ") for line in lines)
    assert "MISSING.txt" in sums(tmp_path / "out")
    assert "MISSING.txt" in (tmp_path / "out" / "README.md").read_text()
    assert len(lines) == lost


def test_what_is_whole_of_a_damaged_export_is_taken_in(
    pages: Layout, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout, _ = damaged(pages, tmp_path, "flipped")
    take(layout, "warc", tmp_path / "out")
    fresh = Layout(tmp_path / "fresh")
    assert run(["--data", str(fresh.data), "ingest", str(tmp_path / "out")]) != 0
    assert "is a revisit whose original is not in the export" in capsys.readouterr().err
    assert set(pages.run_ids()) < set(fresh.run_ids())


def test_a_run_that_was_damaged_on_the_way_comes_whole_from_a_copy(pages: Layout, tmp_path: Path) -> None:
    take(pages, "warc", tmp_path / "out")
    path = tmp_path / "out" / "gongkai-00000.warc.gz"
    whole = path.read_bytes()
    harmed = bytearray(whole)
    rows = next(each for each in walk(path) if isinstance(each, Member) and b'"entries"' in each.content)
    harmed[(rows.offset + rows.end) // 2] ^= 1
    path.write_bytes(harmed)
    fresh = Layout(tmp_path / "fresh")
    assert run(["--data", str(fresh.data), "ingest", str(tmp_path / "out")]) != 0
    first, *others = pages.run_ids()
    assert first not in fresh.run_ids()
    assert set(others) < set(fresh.run_ids())
    path.write_bytes(whole)
    assert run(["--data", str(fresh.data), "ingest", str(tmp_path / "out")]) == 0
    for night in pages.run_ids():
        assert (fresh.runs / night / "entries.jsonl").read_bytes() == (
            pages.runs / night / "entries.jsonl"
        ).read_bytes()


def test_the_index_is_sorted_and_holds_no_cookie(pages: Layout, tmp_path: Path) -> None:
    take(pages, "wacz", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "gongkai.wacz") as package:
        lines = package.read("indexes/index.cdx").splitlines()
        warcs = b"".join(package.read(name) for name in package.namelist() if name.startswith("archive/"))
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert lines == sorted(lines)
    assert len(lines) == 9
    assert COOKIE.encode() not in b"".join(lines)
    assert COOKIE.encode() in b"".join(content for content in unpacked(tmp_path, warcs)), (
        "requests are copied whole"
    )


def unpacked(tmp_path: Path, warcs: bytes) -> set[bytes]:
    (tmp_path / "all").write_bytes(warcs)
    return members(tmp_path / "all")


def test_pages_have_our_own_titles(pages: Layout, tmp_path: Path) -> None:
    take(pages, "wacz", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "gongkai.wacz") as package:
        head, *lines = package.read("pages/pages.jsonl").decode().splitlines()
    assert json.loads(head)["format"] == "json-pages-1.0"
    titles = {json.loads(line)["url"]: json.loads(line)["title"] for line in lines}
    assert titles["http://qinghe.example/gb.html"] == "清河街道2025年工作总结"
    assert len(titles) == 4


def test_a_part_of_an_export_is_not_taken_for_the_whole(pages: Layout, tmp_path: Path) -> None:
    take(pages, "warc", tmp_path / "out")
    first, *_, last = sorted((tmp_path / "out").glob("*.warc.gz"))
    for part in (first, last):
        events = []
        with pytest.raises(RecordError, match="in another file; name the folder of both"):
            events.extend(exported(part))
        assert not any(isinstance(event, RunEnds) for event in events)
    ended = [event.run_id for event in exported(tmp_path / "out") if isinstance(event, RunEnds)]
    assert ended == pages.run_ids()


def test_requests_come_back_with_their_answers(pages: Layout, tmp_path: Path) -> None:
    take(pages, "warc", tmp_path / "out")
    items = [event.item for event in exported(tmp_path / "out") if isinstance(event, Taken)]
    assert len(items) == 9
    assert all(COOKIE.encode() in item.request_head for item in items if isinstance(item, Exchange))
    assert {item.body for item in items} == {GB, UTF8, MOVED, b""}


def test_a_made_up_run_name_writes_nowhere(tmp_path: Path) -> None:
    from flows.importing import Importer

    importer = Importer(None, tmp_path / "runs", tmp_path, ())  # type: ignore[arg-type]
    with pytest.raises(ArchiveError, match="is not the name of a run"):
        importer._begin(tmp_path / "out", "../../outside")
