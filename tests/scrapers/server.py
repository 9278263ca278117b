"""A real server on loopback: it answers byte for byte what a test scripts, right or wrong."""

import asyncio
import gzip
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Stream = asyncio.StreamWriter
Reply = bytes | Callable[[Stream], Awaitable[None]]


@dataclass
class Server:
    """What is scripted, and what was asked for.

    `replies[path]` are given in order, the last one for ever; paths without a script answer 404. A reply
    is the whole answer as bytes, or a coroutine function that writes to the connection itself. `spans` are
    the seconds in which whole answers were given, on one clock.
    """

    port: int = 0
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    _open: set[asyncio.Task] = field(default_factory=set)
    _served: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def count(self, path: str) -> int:
        """Return how often `path` was asked for."""
        return self.requests.count(path)

    async def handle(self, reader: asyncio.StreamReader, writer: Stream) -> None:
        self._open.add(asyncio.current_task())
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went, or the test is over
        finally:
            writer.close()

    async def stop(self) -> None:
        """End the connections that scripts keep open."""
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: Stream) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ")[1].decode("ascii")
        self.requests.append(path)
        self.heads.append(head)
        began_s = time.monotonic()
        reply = self._next(path)
        if callable(reply):
            await reply(writer)
        else:
            writer.write(reply)
            await writer.drain()
        self.spans.append((began_s, time.monotonic()))

    def _next(self, path: str) -> Reply:
        script = self.replies.get(path)
        if not script:
            return answer(404, b"<p>not here</p>")
        number = min(self._served[path], len(script) - 1)
        self._served[path] += 1
        return script[number]


@asynccontextmanager
async def serving(replies: dict[str, list[Reply]] | None = None) -> AsyncIterator[Server]:
    """Run a server on a free port for the time of the block."""
    server = Server(replies=replies or {})
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await server.stop()
        await listening.wait_closed()


def answer(status: int = 200, body: bytes = b"", *headers: str, length: bool = True) -> bytes:
    """Return a whole answer as bytes; `headers` are lines."""
    lines = [f"HTTP/1.1 {status} X", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def zipped(body: bytes, *headers: str) -> bytes:
    """Return an answer whose body is gzipped."""
    return answer(200, gzip.compress(body), "Content-Encoding: gzip", *headers)


def page(text: str) -> bytes:
    """Return an HTML answer."""
    return answer(200, text.encode(), "Content-Type: text/html; charset=utf-8")


async def hang(writer: Stream) -> None:
    """Answer nothing until the client goes."""
    while not writer.is_closing():
        await asyncio.sleep(0.01)


async def reset(writer: Stream) -> None:
    """Close the connection without an answer."""
    writer.close()
