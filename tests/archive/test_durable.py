"""Disks that fail: what was not taken leaves nothing half, and what was stored before stays whole."""

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import durable
from archive.errors import ArchiveError
from archive.exchange import Exchange
from archive.fixity import check
from archive.lock import held
from archive.reader import read_payload
from archive.runs import RunWriter, read_rows
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]


def no_original(wire_digest: str) -> None:
    return None


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes: the write that passes it is taken in part, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_full_disk_leaves_whole_records_and_the_run_goes_on(folder: Path, run: str, exchange: Make) -> None:
    """FAULTS 85: what does not fit is cut off again; with room the same writer goes on."""
    big = exchange(os.urandom(60_000))
    with ArchiveWriter(folder, run, no_original) as writer:
        first = writer.write(exchange(b"first"))
        with full_at(20_000), pytest.raises(ArchiveError, match="raise the limit and run again"):
            writer.write(big)
        second = writer.write(big)
    assert read_payload(folder, first.warc, first.offset).body == b"first"
    assert read_payload(folder, second.warc, second.offset).body == big.body
    assert not list(check(folder, records=True))


def test_new_folders_are_flushed_into_those_that_name_them(
    tmp_path: Path, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut a run's folder is there with its rows, and so are the folders above it."""
    flushed: list[Path] = []
    monkeypatch.setattr(durable, "sync_folder", flushed.append)
    with held(tmp_path / "data" / "lock"):
        assert flushed == [tmp_path]
        with RunWriter(tmp_path / "data" / "runs", run) as writer:
            assert flushed == [tmp_path, tmp_path / "data", tmp_path / "data" / "runs"]
            writer.add("entries", {"n": 1})
    assert flushed[-1] == tmp_path / "data" / "runs" / run
    flushed.clear()
    RunWriter(tmp_path / "data" / "runs", run).close()
    assert flushed == [], "what is there already is not flushed again"


def test_full_disk_at_the_first_record(folder: Path, run: str, exchange: Make) -> None:
    writer = ArchiveWriter(folder, run, no_original)
    with full_at(100), pytest.raises(ArchiveError, match="raise the limit"):
        writer.write(exchange())
    writer.close()
    assert not list(folder.iterdir())


def test_row_that_does_not_fit_is_cut_off_again(tmp_path: Path, run: str) -> None:
    with RunWriter(tmp_path, run) as writer:
        writer.add("entries", {"n": 1})
        with full_at(50), pytest.raises(ArchiveError, match=r"entries\.jsonl: file too large"):
            writer.add("entries", {"n": "x" * 100})
        writer.add("entries", {"n": 2})
    assert list(read_rows(tmp_path / run, "entries")) == [{"n": 1}, {"n": 2}]


def test_after_a_failed_flush_nothing_is_written_or_finished(
    folder: Path, run: str, exchange: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel may drop what it could not flush: the file stays open for repair to look at."""
    writer = ArchiveWriter(folder, run, no_original)
    writer.write(exchange(b"first"))

    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(ArchiveError, match="input/output error"):
            writer.write(exchange(b"second"))
    with pytest.raises(ArchiveError, match="an earlier write failed"):
        writer.write(exchange(b"third"))
    writer.close()
    assert [path.name for path in folder.iterdir()] == [f"{run}-00000.warc.gz.open"]
