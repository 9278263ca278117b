"""One address fetched from a scripted server, for the tests of the fetch layer."""

import asyncio

from scrapers.answer import Answer
from scrapers.capture import Known
from scrapers.http import Fetcher, Limits
from scrapers.politeness import Pace
from tests.scrapers.conftest import FakeTime
from tests.scrapers.server import Reply, Server, serving

QUICK = Limits(total_s=0.3, connect_s=0.2, read_s=0.2, body_bytes=50_000)
TEXT = ("清河街道上半年工作总结。" * 200).encode()


async def anywhere(_: str) -> str | None:
    return None


async def fetched(url: str, time: FakeTime, limits: Limits = QUICK, known: Known | None = None) -> Answer:
    clock = time.clock()
    async with Fetcher(agent="gongkai/test", pace=Pace(0.0, clock), limits=limits, clock=clock) as fetcher:
        return await fetcher.fetch(url, permit=anywhere, known=known)


def got(
    time: FakeTime, *replies: Reply, limits: Limits = QUICK, known: Known | None = None
) -> tuple[Answer, Server]:
    """Return the answer of /a, which gives `replies` one after the other, and the server."""

    async def run() -> tuple[Answer, Server]:
        async with serving({"/a": list(replies)}) as server:
            return await fetched(f"{server.url}/a", time, limits, known), server

    return asyncio.run(run())
