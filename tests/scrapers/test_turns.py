"""Turns hold over everybody who shares the folder: sites, threads, processes, and after a kill."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from scrapers.turns import SharedTurn, Standing, shared_turns

HOST = "www.example.cn"
HOLDER = """
import sys
from pathlib import Path
from scrapers.turns import SharedTurn, Standing
turn = SharedTurn(Path(sys.argv[1]), sys.argv[2])
turn.take()
turn.write(Standing(1000.0, 2.0))
print("taken", flush=True)
sys.stdin.read()
"""


def test_38_a_turn_is_taken_once_and_says_how_the_host_stands(tmp_path: Path):
    first, second = SharedTurn(tmp_path, HOST), SharedTurn(tmp_path, HOST)
    assert first.take() == Standing()
    assert second.take() is None
    first.write(Standing(1000.25, 2.0))
    first.give_back()
    assert second.take() == Standing(1000.25, 2.0)
    assert SharedTurn(tmp_path, "other.example.cn").take() == Standing()


def test_38_88_another_process_keeps_its_turn_until_it_is_killed(tmp_path: Path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path), HOST]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "taken\n"
        turn = SharedTurn(tmp_path, HOST)
        assert turn.take() is None
        holder.kill()
    assert turn.take() == Standing(1000.0, 2.0), "what it wrote stands"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"ended_at_s": "x", "slowness": 1}', b"\xff"])
def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes):
    (tmp_path / HOST).write_bytes(content)
    assert SharedTurn(tmp_path, HOST).take() == Standing()


def test_83_a_host_is_one_file_in_the_folder_whatever_it_is_called(tmp_path: Path):
    for host in ("127.0.0.1:8080", "../up", "[::1]:80", "a/b"):
        shared_turns(tmp_path / "hosts")(host).take()
    assert len(list((tmp_path / "hosts").iterdir())) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["hosts"]


def test_89_a_file_that_is_a_link_is_refused(tmp_path: Path):
    (tmp_path / "elsewhere").touch()
    (tmp_path / HOST).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="symbolic link"):
        SharedTurn(tmp_path, HOST)
