"""The fetch layer against a real server: outcomes, waits and retries. Numbers are those of the fault list."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.answer import Answer
from scrapers.capture import Known
from scrapers.clock import Clock
from scrapers.http import Fetcher, user_agent
from scrapers.politeness import Pace
from tests.scrapers.conftest import START, FakeTime
from tests.scrapers.fetches import QUICK, TEXT, anywhere, fetched, got
from tests.scrapers.server import Reply, Server, Stream, answer, hang, page, reset, serving, zipped


def test_a_page_comes_with_its_bytes_and_heads(fake_time: FakeTime):
    found, server = got(fake_time, zipped(TEXT, "Set-Cookie: a=1", "Set-Cookie: b=2", 'ETag: "x"'))
    assert (found.outcome, found.status, found.reason, found.payload) == ("ok", 200, None, TEXT)
    assert found.headers["etag"] == '"x"'
    (exchange,) = found.exchanges
    assert gzip.decompress(exchange.body) == TEXT
    assert exchange.response_head.startswith(b"HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\nSet-Cookie: a=1")
    assert exchange.request_head.startswith(b"GET /a HTTP/1.1\r\n")
    assert exchange.request_head == server.heads[0], "the archived request is the one that was sent"
    assert (exchange.ip, exchange.truncated) == ("127.0.0.1", None)


def test_headers_that_are_sent(fake_time: FakeTime):
    _, server = got(fake_time, page("x"))
    head = server.heads[0].decode().lower()
    assert "connection: close\r\n" in head
    assert "accept-encoding: gzip\r\n" in head
    assert "user-agent: gongkai/test\r\n" in head


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, "not_found"), (410, "gone"), (401, "blocked"), (403, "blocked")]
)
def test_01_02_refusals_are_asked_once(fake_time: FakeTime, status: int, outcome: str):
    found, server = got(fake_time, answer(status, b"no"))
    assert (found.outcome, found.status) == (outcome, status)
    assert len(server.requests) == 1
    assert len(found.exchanges) == 1, "the evidence of a take-down is kept"


def test_03_challenges_are_not_asked_again(fake_time: FakeTime):
    body = b"<html><script>$_ts={};$_ts.cd=1</script><body></body></html>"
    found, server = got(fake_time, answer(412, body))
    assert (found.outcome, found.challenged, len(server.requests)) == ("blocked", True, 1)


def test_04_retry_after_is_waited_for(fake_time: FakeTime):
    found, server = got(fake_time, answer(429, b"", "Retry-After: 30"), page("x"))
    assert (found.outcome, len(server.requests)) == ("ok", 2)
    assert fake_time.slept == [30.0]


def test_05_a_day_is_deferred_and_not_slept(fake_time: FakeTime):
    found, server = got(fake_time, answer(503, b"", "Retry-After: 86400"))
    assert (found.outcome, found.deferred, fake_time.slept) == ("server_error", True, [])
    assert len(server.requests) == 1
    assert "86400" in (found.reason or "")


def test_06_unreadable_retry_after_means_own_backoff(fake_time: FakeTime):
    found, _ = got(fake_time, answer(503, b"", "Retry-After: -7"), page("x"))
    assert (found.outcome, fake_time.slept) == ("ok", [0.5])


def test_07_one_good_answer_is_kept(fake_time: FakeTime):
    found, server = got(fake_time, answer(500, b""), answer(502, b""), page("x"))
    assert (found.outcome, len(server.requests), len(found.exchanges)) == ("ok", 3, 1)
    assert fake_time.slept == [0.5, 2.0]


def test_08_tries_are_bounded(fake_time: FakeTime):
    found, server = got(fake_time, answer(500, b"broken"))
    assert (found.outcome, len(server.requests), len(found.exchanges)) == ("server_error", 4, 1)


@pytest.mark.parametrize("status", [204, 206, 304])
def test_09_odd_successes_are_no_documents(fake_time: FakeTime, status: int):
    found, _ = got(fake_time, answer(status, b"", length=status == 206))
    assert found.outcome == "unsupported"
    assert str(status) in (found.reason or "")


def test_10_no_answer_times_out(fake_time: FakeTime):
    found, server = got(fake_time, hang, limits=replace(QUICK, read_s=0.05))
    assert (found.outcome, found.exchanges, len(server.requests)) == ("network_error", (), 4)
    assert "timed out" in (found.reason or "")


def drip(first: bytes, more: bytes) -> Callable[[Stream], Awaitable[None]]:
    async def write(writer: Stream) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(more)
            await writer.drain()
            await asyncio.sleep(0.02)

    return write


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b"a"), True),
        (drip(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"), False),
        (drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), False),
    ],
    ids=["slow body", "slow headers", "endless 103"],
)
def test_11_a_total_deadline_ends_slow_answers(fake_time: FakeTime, reply: Reply, kept: bool):
    found, server = got(fake_time, reply)
    assert (found.outcome, found.payload, len(server.requests)) == ("network_error", None, 1)
    assert "0.3 s" in (found.reason or "")
    assert [exchange.truncated for exchange in found.exchanges] == (["time"] if kept else [])


def test_12_resets_are_tried_again(fake_time: FakeTime):
    assert got(fake_time, reset, page("x"))[0].outcome == "ok"
    found, server = got(fake_time, reset)
    assert (found.outcome, len(server.requests), found.exchanges) == ("network_error", 4, ())


def test_18_a_connection_that_the_server_forgot_loses_no_request(fake_time: FakeTime):
    """Each answer says that its connection stays open, and the server then drops it."""

    async def run() -> tuple[list[Answer], Server]:
        lasting = answer(200, b"<p>x", "Connection: keep-alive", "Keep-Alive: timeout=60")
        clock = fake_time.clock()
        fetcher = Fetcher(agent="gongkai/test", pace=Pace(0.0, clock), limits=QUICK, clock=clock)
        async with serving({"/a": [lasting], "/b": [lasting]}) as server, fetcher:
            urls = [f"{server.url}/{name}" for name in "abab"]
            return [await fetcher.fetch(url, permit=anywhere) for url in urls], server

    found, server = asyncio.run(run())
    assert [each.outcome for each in found] == ["ok"] * 4
    assert server.requests == ["/a", "/b", "/a", "/b"]
    assert all(b"connection: close" in head.lower() for head in server.heads)


def test_19_cookies_are_not_sent_back(fake_time: FakeTime):
    first = answer(302, b"", "Location: /a", "Set-Cookie: session=1; Path=/")
    found, server = got(fake_time, first, page("x"))
    assert found.outcome == "ok"
    assert all(b"cookie" not in head.lower() for head in server.heads)


def test_57_a_dead_port_costs_four_tries(fake_time: FakeTime):
    found = asyncio.run(fetched("http://127.0.0.1:1/", fake_time))
    assert (found.outcome, found.exchanges, found.status) == ("network_error", (), None)
    assert fake_time.slept == [0.5, 2.0, 8.0]


def test_80_conditional_requests(fake_time: FakeTime):
    known = Known("u", '"v1"', "Wed, 07 Aug 2024 00:00:00 GMT", "sha256:00", datetime(2024, 8, 7, tzinfo=UTC))
    found, server = got(fake_time, answer(304, length=False), known=known)
    assert (found.outcome, found.payload) == ("unchanged", b"")
    assert b'if-none-match: "v1"' in server.heads[0].lower()
    assert b"if-modified-since: wed, 07 aug 2024 00:00:00 gmt" in server.heads[0].lower()


@pytest.mark.parametrize(("full_days", "conditional"), [(29, True), (31, False)])
def test_81_validators_are_left_out_once_a_month(fake_time: FakeTime, full_days: int, conditional: bool):
    full_at = START - timedelta(days=full_days)
    known = Known("u", '"v1"', "Wed, 07 Aug 2024 00:00:00 GMT", "sha256:00", START, full_at)
    found, server = got(fake_time, page("x"), known=known)
    assert found.outcome == "ok"
    assert (b"if-none-match" in server.heads[0].lower()) == conditional
    assert (b"if-modified-since" in server.heads[0].lower()) == conditional


@pytest.mark.parametrize("etag", ['"第一版"', '"' + "v" * 60_000 + '"', '"\x01"', "\x7f", ""])
def test_80_a_validator_that_no_request_can_hold_is_not_sent(fake_time: FakeTime, etag: str):
    """Else the page could never be asked for again."""
    known = Known("u", etag, "昨天", "sha256:00", datetime(2024, 8, 7, tzinfo=UTC))
    found, server = got(fake_time, page("x"), known=known)
    assert found.outcome == "ok"
    assert b"if-" not in server.heads[0].lower()


def test_known_without_a_payload_is_asked_in_full(fake_time: FakeTime):
    known = Known("u", '"v1"', None, None, datetime(2024, 8, 7, tzinfo=UTC))
    _, server = got(fake_time, page("x"), known=known)
    assert b"if-none-match" not in server.heads[0].lower()


def test_54_proxies_of_the_environment_are_ignored(fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert got(fake_time, page("x"))[0].outcome == "ok"


def test_the_user_agent_names_project_and_contact():
    assert "gongkai/" in user_agent(None)
    assert user_agent("desk@example.org\r\nX: 1").endswith("; desk@example.org X: 1)")
    assert user_agent("编辑部").isascii()


def test_a_real_clock_is_the_default():
    assert Clock().now().tzinfo is UTC
    assert 0 <= Clock().chance() < 1
