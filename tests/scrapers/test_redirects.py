"""Redirects on a real server: every hop is permitted, archived and counted; a foreign host gets nothing."""

import asyncio

import pytest

from scrapers.address import Hosts
from scrapers.answer import Answer
from scrapers.http import Fetcher, Limits
from scrapers.politeness import Pace
from scrapers.visit import Visitor
from tests.scrapers.conftest import FakeTime
from tests.scrapers.server import Server, answer, page, serving

LIMITS = Limits(total_s=2, connect_s=1, read_s=1)


async def visited(server: Server, path: str, time: FakeTime) -> Answer:
    clock = time.clock()
    pace = Pace(0.0, clock)
    async with Fetcher(agent="t", pace=pace, limits=LIMITS, clock=clock) as fetcher:
        hosts = Hosts([server.host], server.url)
        return await Visitor(fetcher, hosts=hosts, pace=pace, on_robots=lambda _: None).get(server.url + path)


def to(location: str, status: int = 302) -> bytes:
    return answer(status, b"moved", f"Location: {location}")


def run(time: FakeTime, replies: dict[str, list], path: str = "/a") -> tuple[Answer, Server]:
    async def go() -> tuple[Answer, Server]:
        async with serving(replies) as server:
            return await visited(server, path, time), server

    return asyncio.run(go())


def test_55_another_host_gets_nothing_and_none_a_cookie_a_referer_or_a_secret(fake_time: FakeTime):
    async def go() -> tuple[Answer, Server, Server]:
        async with serving({"/b": [page("B")]}) as foreign, serving() as server:
            away = to(f"http://user:secret@{foreign.host}/b?token=1").replace(
                b"Location", b"Set-Cookie: session=secret; Domain=127.0.0.1\r\nLocation"
            )
            server.replies |= {
                "/a": [to("/c").replace(b"Location", b"Set-Cookie: s=1\r\nLocation")],
                "/c": [away],
            }
            return await visited(server, "/a", fake_time), server, foreign

    found, server, foreign = asyncio.run(go())
    assert found.outcome == "disallowed"
    assert foreign.heads == []
    sent = {line.split(b":")[0].lower() for head in server.heads for line in head.split(b"\r\n")[1:] if line}
    assert sent == {b"host", b"accept", b"accept-encoding", b"connection", b"user-agent"}


@pytest.mark.parametrize("location", ["/b", "b", "./b", "//{host}/b", "http://{host}/b", "?x=1/../../b"])
def test_31_relative_locations_are_followed(fake_time: FakeTime, location: str):
    async def go() -> Answer:
        async with serving({"/b": [page("B")], "/a?x=1/../../b": [page("B")]}) as server:
            server.replies["/a"] = [to(location.format(host=server.host), 301)]
            return await visited(server, "/a", fake_time)

    found = asyncio.run(go())
    assert (found.outcome, found.payload) == ("ok", b"B")
    assert [exchange.status for exchange in found.exchanges] == [301, 200], "each hop is an exchange"
    assert found.final_url == found.exchanges[1].url
    assert found.url.endswith("/a")


def test_40_a_session_id_is_followed_and_names_no_other_document(fake_time: FakeTime):
    head = b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: /a;jsessionid=1F2E\r\n\r\n"
    found, server = run(fake_time, {"/a": [head], "/a;jsessionid=1F2E": [page("A")]})
    assert (found.outcome, found.payload) == ("ok", b"A")
    assert server.requests[-1] == "/a;jsessionid=1F2E"
    assert found.exchanges[-1].url.endswith("/a;jsessionid=1F2E"), "the archive says what was asked"
    assert found.final_url == found.url


@pytest.mark.parametrize(
    ("fields", "truncated"),
    [
        (b"Content-Length: 100", "disconnect"),
        (b"Transfer-Encoding: chunked", "disconnect"),
        (b"Content-Length: 999999999", "length"),
        (b"Content-Length: 6\r\nContent-Encoding: gzip", None),
    ],
    ids=["cut", "bad chunk", "too large", "bad gzip"],
)
def test_13_a_redirect_is_followed_whatever_its_body_is(
    fake_time: FakeTime, fields: bytes, truncated: str | None
):
    broken = b"HTTP/1.1 302 X\r\nLocation: /b\r\n" + fields + b"\r\n\r\nbroken"
    found, server = run(fake_time, {"/a": [broken], "/b": [page("B")]})
    assert (found.outcome, found.payload) == ("ok", b"B")
    assert server.count("/a") == 1, "asking again would bring nothing that is needed"
    assert [(each.status, each.truncated) for each in found.exchanges] == [(302, truncated), (200, None)]


def test_13_a_cut_redirect_to_nowhere_is_a_failure(fake_time: FakeTime):
    found, _ = run(fake_time, {"/a": [b"HTTP/1.1 302 X\r\nContent-Length: 100\r\n\r\nbroken"]})
    assert found.outcome == "unsupported"
    assert found.exchanges[-1].truncated == "disconnect"


def test_31_raw_bytes_in_a_location(fake_time: FakeTime):
    head = b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: /\xe6\x80\xbb.html\r\n\r\n"
    found, _ = run(fake_time, {"/a": [head], "/%E6%80%BB.html": [page("B")]})
    assert found.outcome == "ok"


@pytest.mark.parametrize(
    ("location", "outcome", "reason"),
    [
        ("http://mirror.example/a", "disallowed", "mirror.example, which is not in `hosts`"),
        ("http://127.0.0.1:1/", "disallowed", "not in `hosts`"),
        ("http://2130706433/", "disallowed", "not in `hosts`"),
        ("http://169.254.169.254/latest", "disallowed", "not in `hosts`"),
        ("http://[::ffff:127.0.0.1]/", "disallowed", "not in `hosts`"),
        ("//mirror.example/a", "disallowed", "not in `hosts`"),
        ("http://u:p@mirror.example/", "disallowed", "user name"),
        ("file:///etc/passwd", "unsupported", "file:///etc/passwd"),
        ("javascript:alert(1)", "unsupported", "javascript:"),
        ("", "unsupported", "nowhere"),
        ("http://[bad", "unsupported", "cannot be fetched"),
    ],
)
def test_26_27_28_off_list_is_not_dialled(fake_time: FakeTime, location: str, outcome: str, reason: str):
    found, server = run(fake_time, {"/a": [to(location)]})
    assert found.outcome == outcome
    assert reason in (found.reason or "")
    assert (found.payload, server.requests) == (None, ["/robots.txt", "/a"])
    assert [exchange.status for exchange in found.exchanges] == [302]


def test_25_loops_and_chains_end(fake_time: FakeTime):
    found, server = run(fake_time, {"/a": [to("/b")], "/b": [to("/a")]})
    assert (found.outcome, found.reason) == ("unsupported", "redirects more than 5 times")
    assert len(server.requests) == 1 + 6


def test_30_redirects_obey_robots(fake_time: FakeTime):
    robots = page("User-agent: *\nDisallow: /private")
    found, server = run(fake_time, {"/robots.txt": [robots], "/a": [to("/private/x")]})
    assert (found.outcome, server.count("/private/x")) == ("disallowed", 0)
    assert "robots.txt" in (found.reason or "")
