"""An export that was interrupted goes on where it was, and only where it is the same export."""

import errno
import json

import pytest

from archive.errors import Busy
from archive.lock import held
from warehouse.errors import ExportError
from warehouse.export import tables
from warehouse.export.corpus import export
from warehouse.export.selection import Selection


@pytest.fixture
def interrupted(monkeypatch, database, tmp_path):
    """Return the folder of an export as CSV whose third table did not fit on the disk."""
    written = []

    def full(path, head):
        written.append(path)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return prepend(path, head)

    prepend = tables._prepend
    monkeypatch.setattr(tables, "_prepend", full)
    with pytest.raises(ExportError, match=r"no space left on device; make room and run again.*out\.partial"):
        export(database, "csv", tmp_path / "out")
    monkeypatch.undo()
    return tmp_path / "out.partial"


def test_what_is_whole_is_kept_and_the_rest_is_written(interrupted, database, tmp_path):
    before = (interrupted / "documents.csv").stat()
    said = []
    export(database, "csv", tmp_path / "out", tell=said.append)
    after = (tmp_path / "out" / "documents.csv").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert said == [f"{interrupted}: goes on where it was interrupted; 2 files are whole"]
    export(database, "csv", tmp_path / "other")
    assert (tmp_path / "out" / "SHA256SUMS").read_text() == (tmp_path / "other" / "SHA256SUMS").read_text()
    assert not interrupted.exists()
    assert not list((tmp_path / "out").glob(".*"))


def test_texts_of_a_table_that_is_whole_are_not_sorted_again(interrupted, database, tmp_path, monkeypatch):
    def order_texts(*_):
        pytest.fail("sorted again")

    monkeypatch.setattr(tables, "order_texts", order_texts)
    export(database, "csv", tmp_path / "out")
    assert not interrupted.exists()


@pytest.mark.parametrize("of", ["selection", "kind", "copy"])
def test_another_export_of_the_same_name_begins_anew(interrupted, database, tmp_path, of):
    later = tmp_path / "gongkai-20260401T000000000000Z.duckdb"
    later.write_bytes(database.read_bytes())
    said = []
    export(
        later if of == "copy" else database,
        "jsonl" if of == "kind" else "csv",
        tmp_path / "out",
        Selection(year=2024) if of == "selection" else Selection(),
        tell=said.append,
    )
    assert said == [f"{interrupted}: is of another selection, form or published copy; begun anew"]
    if of == "selection":
        resources = json.loads((tmp_path / "out" / "datapackage.json").read_text())["resources"]
        assert resources[0]["bytes"] == (tmp_path / "out" / "documents.csv").stat().st_size
    if of == "kind":
        assert not list((tmp_path / "out").glob("*.csv"))


def test_a_file_that_was_cut_after_it_was_whole_is_written_again(interrupted, database, tmp_path):
    with (interrupted / "documents.csv").open("rb+") as file:
        file.truncate(10)
    export(database, "csv", tmp_path / "out")
    export(database, "csv", tmp_path / "other")
    assert (tmp_path / "out" / "SHA256SUMS").read_text() == (tmp_path / "other" / "SHA256SUMS").read_text()


def test_texts_that_are_there_stay(database, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_prepend", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        export(database, "text", tmp_path / "out")
    monkeypatch.undo()
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out.partial").rglob("*.txt")}
    export(database, "text", tmp_path / "out")
    assert before == {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.txt")}
    assert len(before) == 3


def test_two_exports_never_write_to_one_folder(database, tmp_path):
    (tmp_path / "out.partial").mkdir()
    with held(tmp_path / "out.partial" / ".lock"), pytest.raises(Busy, match="held by process"):
        export(database, "csv", tmp_path / "out")
