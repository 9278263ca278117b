"""Robots by RFC 9309, gaps between requests, and hosts that are left alone."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.address import Hosts
from scrapers.answer import Answer
from scrapers.capture import KeptRobots
from scrapers.http import Fetcher, Limits
from scrapers.politeness import Health, Pace
from scrapers.robots import robots_of
from scrapers.visit import Visitor
from tests.scrapers.conftest import START, FakeTime
from tests.scrapers.server import Reply, Server, answer, page, reset, serving

NOW = datetime(2024, 8, 7, tzinfo=UTC)
LIMITS = Limits(total_s=2, connect_s=1, read_s=1)


def robots(text: bytes) -> Answer:
    url = "http://h.example/robots.txt"
    return Answer(url, url, NOW, "ok", None, 200, payload=text)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
        (b"User-agent: *\nDisallow: /a", "/a/c", False),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a", "/a/c", False),
        (b"User-agent: *\rDisallow: /a\r", "/a/c", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        (b"User-agent: gongkai\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", False),
        (b"User-agent: GongKai/2.0\rDisallow: /\r\rUser-agent: *\rAllow: /", "/x", False),
        (b"User-agent: *\nDisallow: /\n\nuser-agent : gongkai/0.1 # ours\nAllow: /", "/x", True),
        (b"User-agent: gongkai-news/1\nUser-agent: gongkais\nDisallow: /", "/x", True),
        (b"User-agent: other\nDisallow: /", "/x", True),
        (b"User-agent: *\nDisallow: /a\n" + b" " * 400_000 + b"user-agen", "/a", False),
        (b"User-agent: *\nDisallow: /a\n" + b"#" * 600_000 + b"\nDisallow: /late", "/a", False),
        (b"User-agent: *\nDisallow: /a\n" + b"#" * 600_000 + b"\nDisallow: /late", "/late", True),
        (b"<html>not robots</html>", "/x", True),
        (b"", "/x", True),
    ],
)
def test_33_36_rules(text: bytes, path: str, allowed: bool):
    assert (robots_of(robots(text)).refusal(f"http://h.example{path}") is None) == allowed


def test_36_a_rule_that_the_limit_cuts_is_no_rule():
    """Half of `Disallow: /late/` would forbid the whole site."""
    rules = b"User-agent: *\nDisallow: /a\n"
    rules += b"#" * (500 * 1024 - len(rules) - len(b"\nDisallow: /")) + b"\nDisallow: /late/\nDisallow: /b\n"
    kept = robots_of(robots(rules))
    assert kept.refusal("http://h.example/a") is not None
    assert kept.refusal("http://h.example/x") is None


@pytest.mark.parametrize(
    ("asked", "kept_s"),
    [("0.2", 0.2), ("5", 5.0), ("3600", 30.0), ("soon", 0.0), ("nan", 0.0), ("-3", 0.0)],
)
def test_crawl_delay_is_capped(asked: str, kept_s: float):
    assert robots_of(robots(f"User-agent: *\nCrawl-delay: {asked}".encode())).crawl_delay_s == kept_s


def failed(outcome: str, status: int | None = None, **more: bool) -> Answer:
    return Answer("http://h.example/robots.txt", "u", NOW, outcome, "why", status, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "open_"),
    [
        (failed("not_found", 404), True),
        (failed("gone", 410), True),
        (failed("blocked", 403), True),
        (failed("blocked", 429), False),
        (failed("blocked", 412, challenged=True), False),
        (failed("server_error", 503), False),
        (failed("network_error"), False),
        (failed("disallowed", 302), False),
        (failed("too_large", 200), False),
    ],
)
def test_34_35_unknown_rules_close_the_host(found: Answer, open_: bool):
    assert (robots_of(found).closed is None) == open_


def test_38_one_at_a_time_with_a_gap_from_the_end_of_the_last(fake_time: FakeTime):
    order: list[str] = []

    async def visit(pace: Pace, host: str, name: str, takes_s: float) -> None:
        async with pace.turn(host):
            order.append(f"{name} at {fake_time.passed_s:g}")
            fake_time.passed_s += takes_s

    async def run() -> None:
        pace = Pace(2.0, fake_time.clock(chance=0.0))
        pace.slow("slow.example:80", 10.0)
        await asyncio.gather(visit(pace, "h.example:80", "a", 1.0), visit(pace, "h.example:80", "b", 1.0))
        await visit(pace, "slow.example:80", "c", 0.0)
        await visit(pace, "slow.example:80", "d", 0.0)

    asyncio.run(run())
    assert order == ["a at 0", "b at 3", "c at 4", "d at 14"]


def test_jitter_only_lengthens_the_gap(fake_time: FakeTime):
    async def run() -> None:
        pace = Pace(2.0, fake_time.clock(chance=1.0))
        for _ in range(2):
            async with pace.turn("h"):
                pass

    asyncio.run(run())
    assert fake_time.slept == [2.5]


def gaps_s(time: FakeTime, exchanges: list[tuple[float, bool]], delay_s: float = 2.0) -> list[float]:
    """Return the gap before each exchange but the first; each takes so many seconds, in trouble or not."""
    starts, ends = [], []

    async def run() -> None:
        pace = Pace(delay_s, time.clock(chance=0.0))
        for takes_s, troubled in exchanges:
            async with pace.turn("h") as asking:
                starts.append(time.passed_s)
                time.passed_s += takes_s
                ends.append(time.passed_s)
                asking.troubled = troubled

    asyncio.run(run())
    return [start - end for start, end in zip(starts[1:], ends, strict=False)]


@pytest.mark.parametrize(
    ("exchanges", "gaps"),
    [
        ([(0.1, False)] * 4, [2, 2, 2]),
        ([(0.1, True)] * 7, [4, 8, 16, 32, 32, 32]),
        ([(0.1, True)] * 2 + [(0.1, False)] * 8, [4, 8, 5, 3.5, 2.75, 2.375, 2.1875, 2, 2]),
        ([(6.0, False)] * 9, [4, 5, 5.5, 5.75, 5.875, 5.9375, 5.96875, 5.984375]),
        ([(600.0, False)] * 2, [17]),
    ],
    ids=["well", "in trouble", "after trouble", "slow", "slower than a gap can be"],
)
def test_38_the_gap_grows_with_trouble_and_shrinks_after_it(
    fake_time: FakeTime, exchanges: list[tuple[float, bool]], gaps: list[float]
):
    assert gaps_s(fake_time, exchanges) == pytest.approx(gaps)


def test_38_no_gap_is_longer_than_a_minute_and_none_is_asked_for_without_a_delay(fake_time: FakeTime):
    assert max(gaps_s(fake_time, [(0.1, True)] * 9, delay_s=10.0)) == pytest.approx(60)
    assert max(gaps_s(fake_time, [(0.1, True)] * 9, delay_s=0.0)) == 0


def test_104_a_clock_that_jumps_back_costs_one_gap(fake_time: FakeTime):
    async def run() -> None:
        pace = Pace(2.0, fake_time.clock(chance=0.0))
        async with pace.turn("h"):
            pass
        fake_time.passed_s -= 86_400
        async with pace.turn("h"):
            pass

    asyncio.run(run())
    assert fake_time.slept == [2.0]


@pytest.mark.parametrize(
    ("outcomes", "stopped"),
    [
        (["server_error"] * 5, True),
        (["server_error"] * 4 + ["not_found"] + ["server_error"] * 4, False),
        (["network_error", "blocked", "server_error", "blocked", "network_error"], True),
        (["disallowed"] * 9, False),
        (["server_error"] * 4 + ["disallowed"] + ["server_error"], True),
    ],
)
def test_hosts_that_keep_failing_are_left_alone(outcomes: list[str], stopped: bool):
    health = Health()
    for outcome in outcomes:
        health.note("h", failed(outcome))
    assert (health.stopped("h") is not None) == stopped
    assert health.stopped("other") is None


def test_two_challenges_or_a_deferral_stop_a_host():
    health = Health()
    health.note("h", failed("blocked", challenged=True))
    health.note("h", failed("ok"))
    assert health.stopped("h") is None
    health.note("h", failed("blocked", challenged=True))
    assert "challenged 2 times" in (health.stopped("h") or "")
    health.note("other", failed("server_error", deferred=True))
    assert "next run" in (health.stopped("other") or "")


def visits(
    time: FakeTime,
    replies: dict[str, list[Reply]],
    paths: list[str],
    kept: Callable[[Server], dict[str, KeptRobots]] = lambda _: {},
) -> tuple[list[Answer], Server]:
    async def run() -> tuple[list[Answer], Server]:
        async with serving(replies) as server:
            clock = time.clock()
            pace = Pace(2.0, clock)
            async with Fetcher(agent="t", pace=pace, limits=LIMITS, clock=clock) as fetcher:
                hosts = Hosts([server.host], server.url)
                visitor = Visitor(
                    fetcher, hosts=hosts, pace=pace, on_robots=lambda _: None, kept=kept(server)
                )
                return [await visitor.get(server.url + path) for path in paths], server

    return asyncio.run(run())


@pytest.mark.parametrize("reply", [answer(503, b""), reset], ids=["5xx", "no answer"])
def test_34_on_the_wire_nothing_else_is_asked(fake_time: FakeTime, reply: Reply):
    found, server = visits(fake_time, {"/robots.txt": [reply]}, ["/a", "/b"])
    assert [answer_.outcome for answer_ in found] == ["disallowed", "disallowed"]
    assert set(server.requests) == {"/robots.txt"}
    assert len(server.requests) == 4, "tried as often as any address, and once a run"
    assert "robots.txt cannot be known" in (found[0].reason or "")


def copy_of_age(age: timedelta) -> Callable[[Server], dict[str, KeptRobots]]:
    """Return an earlier run's robots.txt, which forbids /private."""
    kept = KeptRobots(b"User-agent: *\nDisallow: /private", START - age)
    return lambda server: {f"{server.url}/robots.txt": kept}


@pytest.mark.parametrize("reply", [answer(503, b""), reset], ids=["5xx", "no answer"])
def test_37_a_copy_of_yesterday_stands_where_robots_fails_now(fake_time: FakeTime, reply: Reply):
    replies = {"/robots.txt": [reply], "/a": [page("x")], "/private": [page("y")]}
    found, _ = visits(fake_time, replies, ["/a", "/private"], copy_of_age(timedelta(hours=23)))
    assert [answer_.outcome for answer_ in found] == ["ok", "disallowed"]


@pytest.mark.parametrize("hours", [25, -25], ids=["37", "104 the clock was set back"])
def test_37_an_older_copy_does_not(fake_time: FakeTime, hours: int):
    replies = {"/robots.txt": [answer(503, b"")], "/a": [page("x")]}
    found, _ = visits(fake_time, replies, ["/a"], copy_of_age(timedelta(hours=hours)))
    assert [answer_.outcome for answer_ in found] == ["disallowed"]


def test_37_a_robots_that_is_gone_allows_all_whatever_the_copy_says(fake_time: FakeTime):
    replies = {"/robots.txt": [answer(404, b"")], "/private": [page("y")]}
    found, _ = visits(fake_time, replies, ["/private"], copy_of_age(timedelta(hours=1)))
    assert [answer_.outcome for answer_ in found] == ["ok"]


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (answer(429, b""), True),
        (answer(503, b""), True),
        (answer(500, b""), False),
        (answer(404, b""), False),
        (reset, False),
    ],
    ids=["429", "503", "500", "404", "reset"],
)
def test_38_overload_slows_a_host_and_a_broken_page_does_not(
    fake_time: FakeTime, reply: Reply, trouble: bool
):
    replies: dict[str, list[Reply]] = {"/robots.txt": [answer(404, b"")], "/a": [reply], "/b": [page("x")]}
    visits(fake_time, replies, ["/a", "/b"])
    assert (max(fake_time.slept) > 8) == trouble


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_35_a_host_without_rules_is_asked(fake_time: FakeTime, status: int):
    replies: dict[str, list[Reply]] = {"/robots.txt": [answer(status, b"<p>x")], "/a": [page("A")]}
    (found,), server = visits(fake_time, replies, ["/a"])
    assert found.outcome == "ok"
    assert server.requests == ["/robots.txt", "/a"]


def test_36_robots_may_redirect(fake_time: FakeTime):
    replies: dict[str, list[Reply]] = {
        "/robots.txt": [answer(301, b"", "Location: /r.txt")],
        "/r.txt": [page("User-agent: *\nDisallow: /a")],
    }
    found, _ = visits(fake_time, replies, ["/a"])
    assert found[0].outcome == "disallowed"


def test_38_gaps_hold_on_the_wire(fake_time: FakeTime):
    robots_reply = page("User-agent: *\nCrawl-delay: 7")
    visits(fake_time, {"/robots.txt": [robots_reply], "/a": [page("x")]}, ["/a", "/a"])
    assert [round(wait_s, 2) for wait_s in fake_time.slept] == [7.88, 7.88], "the gap asked for holds at once"
