"""The lock: one holder, named to the others, and free the moment its process is dead."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive import lock
from archive.errors import ArchiveError, Busy
from archive.lock import held

HOLD = """
import sys
from pathlib import Path
from archive import lock
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


def test_100_it_may_wait_and_says_once_for_whom(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    told: list[Busy] = []

    def free(busy: Busy) -> None:
        told.append(busy)
        process.kill()

    with holder(path) as process, held(path, wait_s=30, on_wait=free):
        assert json.loads(path.read_bytes())["pid"] == os.getpid()
    assert [busy.pid for busy in told] == [process.pid]


def test_100_it_waits_no_longer_than_it_may(tmp_path: Path) -> None:
    with held(tmp_path / "lock"), pytest.raises(Busy), held(tmp_path / "lock", wait_s=0.1):
        pytest.fail("two holders")


def test_101_who_holds_it_is_told_and_whether_it_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    assert lock.holder(path) is None
    with holder(path) as process:
        said = lock.holder(path)
        assert said
        assert (said.pid, said.alive) == (process.pid, True)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        said = lock.holder(path)
        assert said
        assert not said.alive, "dead, though not yet reaped"
    with held(path):
        monkeypatch.setattr(lock, "_boot", lambda: "another start of the machine")
        said = lock.holder(path)
        assert said
        assert not said.alive, "its pid may be another's by now"
    assert lock.holder(path) is None, "it ended cleanly"
