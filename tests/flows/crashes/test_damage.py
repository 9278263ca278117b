"""Damage of every kind (FAULTS 86, 92, 93): `verify` names it, and `verify --repair` mends what it can."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from archive.names import MANIFEST
from flows.cli import run
from flows.layout import Layout
from tests.flows.crashes.seen import seen
from warehouse.counts import counts_path
from warehouse.database import open_file, warehouse_path
from warehouse.load import load_run
from warehouse.publish import current

Seen = dict[str, Sequence[tuple[Any, ...]]]
Damage = Callable[[Layout], None]
Verify = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def before(crawled: Layout) -> Seen:
    return seen(crawled)


@pytest.fixture
def verify(layout: Layout, capsys: pytest.CaptureFixture[str]) -> Verify:
    """`gongkai verify`: exit code, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["--data", str(layout.data), "verify", *arguments])
        return code, *capsys.readouterr()

    return call


def flip(path: Path, at: int) -> None:
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


def change(layout: Layout, *statements: str) -> None:
    with duckdb.connect(str(warehouse_path(layout.data))) as connection:
        for statement in statements:
            connection.execute(statement)


def database_of_rubbish(layout: Layout) -> None:
    warehouse_path(layout.data).write_bytes(b"this is not a database" * 1000)


def database_cut(layout: Layout) -> None:
    path = warehouse_path(layout.data)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def database_with_flipped_bytes(layout: Layout) -> None:
    path = warehouse_path(layout.data)
    for at in range(20_000, path.stat().st_size, 200_000):
        flip(path, at)


def rows_lost(layout: Layout) -> None:
    change(layout, "delete from raw.entries where line = 1")


def figure_changed(layout: Layout) -> None:
    change(layout, "update core.metrics set written = '1亿元' where written like '%亿元'")


def counts_missing(layout: Layout) -> None:
    counts_path(warehouse_path(layout.data)).unlink()


def counts_damaged(layout: Layout) -> None:
    counts_path(warehouse_path(layout.data)).write_bytes(b'{"rows": [{"raw.\xff')


def warehouse_missing(layout: Layout) -> None:
    shutil.rmtree(layout.warehouse)


def copy_missing(layout: Layout) -> None:
    current(layout.data).unlink()


def copy_with_flipped_bytes(layout: Layout) -> None:
    path = current(layout.data)
    for at in range(20_000, path.stat().st_size, 200_000):
        flip(path, at)


def pointer_missing(layout: Layout) -> None:
    (layout.published / "current").unlink()


def pointer_of_rubbish(layout: Layout) -> None:
    (layout.published / "current").write_bytes(b"\xff\x00\n")


def manifest_line_damaged(layout: Layout) -> None:
    flip(layout.archive / MANIFEST, 3)


def manifest_missing(layout: Layout) -> None:
    (layout.archive / MANIFEST).unlink()


def manifest_torn(layout: Layout) -> None:
    with (layout.archive / MANIFEST).open("ab") as file:
        file.write(b'{"warc": "2026')


def warc_left_open(layout: Layout) -> None:
    path = sorted(layout.archive.glob("*.warc.gz"))[-1]
    path.rename(f"{path}.open")
    with Path(f"{path}.open").open("ab") as file:
        file.write(b"\x1f\x8b\x08 torn")
    manifest = layout.archive / MANIFEST
    manifest.write_bytes(manifest.read_bytes().splitlines(keepends=True)[0])


MENDABLE = {
    database_of_rubbish: "warehouse.duckdb: cannot be opened",
    database_cut: "warehouse.duckdb: ",
    database_with_flipped_bytes: "warehouse.duckdb: ",
    rows_lost: "rows were lost: raw.entries has",
    figure_changed: "are not 1亿元",
    counts_missing: "counts.json is missing",
    counts_damaged: "counts.json cannot be read",
    warehouse_missing: "warehouse.duckdb: is missing",
    copy_missing: "which is missing",
    copy_with_flipped_bytes: "cannot be read: IO Error",
    pointer_missing: "current: is missing",
    pointer_of_rubbish: "which is missing",
    manifest_line_damaged: "manifest.jsonl: line 1 is damaged",
    manifest_missing: "has no line in manifest.jsonl",
    manifest_torn: "manifest.jsonl: line 3 is damaged",
    warc_left_open: "is open",
}


@pytest.mark.parametrize("damage", MENDABLE, ids=lambda damage: damage.__name__)
def test_92_93_what_verify_names_is_mended_and_nothing_is_lost(
    layout: Layout, before: Seen, verify: Verify, damage: Damage
) -> None:
    damage(layout)
    code, _, told = verify()
    assert code == 3
    assert MENDABLE[damage] in told
    named = [line for line in told.splitlines() if str(layout.data) in line]
    assert all("restore" in line or "`gongkai" in line for line in named)
    code, done, told = verify("--repair")
    assert (code, told) == (0, ""), "nothing is left"
    assert str(layout.data) in done
    assert seen(layout) == before


def test_verify_alone_changes_nothing_and_repair_nothing_that_is_sound(
    layout: Layout, verify: Verify
) -> None:
    def files() -> dict[Path, tuple[int, bytes]]:
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(layout.data.rglob("*.*"))
            if path.is_file()
        }

    before = files()
    code, done, told = verify("--repair", "--json")
    assert (code, told) == (0, "")
    assert json.loads(done)["done"] == []
    assert files() == before
    rows_lost(layout)
    pointer_missing(layout)
    damaged = files()
    assert verify()[0] == 3
    assert files() == damaged


def test_86_a_flipped_byte_in_the_archive_is_named_and_left_to_a_person(
    layout: Layout, verify: Verify
) -> None:
    path = sorted(layout.archive.glob("*.warc.gz"))[0]
    flip(path, 1000)
    rows_lost(layout)
    for arguments in ((), ("--repair",)):
        code, _, told = verify(*arguments)
        assert code == 3
        assert f"{path} at " in told
        assert "restore it from a copy" in told
    assert "rows were lost" not in told, "what can be mended was"


def test_a_run_file_that_is_damaged_is_named_and_blocks_no_other(layout: Layout, verify: Verify) -> None:
    damaged = layout.run_folders()[0] / "entries.jsonl"
    flip(damaged, 0)
    pointer_missing(layout)
    code, _, told = verify("--repair")
    assert code == 3
    assert f"{damaged} line 1: is damaged" in told
    assert "restore the file from a copy" in told
    assert current(layout.data).exists()


def test_86_a_damaged_run_that_is_not_loaded_yet_is_told_and_keeps_no_other_from_being_loaded(
    layout: Layout, verify: Verify, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = layout.runs / "20200101T000000000Z-qinghe-0001"
    shutil.copytree(layout.run_folders()[0], waiting)
    sound = (waiting / "captures.jsonl").read_bytes()
    flip(waiting / "captures.jsonl", 0)
    (tmp_path / "saved.txt").write_text("新建公园3个。", "utf-8")
    for _ in range(2):
        assert run(["--data", str(layout.data), "ingest", str(tmp_path / "saved.txt")]) == 3
        printed, told = capsys.readouterr()
        assert f"run {waiting.name} is not loaded until its files are restored from a copy: " in told
        assert "captures.jsonl" in told
        assert " 1 refused" in printed
    assert len(layout.run_folders()) == len({row[0] for row in runs_of(layout)}) + 1
    code, _, told = verify()
    assert (code, waiting.name in told) == (3, True)

    (waiting / "captures.jsonl").write_bytes(sound)
    assert run(["--data", str(layout.data), "ingest", str(tmp_path / "saved.txt")]) == 0
    assert (waiting.name,) in runs_of(layout)
    assert verify()[0] == 0


def runs_of(layout: Layout) -> list[tuple[str]]:
    with duckdb.connect(str(current(layout.data)), read_only=True) as published:
        return published.execute("select run_id from raw.runs").fetchall()


def test_what_was_repaired_is_told_in_the_language_of_the_user(
    layout: Layout, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.language.current", lambda: "zh")
    (layout.archive / MANIFEST).write_bytes((layout.archive / MANIFEST).read_bytes() + b"{torn")
    warc = sorted(layout.archive.glob("*.warc.gz"))[0]
    opened = warc.with_name(f"{warc.name}.open")
    warc.rename(opened)
    rows_lost(layout)
    code, done, _ = verify("--repair")
    assert code == 0
    for path, told in (
        (layout.archive / MANIFEST, "损坏，已移出"),
        (warc, "现已封存"),
        (warehouse_path(layout.data), "次采集重建"),
        (current(layout.data), "已发布"),
    ):
        assert any(line.startswith(f"{path}：") and told in line for line in done.splitlines())


@pytest.mark.parametrize("lost", ["folder", "last lines"])
def test_rows_that_the_warehouse_alone_has_are_not_rebuilt_away(
    layout: Layout, verify: Verify, lost: str
) -> None:
    run_folder = layout.run_folders()[0]
    if lost == "folder":
        shutil.rmtree(run_folder)
    else:
        path = run_folder / "captures.jsonl"
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-2]))
    counts_damaged(layout)
    kept = warehouse_path(layout.data).read_bytes()
    code, _, told = verify("--repair")
    assert code == 3
    assert f"it alone has all rows of {run_folder.name}; restore" in told
    assert warehouse_path(layout.data).read_bytes() == kept


WAL = {
    "missing": lambda log: b"",
    "cut by 10 bytes": lambda log: log[:-10],
    "cut in half": lambda log: log[: len(log) // 2],
    "flipped": lambda log: log[: len(log) // 2] + bytes([log[len(log) // 2] ^ 1]) + log[len(log) // 2 + 1 :],
    "rubbish": lambda log: b"rubbish" * 100,
}


@pytest.fixture(scope="module")
def killed(crawled: Layout, tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return a folder whose last load was killed between its commit and the checkpoint."""
    folder = tmp_path_factory.mktemp("killed")
    shutil.copytree(crawled.data, folder / "alive")
    alive, killed = Layout(folder / "alive"), Layout(folder / "killed")
    shutil.copytree(alive.run_folders()[0], alive.runs / "20990101T000000000Z-qinghe-0001")
    connection = open_file(warehouse_path(alive.data))
    load_run(connection, alive.run_folders()[-1])
    shutil.copytree(alive.data, killed.data)  # the log as it is while the process lives
    connection.close()
    return killed


@pytest.mark.parametrize("damage", WAL)
def test_92_a_log_that_is_lost_or_cut_is_noticed_and_the_warehouse_rebuilt(
    killed: Layout, layout: Layout, verify: Verify, damage: str
) -> None:
    shutil.rmtree(layout.data)
    shutil.copytree(killed.data, layout.data)
    log = warehouse_path(layout.data).with_suffix(".duckdb.wal")
    assert verify()[0] == 3, "the copy is older than what was loaded"
    log.write_bytes(WAL[damage](log.read_bytes()))
    code, _, told = verify()
    assert code == 3
    assert "rows were lost: raw." in told or "cannot be opened" in told
    assert "gongkai rebuild" in told
    assert verify("--repair")[0] == 0
