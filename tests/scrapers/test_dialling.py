"""Which addresses are dialled: judged ones, private ones only where the site file says so (FAULTS 28, 29)."""

import asyncio
from collections.abc import Iterator

import httpcore
import pytest

from scrapers.dialling import Dialler, NotPublicError, is_public, resolved
from scrapers.http import Fetcher
from scrapers.politeness import Pace
from scrapers.reach import Reach
from tests.scrapers.conftest import FakeTime
from tests.scrapers.fetches import QUICK, anywhere
from tests.scrapers.server import answer, serving

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.7",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "::ffff:8.8.8.8", "2400:3200::1"])
def test_a_public_address_is_public(address: str):
    assert is_public(address)


def answering(*answers: list[str]):
    """Return a resolver that gives one answer after the other, and the last for ever."""
    left: Iterator[list[str]] = iter(answers)
    last = answers[-1]

    async def resolve(host: str, port: int) -> list[str]:
        return next(left, last)

    return resolve


def fetched_through(dialler: Dialler, time: FakeTime):
    """Ask for /a at a name that leads where the dialler's resolver says, and return answer and server."""

    async def run():
        clock = time.clock()
        fetcher = Fetcher(
            agent="gongkai/test", pace=Pace(0.0, clock), limits=QUICK, clock=clock, reach=Reach(dialler)
        )
        async with serving({"/a": [answer(200, b"<p>here</p>")]}) as server, fetcher:
            url = f"http://www.qinghe.example:{server.port}/a"
            return await fetcher.fetch(url, permit=anywhere), server

    return asyncio.run(run())


def test_29_a_name_that_leads_into_a_private_network_is_not_dialled_and_asked_once(fake_time: FakeTime):
    got, server = fetched_through(Dialler(resolve=answering(["127.0.0.1"])), fake_time)
    assert got.outcome == "network_error"
    assert "leads to 127.0.0.1, which is no public address" in got.reason
    assert "`private = true` under [network]" in got.reason
    assert server.requests == []
    assert fake_time.slept == []


def test_29_a_name_that_changes_its_address_between_two_looks_is_judged_at_each(fake_time: FakeTime):
    """DNS rebinding: a first public answer buys nothing for the second."""
    dialler = Dialler(resolve=answering(["192.0.2.1"], ["127.0.0.1"]))

    async def judge() -> list[object]:
        found: list[object] = []
        for _ in range(2):
            try:
                await dialler.connect_tcp("www.qinghe.example", 9, timeout=0.01)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                found.append(type(error))
        return found

    assert NotPublicError in asyncio.run(judge())
    _, server = fetched_through(dialler, fake_time)
    assert server.requests == []


def test_29_a_name_with_a_public_and_a_private_address_is_dialled_at_the_public_one_only(fake_time: FakeTime):
    dialled: list[str] = []

    class Sockets:
        async def connect_tcp(self, address: str, *_: object):
            dialled.append(address)
            raise httpcore.ConnectError("refused")

    dialler = Dialler(resolve=answering(["127.0.0.1", "8.8.8.8", "8.8.4.4"]))
    dialler._sockets = Sockets()  # type: ignore[assignment]
    with pytest.raises(httpcore.ConnectError, match="refused"):
        asyncio.run(dialler.connect_tcp("www.qinghe.example", 80))
    assert dialled == ["8.8.8.8", "8.8.4.4"]


def test_a_site_file_may_vouch_for_its_private_hosts(fake_time: FakeTime):
    got, server = fetched_through(Dialler(["www.qinghe.example"], answering(["127.0.0.1"])), fake_time)
    assert got.outcome == "ok"
    assert b"Host: www.qinghe.example" in server.heads[0]


def test_a_proxy_that_answers_for_all_names_is_named(fake_time: FakeTime):
    got, _ = fetched_through(Dialler(resolve=answering(["198.18.0.5"])), fake_time)
    assert "a proxy of this machine seems to answer for all names" in got.reason


def test_a_name_without_an_address_is_a_failure_with_the_systems_reason(fake_time: FakeTime):
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    got, _ = fetched_through(Dialler(resolve=nowhere), fake_time)
    assert got.outcome == "network_error"
    assert "the name www.qinghe.example has no address" in got.reason


def test_a_resolver_that_does_not_answer_is_not_waited_for(fake_time: FakeTime):
    async def silent(host: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    got, _ = fetched_through(Dialler(resolve=silent), fake_time)
    assert got.outcome == "network_error"
    assert "not resolved in time" in got.reason or "timed out" in got.reason


def test_the_system_resolves_addresses_written_as_such():
    assert asyncio.run(resolved("127.0.0.1", 80)) == ["127.0.0.1"]
