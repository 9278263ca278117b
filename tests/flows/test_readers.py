"""Readers give results in order; a payload that hangs, or kills its reader, does not stop the others."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from flows.readers import Readers, Stopped, _Reader

ENDLESS = re.compile("(a+)+$")


def read(item: str) -> str:
    """Read an item as a payload might behave."""
    sys.stdout.write(f"{item}\n")
    sys.stdout.flush()
    if item == "hangs":
        while True:
            time.sleep(1)
    if item == "hangs in C":
        ENDLESS.match("a" * 64 + "b")  # and no other thread gets a turn
    if item == "kills":
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "eats":
        return str(len(bytearray(8 << 30)))
    return item.upper()


@pytest.mark.parametrize("count", [1, 2])
def test_results_come_in_order(count: int):
    with Readers(read, count) as readers:
        assert list(readers.results(["a", "b", "c", "d", "e"])) == ["A", "B", "C", "D", "E"]
        assert list(readers.results(["f"])) == ["F"]
        assert list(readers.results([])) == []


def test_64_119_what_hangs_dies_or_eats_memory_is_given_up_alone():
    with Readers(read, 2, deadline_s=5) as readers:
        found = list(readers.results(["a", "hangs", "b", "kills", "c", "eats", "d"]))
    assert [each for each in found if isinstance(each, str)] == ["A", "B", "C", "D"]
    assert [each.reason for each in found if isinstance(each, Stopped)] == [
        "it takes longer than 5 s",
        "its reader died (signal 11)",
        "its reader died",
    ]


def test_a_reader_that_dies_before_it_takes_its_item_is_given_up_alone(monkeypatch: pytest.MonkeyPatch):
    """The system then says that the connection was reset, and not that it has ended."""
    started = Readers._started

    def dead(readers: Readers[str, str]) -> _Reader:
        reader = started(readers)
        os.kill(reader.process.pid or 0, signal.SIGSTOP)
        return reader

    def hand(readers: Readers[str, str], reader: _Reader, number: int, item: str) -> None:
        handed(readers, reader, number, item)
        reader.process.kill()

    handed = Readers._hand
    monkeypatch.setattr(Readers, "_started", dead)
    monkeypatch.setattr(Readers, "_hand", hand)
    with Readers(read, 1) as readers:
        (found,) = readers.results(["a"])
    assert found == Stopped("its reader died (signal 9)")


def test_no_reader_outlives_its_block():
    with Readers(read, 1) as readers:
        list(readers.results(["a"]))
        (reader,) = readers._readers
    reader.process.join(timeout=5)
    assert reader.process.exitcode is not None


OWNER = """
import sys
from flows.readers import Readers
from tests.flows.test_readers import read

if __name__ == "__main__":
    with Readers(read, 1, deadline_s=1.5) as readers:
        list(readers.results([sys.argv[1]]))
"""


@pytest.mark.parametrize("item", ["hangs", "hangs in C"])
def test_84_no_reader_outlives_an_owner_that_is_killed(item: str):
    """The readers hold the owner's output open for as long as they live."""
    with subprocess.Popen([sys.executable, "-c", OWNER, item], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout.readline() == f"{item}\n", "it is being read"
        owner.kill()
        assert owner.communicate(timeout=20) == ("", None)


def test_a_reader_that_dies_before_it_takes_its_item_gives_it_up():
    with Readers(read, 1) as readers:
        assert list(readers.results(["a"])) == ["A"]
        (reader,) = readers._readers
        os.kill(reader.process.pid, signal.SIGSTOP)
        readers._hand(reader, 0, "b")
        reader.process.kill()
        done = {}
        readers._collect(done)
    assert done == {0: Stopped("its reader died (signal 9)")}
