"""Readers give results in order; a payload that hangs, or kills its reader, does not stop the others."""

import os
import signal
import time

import pytest

from flows.readers import Readers, Stopped, _Reader


def read(item: str) -> str:
    """Read an item as a payload might behave."""
    if item == "hangs":
        while True:
            time.sleep(1)
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
