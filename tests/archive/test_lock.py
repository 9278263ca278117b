"""The lock: one holder, named to the others, and free the moment its process is dead."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import ArchiveError, Busy
from archive.lock import held

HOLD = """
import sys
from pathlib import Path
from archive.lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_second_process_is_told_who_holds_it_and_kill_9_frees_it(tmp_path: Path) -> None:
    """FAULTS 87 and 88."""
    path = tmp_path / "data" / "lock"
    with holder(path) as process:
        with pytest.raises(Busy) as caught, held(path):
            pytest.fail("two holders")
        assert caught.value.pid == process.pid
        assert caught.value.since is not None
        assert str(caught.value) == (
            f"{path}: held by process {process.pid}, started {caught.value.since}; wait until it ends"
        )
        process.kill()
        process.wait()
        with held(path):
            assert json.loads(path.read_bytes())["pid"] == os.getpid()


def test_lock_is_free_after_its_block(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        with held(path), pytest.raises(Busy), held(path):
            pytest.fail("two holders")
    with pytest.raises(RuntimeError, match="inside"), held(path):
        raise RuntimeError("inside")
    with held(path):
        pass
    assert path.read_bytes() == b""


@pytest.mark.parametrize("content", [b"", b"rubbish", b"[]", b'{"pid": null, "since": 3}'])
def test_holder_that_has_not_written_who_it_is(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path):
        path.write_bytes(content)
        with pytest.raises(Busy, match="held by another process; wait until it ends"), held(path):
            pytest.fail("two holders")


def test_lock_that_cannot_be_made(locked: Path) -> None:
    with pytest.raises(ArchiveError, match="permission denied"), held(locked / "lock"):
        pytest.fail("no lock")


def test_lock_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"theirs")
    (tmp_path / "lock").symlink_to(tmp_path / "outside")
    with pytest.raises(ArchiveError, match="symbolic link"), held(tmp_path / "lock"):
        pytest.fail("no lock")
    assert (tmp_path / "outside").read_bytes() == b"theirs"
