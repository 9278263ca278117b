"""Repair: whatever moment a run dies at, what was acknowledged is there, and what was torn is set aside."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.exchange import Exchange, Stored
from archive.fixity import check
from archive.manifest import drop_damaged, read_lines
from archive.members import Member, walk
from archive.reader import read_payload
from archive.repair import repair
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]
BODIES = (b"first", b"second", b"third")


@pytest.fixture
def left_open(folder: Path, run: str, exchange: Make) -> tuple[Path, list[Stored]]:
    """Return the `.open` file of a run that died after its third exchange, and where these were stored."""
    writer = ArchiveWriter(folder, run, lambda wire_digest: None)
    stored = [writer.write(exchange(body)) for body in BODIES]
    return folder / f"{run}-00000.warc.gz.open", stored


def bodies(folder: Path, stored: Sequence[Stored]) -> tuple[bytes, ...]:
    return tuple(read_payload(folder, each.warc, each.offset).body for each in stored)


def actions(folder: Path) -> list[str]:
    return [each.action for each in repair(folder)]


def test_file_left_open_is_finished(left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    _, stored = left_open
    assert actions(folder) == ["finished"]
    assert bodies(folder, stored) == BODIES
    assert not list(check(folder, records=True))
    assert actions(folder) == []


def test_nothing_to_repair(folder: Path) -> None:
    assert repair(folder) == ()
    folder.mkdir()
    assert repair(folder) == ()


@pytest.mark.usefixtures("quick_disk")
def test_tail_torn_at_every_byte_of_the_last_group(
    left_open: tuple[Path, list[Stored]], folder: Path, tmp_path: Path
) -> None:
    """A cut anywhere in the last request and answer loses these alone, and the torn bytes are kept."""
    path, stored = left_open
    whole = path.read_bytes()
    ends = [part.end for part in walk(path) if isinstance(part, Member)]
    group_start, answer_start = ends[-3], ends[-2]
    for cut in range(group_start, len(whole)):
        copy = tmp_path / str(cut)
        copy.mkdir()
        (copy / path.name).write_bytes(whole[:cut])
        clean = cut in (group_start, answer_start)
        assert actions(copy) == (["finished"] if clean else ["cut", "finished"])
        assert bodies(copy, stored[:2]) == BODIES[:2]
        assert not list(check(copy, records=True))
        kept = (copy / stored[0].warc).read_bytes()
        torn = b"".join(each.read_bytes() for each in copy.glob("*.torn-*"))
        assert kept + torn == whole[:cut]
        shutil.rmtree(copy)


@pytest.mark.parametrize("tail", [b"\x00" * 5000, b"garbage" * 100, b"\x1f\x8b\x08" * 50])
def test_tail_of_rubbish_after_a_power_cut(
    tail: bytes, left_open: tuple[Path, list[Stored]], folder: Path
) -> None:
    path, stored = left_open
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(tail)
    cut, finished = repair(folder)
    assert (cut.action, cut.offset, finished.action) == ("cut", size, "finished")
    assert (folder / f"{stored[0].warc}.torn-{size}").read_bytes() == tail
    assert bodies(folder, stored) == BODIES


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08\x00", b"\x00" * 100])
def test_file_without_a_whole_record_is_removed(content: bytes, folder: Path, run: str) -> None:
    folder.mkdir()
    path = folder / f"{run}-00000.warc.gz.open"
    path.write_bytes(content)
    assert actions(folder) == (["cut", "removed"] if content else ["removed"])
    assert not path.exists()
    assert b"".join(each.read_bytes() for each in folder.iterdir()) == content
    assert not list(check(folder))


def test_damage_before_the_end_is_left_and_named(left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    """Whole records behind damage are no torn tail: nothing is cut, and it is said on every start."""
    path, stored = left_open
    data = bytearray(path.read_bytes())
    data[stored[1].offset + 30] ^= 0x20
    path.write_bytes(data)
    for _ in range(2):
        (left,) = repair(folder)
        assert (left.file, left.action, left.offset) == (path.name, "left", stored[1].offset)
        assert "whole records follow at" in left.detail
    assert path.read_bytes() == data
    assert bodies(folder, [stored[0], stored[2]]) == (BODIES[0], BODIES[2])


def test_crash_between_manifest_and_rename(left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    path, stored = left_open
    shutil.copy(path, folder.parent / path.name)
    repair(folder)
    (folder / stored[0].warc).unlink()
    shutil.move(folder.parent / path.name, path)
    assert actions(folder) == ["finished"]
    assert len(read_lines(folder)[0]) == 1
    assert not list(check(folder))


def test_open_file_that_differs_from_its_line_is_left(
    left_open: tuple[Path, list[Stored]], folder: Path
) -> None:
    path, stored = left_open
    row = {"warc": stored[0].warc, "sha256": "0" * 64, "length": 1}
    (folder / "manifest.jsonl").write_text(json.dumps(row) + "\n")
    (left,) = repair(folder)
    assert left.action == "left"
    assert "differs from its line" in left.detail
    assert path.exists()


def test_open_file_beside_a_finished_one_is_left(left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    path, stored = left_open
    (folder / stored[0].warc).write_bytes(b"")
    (left, _) = repair(folder)
    assert (left.file, left.action) == (path.name, "left")


@pytest.mark.parametrize("cut", [1, 10, 60, 100])
def test_torn_manifest_line(
    cut: int, left_open: tuple[Path, list[Stored]], folder: Path, exchange: Make
) -> None:
    """The line is torn and the file is still open: the line goes, and the file gets a new one."""
    _, stored = left_open
    with ArchiveWriter(folder, "other", lambda wire_digest: None) as writer:
        writer.write(exchange())
    line = json.dumps({"warc": stored[0].warc, "sha256": "0" * 64, "length": 1})
    with (folder / "manifest.jsonl").open("a") as file:
        file.write(line[:cut])
    assert actions(folder) == ["mended", "finished"]
    assert [each.warc for each in read_lines(folder)[0]] == ["other-00000.warc.gz", stored[0].warc]
    assert not list(check(folder, records=True))


def test_finished_file_without_a_line_gets_one(left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    repair(folder)
    (folder / "manifest.jsonl").unlink()
    assert actions(folder) == ["listed"]
    assert not list(check(folder))


def test_damaged_file_without_a_line_gets_none(left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    """A digest of damaged bytes would vouch for them."""
    _, stored = left_open
    repair(folder)
    (folder / "manifest.jsonl").unlink()
    path = folder / stored[0].warc
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-5])
    (left,) = repair(folder)
    assert (left.file, left.action, left.offset) == (stored[0].warc, "left", stored[2].offset)
    assert not read_lines(folder)[0]


def test_repair_cut_short_is_repeated(left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    """A crash after the tail was copied and before it was cut off ends as if there had been none."""
    path, stored = left_open
    data = path.read_bytes()
    path.write_bytes(data + b"torn")
    (folder / f"{stored[0].warc}.torn-{len(data)}").write_bytes(b"to")
    assert actions(folder) == ["cut", "finished"]
    assert (folder / f"{stored[0].warc}.torn-{len(data)}").read_bytes() == b"torn"
    assert bodies(folder, stored) == BODIES


def test_links_are_not_touched(tmp_path: Path, left_open: tuple[Path, list[Stored]], folder: Path) -> None:
    path, _ = left_open
    outside = tmp_path / "outside"
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    assert repair(folder) == ()
    assert outside.read_bytes() == before


def test_manifest_that_is_a_link_is_not_mended(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "outside").write_bytes(b"theirs")
    (folder / "manifest.jsonl").symlink_to(tmp_path / "outside")
    with pytest.raises(ArchiveError, match="is a symbolic link"):
        repair(folder)
    assert (tmp_path / "outside").read_bytes() == b"theirs"


def test_folder_without_the_right_to_write(locked: Path) -> None:
    with pytest.raises(ArchiveError, match="permission denied"):
        repair(locked)


def test_damaged_manifest_lines_are_set_aside_and_their_files_listed_anew(
    left_open: tuple[Path, list[Stored]], folder: Path, exchange: Make
) -> None:
    with ArchiveWriter(folder, "other", lambda wire_digest: None) as writer:
        writer.write(exchange())
    repair(folder)
    before = (folder / "manifest.jsonl").read_bytes()
    (folder / "manifest.jsonl").write_bytes(b"\x00" + before[1:])
    damaged = (folder / "manifest.jsonl").read_bytes()
    assert drop_damaged(folder) == (1,)
    assert (folder / "manifest.jsonl.damaged").read_bytes() == damaged
    assert actions(folder) == ["listed"]
    assert sorted((folder / "manifest.jsonl").read_bytes().splitlines()) == sorted(before.splitlines())
    assert not list(check(folder, records=True))
    assert drop_damaged(folder) == ()
