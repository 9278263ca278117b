"""Readers: processes that read payloads and can be stopped, for a payload may keep a parser for ever.

Each has one payload at a time. One that takes too long is killed and gets a successor, and so does one that
dies by itself (a fault of a parser, no memory left). The other payloads are none the wiser. A reader ends
with the process that it reads for, also where that is killed.
"""

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Generic, Self, TypeVar

MEMORY_BYTES = 2 << 30  # of address space, of which a reader's libraries take a third
DEADLINE_S = 30.0

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a reader gave no result."""

    reason: str


@dataclass(slots=True)
class _Reader:
    """A process, the pipe to it, and the number of the item that it has until `deadline_s`."""

    process: SpawnProcess
    pipe: Connection
    number: int | None = None
    deadline_s: float = 0.0


class Readers(Generic[Item, Result]):
    """Up to `count` processes that turn items into results by `read`, a function that can be pickled.

    A context manager. Processes are spawned when they are first needed, never forked: a database is open.
    """

    def __init__(self, read: Callable[[Item], Result], count: int, *, deadline_s: float = DEADLINE_S) -> None:
        self._read = read
        self._count = count
        self._deadline_s = deadline_s
        self._readers: list[_Reader] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for reader in self._readers:
            _end(reader)
        self._readers.clear()

    def results(self, items: Sequence[Item]) -> Iterator[Result | Stopped]:
        """Yield the result of each item, in their order, or why there is none."""
        done: dict[int, Result | Stopped] = {}
        handed = 0
        for number in range(len(items)):
            while number not in done:
                while handed < len(items) and (reader := self._idle()) is not None:
                    self._hand(reader, handed, items[handed])
                    handed += 1
                self._collect(done)
            yield done.pop(number)

    def _idle(self) -> _Reader | None:
        for reader in self._readers:
            if reader.number is None:
                return reader
        if len(self._readers) >= self._count:
            return None
        self._readers.append(self._started())
        return self._readers[-1]

    def _started(self) -> _Reader:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self._read, self._deadline_s)
        process = context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return _Reader(process, ours)

    def _hand(self, reader: _Reader, number: int, item: Item) -> None:
        reader.number = number
        reader.deadline_s = time.monotonic() + self._deadline_s
        with suppress(BrokenPipeError, ConnectionResetError):  # it died while idle; the end of its pipe tells
            reader.pipe.send(item)

    def _collect(self, done: "dict[int, Result | Stopped]") -> None:
        """Wait for results, deaths and deadlines, and put what came into `done`."""
        busy = {reader.pipe: reader for reader in self._readers if reader.number is not None}
        next_deadline_s = min(reader.deadline_s for reader in busy.values())
        for pipe in wait(list(busy), max(0.0, next_deadline_s - time.monotonic())):
            reader = busy[pipe]  # type: ignore[index]
            try:
                done[reader.number or 0] = reader.pipe.recv()
                reader.number = None
            except (EOFError, ConnectionResetError):  # reset: it died before it took its item
                reader.process.join(timeout=5)
                code = reader.process.exitcode or 0
                self._replace(reader, f"its reader died{f' (signal {-code})' if code < 0 else ''}", done)
        for reader in busy.values():
            if reader.number is not None and time.monotonic() >= reader.deadline_s:
                self._replace(reader, f"it takes longer than {self._deadline_s:g} s", done)

    def _replace(self, reader: _Reader, reason: str, done: "dict[int, Result | Stopped]") -> None:
        _end(reader)
        done[reader.number or 0] = Stopped(reason)
        self._readers.remove(reader)


def _end(reader: _Reader) -> None:
    reader.pipe.close()
    if reader.number is not None:
        reader.process.kill()
    reader.process.join(timeout=5)


def _serve(pipe: Connection, read: Callable[[Item], Result], deadline_s: float) -> None:
    """Answer items with results until the other end closes."""
    with suppress(ValueError, OSError):  # a system without such limits
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    threading.Thread(target=_die_with_owner, daemon=True).start()
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            item = pipe.recv()
            # the kernel's own clock: a parser that hangs in C lets no thread of ours see that the owner died
            signal.setitimer(signal.ITIMER_REAL, 2 * deadline_s)
            pipe.send(read(item))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _die_with_owner() -> None:
    """Wait until the process that started this one has ended, and end too, whatever is being read."""
    if (owner := multiprocessing.parent_process()) is not None:
        owner.join()
        os._exit(1)
