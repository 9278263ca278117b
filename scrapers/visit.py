"""Visits with manners: every address, and every hop of a redirect, passes allow-list, health and robots."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from scrapers.address import Hosts, host_key, host_name, origin
from scrapers.answer import Answer
from scrapers.capture import KeptRobots, Known
from scrapers.clock import Clock
from scrapers.http import Fetcher, Limits, user_agent
from scrapers.politeness import Health, Pace
from scrapers.reach import Reach
from scrapers.robots import Robots, kept_robots, robots_of
from scrapers.turns import OwnTurn, Turns


class Visitor:
    """Asks for addresses of one site. `on_robots` gets each answer of a robots.txt before it is read.

    `kept` are the robots.txt of an earlier run by address: they stand for a day where a server fails.
    `health` is that of the sites crawled together, which may share hosts.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        hosts: Hosts,
        pace: Pace,
        on_robots: Callable[[Answer], None],
        kept: Mapping[str, KeptRobots] | None = None,
        health: Health | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._hosts = hosts
        self._pace = pace
        self._on_robots = on_robots
        self._kept = kept or {}
        self._health = health or Health()
        self._robots: dict[str, Robots] = {}

    async def get(self, url: str, known: Known | None = None, *, limits: Limits | None = None) -> Answer:
        """Return the answer of `url`, asked conditionally where `known` has validators.

        `limits` stand for this address in place of the fetcher's own.
        """
        answer = await self._fetcher.fetch(url, permit=self._refusal, known=known, limits=limits)
        self._health.note(host_key(answer.final_url), answer)
        return answer

    def stopped(self, url: str) -> str | None:
        """Return why the host of `url` is left alone for the rest of the run, or None."""
        return self._health.stopped(host_key(url))

    async def closed(self, url: str) -> str | None:
        """Return why nothing of the host of `url` may be asked for, or None.

        It is left alone since it failed another site, or its robots.txt cannot be known.
        """
        if (stopped := self.stopped(url)) is not None:
            return f"is on a host that is left alone: {stopped}"
        return (await self._rules(url)).closed

    async def _refusal(self, url: str) -> str | None:
        if (refusal := self._hosts.refusal(url)) is not None:
            return refusal
        if (stopped := self.stopped(url)) is not None:
            return f"is on a host that is left alone: {stopped}"
        return (await self._rules(url)).refusal(url)

    async def _rules(self, url: str) -> Robots:
        place = origin(url)
        if place not in self._robots:
            address = f"{place}/robots.txt"
            answer = await self._fetcher.fetch(address, permit=self._on_list)
            self._on_robots(answer)
            failed = answer.outcome in ("server_error", "network_error")
            kept = kept_robots(self._kept.get(address), answer.fetched_at) if failed else None
            self._robots[place] = kept or robots_of(answer)
            self._pace.slow(host_name(url), self._robots[place].crawl_delay_s)
        return self._robots[place]

    async def _on_list(self, url: str) -> str | None:
        return self._hosts.refusal(url)


@asynccontextmanager
async def visiting(
    hosts: Hosts,
    *,
    delay_s: float = 0.0,
    contact: str | None = None,
    limits: Limits | None = None,
    clock: Clock | None = None,
    reach: Reach | None = None,
    turns: Turns = OwnTurn,
) -> AsyncIterator[Visitor]:
    """Give a visitor for looks that are not archived: robots obeyed, `hosts` never left, `turns` kept."""
    clock = clock or Clock()
    pace = Pace(delay_s, clock, turns)
    async with Fetcher(
        agent=user_agent(contact), pace=pace, limits=limits, clock=clock, reach=reach
    ) as fetcher:
        yield Visitor(fetcher, hosts=hosts, pace=pace, on_robots=_unheard)


def _unheard(_: Answer) -> None:
    return None
