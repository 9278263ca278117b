"""SQL of strangers in a process of its own, which is killed when it takes too long or too much.

What DuckDB itself can refuse (files, network, settings, statements that write) `warehouse.query` refuses.
Left over is what a single call may take: repeat('x', 4000000000) takes 4 GB whatever the memory limit, and
hears of no interruption for seconds. So the process has a limit of the kernel's, and a clock outside of it.
"""

import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any

from extract.errors import GongkaiError
from warehouse.errors import QueryError
from warehouse.formats import refuse_unwritable, write_parquet
from warehouse.query import ROWS_AT_ONCE, Result, reader, run

Task = Callable[..., Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: bytes of address space, seconds that one waits for it, and bytes of a thousand
    rows, which come as one message into the process that asks.
    """

    memory_bytes: int = 3 << 30
    wait_s: float = 60.0
    message_bytes: int = 256 << 20


@contextmanager
def asked(
    database: Path, sql: str, values: Mapping[str, str] | None = None, *, limits: Limits = Limits()
) -> Iterator[Result]:
    """Run one SELECT over a published copy in a child process; its rows come as they are asked for.

    `values` are those of its parameters. Raise QueryError when the statement is refused, fails, or is killed;
    errors of `reader` as they are.
    """
    with _child(limits, _answer, database, sql, values) as messages:
        columns, types = next(messages)
        yield Result(columns, types, (row for rows in messages for row in rows))


def asked_as_parquet(
    database: Path,
    sql: str,
    out: Path,
    values: Mapping[str, str] | None = None,
    *,
    limits: Limits = Limits(),
) -> None:
    """Do what `formats.write_parquet` does, in a child process; a file half written is removed."""
    refuse_unwritable(out)
    try:
        with _child(limits, _write_parquet, database, sql, out, values) as messages:
            for _ in messages:
                pass
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def _answer(database: Path, sql: str, values: Mapping[str, str] | None) -> Iterator[Any]:
    with reader(database) as connection:
        result = run(connection, sql, values)
        yield result.columns, result.types
        while rows := list(islice(result.rows, ROWS_AT_ONCE)):
            yield rows


def _write_parquet(database: Path, sql: str, out: Path, values: Mapping[str, str] | None) -> Iterator[Any]:
    write_parquet(database, sql, out, values)
    yield from ()


@contextmanager
def _child(limits: Limits, task: Task, *arguments: object) -> Iterator[Iterator[Any]]:
    """Yield what a task in a child process yields; kill the process at the end of the body."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, limits, task, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _messages(ours, limits)
    finally:
        process.kill()
        process.join()
        ours.close()


def _messages(pipe: Connection, limits: Limits) -> Iterator[Any]:
    """Yield messages to the end; raise the error that comes, or QueryError for a child that is too slow."""
    left_s = limits.wait_s
    while True:
        asked_s = time.monotonic()
        if not pipe.poll(max(0.0, left_s)):
            raise QueryError(f"query: stopped after {limits.wait_s:g} s; ask for less, or allow it more time")
        left_s -= time.monotonic() - asked_s
        try:
            message = pipe.recv()
        except EOFError:
            raise QueryError(
                f"query: its process died; does it take more than {limits.memory_bytes >> 20} MiB of memory?"
            ) from None
        if isinstance(message, GongkaiError):
            raise message
        if message is None:
            return
        yield message


def _serve(pipe: Connection, limits: Limits, task: Task, arguments: tuple[object, ...]) -> None:
    """Send what a task yields, then None; instead the error that it raises."""
    with suppress(ValueError, OSError):  # a system without such limits
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    threading.Thread(target=_die_with_owner, daemon=True).start()
    with suppress(BrokenPipeError, KeyboardInterrupt):  # nobody waits for the answer any more
        try:
            for message in task(*arguments):
                _send(pipe, message, limits.message_bytes)
            pipe.send(None)
        except GongkaiError as error:
            pipe.send(error)


def _send(pipe: Connection, message: object, bytes_max: int) -> None:
    data = ForkingPickler.dumps(message)
    if len(data) > bytes_max:
        raise QueryError(
            f"query: {ROWS_AT_ONCE} rows take more than {bytes_max >> 20} MiB; ask for less of each row"
        )
    pipe.send_bytes(data)


def _die_with_owner() -> None:
    """End with the process that asks, also where that is killed."""
    if (owner := multiprocessing.parent_process()) is not None:
        owner.join()
        os._exit(1)
