"""Fixity: one flipped byte anywhere is found and its file named; so is whatever is missing or too many."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.exchange import Exchange, Stored
from archive.fixity import check
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]


@pytest.fixture
def stored(folder: Path, run: str, exchange: Make) -> list[Stored]:
    with ArchiveWriter(folder, run, lambda wire_digest: None) as writer:
        return [writer.write(exchange(body)) for body in (b"first", b"second", b"first")]


def test_sound_archive(folder: Path, stored: list[Stored]) -> None:
    assert list(check(folder)) == []
    assert list(check(folder, records=True)) == []


def test_one_flipped_byte_anywhere_is_found(folder: Path, stored: list[Stored]) -> None:
    """FAULTS 86. A gzip header has bytes without content: there only the file's digest tells."""
    path = folder / stored[0].warc
    path.chmod(0o644)
    whole = path.read_bytes()
    starts = [at for at in range(len(whole)) if whole[at : at + 3] == b"\x1f\x8b\x08"]
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        damages = list(check(folder))
        assert {damage.warc for damage in damages} == {path.name}
        begin = max(start for start in starts if start <= at)
        (offset,) = {damage.offset for damage in damages}
        assert offset == begin or (offset is None and at - begin in range(3, 10))


def test_records_behind_damage_are_checked_too(folder: Path, stored: list[Stored]) -> None:
    path = folder / stored[0].warc
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    for each in (stored[0], stored[2]):
        data[each.offset + 40] ^= 1
    path.write_bytes(data)
    assert [damage.offset for damage in check(folder)] == [stored[0].offset, stored[2].offset]


def test_cut_file(folder: Path, stored: list[Stored]) -> None:
    path = folder / stored[0].warc
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    (damage,) = check(folder)
    assert (damage.warc, damage.offset) == (path.name, stored[2].offset)
    assert damage.reason == "the file ends inside the record"


def test_missing_unlisted_open_and_linked_files(folder: Path, stored: list[Stored], tmp_path: Path) -> None:
    path = folder / stored[0].warc
    path.rename(tmp_path / "moved")
    (folder / "unlisted-00000.warc.gz").write_bytes(b"")
    (folder / "dead-00000.warc.gz.open").write_bytes(b"")
    (folder / f"{stored[0].warc}.torn-12").write_bytes(b"kept for people to look at")
    assert [(damage.warc, damage.reason.split(":")[0]) for damage in check(folder)] == [
        (path.name, "is missing"),
        ("dead-00000.warc.gz.open", "is open"),
        ("unlisted-00000.warc.gz", "has no line in manifest.jsonl"),
    ]
    path.symlink_to(tmp_path / "moved")
    assert next(iter(check(folder))).reason == "is a symbolic link"


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"warc": "x"}', '{"warc": "x", "sha256": "", "length": null}', "\xff"]
)
def test_damaged_manifest_line(line: str, folder: Path, stored: list[Stored]) -> None:
    manifest = folder / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes() + line.encode("latin1") + b"\n")
    (damage,) = check(folder)
    assert (damage.warc, damage.reason) == ("manifest.jsonl", "line 2 is damaged")


def test_manifest_that_names_a_file_outside(folder: Path, stored: list[Stored]) -> None:
    with (folder / "manifest.jsonl").open("a") as file:
        file.write('{"warc": "../../etc/passwd", "sha256": "", "length": 0}\n')
    (damage,) = check(folder)
    assert "no WARC's name" in damage.reason


def test_missing_manifest_and_folder(folder: Path, stored: list[Stored], tmp_path: Path) -> None:
    (folder / "manifest.jsonl").unlink()
    assert [damage.reason for damage in check(folder)] == ["has no line in manifest.jsonl"]
    assert [damage.reason for damage in check(tmp_path / "gone")] == ["the archive folder is missing"]


def test_a_file_that_was_not_renamed_yet_is_told_once_as_open(folder: Path, stored: list[Stored]) -> None:
    """A run that dies between the manifest's line and the rename leaves it so, and repair finishes it."""
    path = folder / stored[0].warc
    path.rename(f"{path}.open")
    (damage,) = check(folder)
    assert (damage.warc, damage.advice) == (f"{path.name}.open", "run `gongkai verify --repair`")


def test_a_damaged_file_without_a_line_is_not_for_repair(folder: Path, stored: list[Stored]) -> None:
    (folder / "manifest.jsonl").unlink()
    path = folder / stored[0].warc
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-5])
    (damage,) = check(folder)
    assert damage.advice == f"is damaged at {stored[2].offset}; restore it from a copy"
