"""Real host names, which loopback cannot have: the allow-list and the default ports, with httpx mocked."""

import asyncio

import httpx
import pytest
import respx

from scrapers.address import Hosts
from scrapers.answer import Answer
from scrapers.clock import Clock
from scrapers.http import Fetcher
from scrapers.politeness import Pace
from scrapers.visit import Visitor, visiting

HOSTS = Hosts(["www.qinghe.example"], "http://www.qinghe.example")


async def visited(url: str) -> Answer:
    clock = Clock()
    pace = Pace(0.0, clock)
    async with Fetcher(agent="t", pace=pace, clock=clock) as fetcher:
        return await Visitor(fetcher, hosts=HOSTS, pace=pace, on_robots=lambda _: None).get(url)


def test_http_to_https_on_the_same_host_is_followed_with_the_robots_of_both(respx_mock: respx.MockRouter):
    old = respx_mock.get("http://www.qinghe.example/robots.txt").respond(404)
    new = respx_mock.get("https://www.qinghe.example/robots.txt").respond(404)
    respx_mock.get("http://www.qinghe.example/a").respond(
        301, headers={"Location": "https://www.qinghe.example/a"}
    )
    respx_mock.get("https://www.qinghe.example/a").respond(200, text="x")
    found = asyncio.run(visited("http://www.qinghe.example/a"))
    assert (found.outcome, found.final_url) == ("ok", "https://www.qinghe.example/a")
    assert (old.call_count, new.call_count) == (1, 1)


@pytest.mark.parametrize(
    "url", ["http://mirror.example/a", "http://qinghe.example/a", "http://www.qinghe.example:8080/a"]
)
def test_hosts_off_the_list_get_no_request_at_all(respx_mock: respx.MockRouter, url: str):
    assert asyncio.run(visited(url)).outcome == "disallowed"
    assert respx_mock.calls.call_count == 0


def test_a_redirect_to_a_mirror_is_not_followed(respx_mock: respx.MockRouter):
    respx_mock.get("http://www.qinghe.example/robots.txt").respond(404)
    respx_mock.get("http://www.qinghe.example/a").respond(
        302, headers={"Location": "http://mirror.example/a"}
    )
    mirror = respx_mock.route(host="mirror.example").mock(return_value=httpx.Response(200))
    found = asyncio.run(visited("http://www.qinghe.example/a"))
    assert (found.outcome, mirror.call_count) == ("disallowed", 0)


def test_looking_stays_on_the_hosts_and_says_who_looks(respx_mock: respx.MockRouter):
    respx_mock.get("http://www.qinghe.example/robots.txt").respond(404)
    respx_mock.get("http://www.qinghe.example/").respond(200, text="x")

    async def looked() -> tuple[bytes | None, str]:
        async with visiting(HOSTS, contact="desk@example.org") as visitor:
            page = await visitor.get("http://www.qinghe.example/")
            return page.payload, (await visitor.get("http://mirror.example/")).outcome

    assert asyncio.run(looked()) == (b"x", "disallowed")
    assert "desk@example.org" in respx_mock.calls.last.request.headers["user-agent"]
