"""Manners: robots.txt by RFC 9309, a gap between two requests to a host, and when to leave a host alone."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from scrapers.answer import Answer
from scrapers.capture import KeptRobots
from scrapers.clock import Clock

PRODUCT = "gongkai"  # the product token that robots.txt files may name (RFC 9309, 2.2.1)

_ROBOTS_BYTES = 500 * 1024
_KEPT_FOR = timedelta(hours=24)
_MOST_CRAWL_DELAY_S = 30.0
_JITTER = 0.25
_MOST_FAILURES = 5
_MOST_CHALLENGES = 2


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin. `closed` says why nothing may be asked there; `rules` None allows all."""

    rules: Protego | None = None
    closed: str | None = None

    def refusal(self, url: str) -> str | None:
        """Return why `url` may not be asked for, or None."""
        if self.closed is not None:
            return self.closed
        if self.rules is not None and not self.rules.can_fetch(url, PRODUCT):
            return "is disallowed by robots.txt"
        return None

    @property
    def crawl_delay_s(self) -> float:
        """The gap that the rules ask for in seconds, at most 30; 0 where they ask for none."""
        delay = self.rules.crawl_delay(PRODUCT) if self.rules is not None else None
        return min(float(delay), _MOST_CRAWL_DELAY_S) if delay and delay > 0 else 0.0


def robots_of(answer: Answer) -> Robots:
    """Return the rules that the answer of a robots.txt means (RFC 9309, 2.3.1).

    200: its first 500 KiB. 4xx: everything is allowed. No answer, 5xx, 429, a challenge or redirects
    that lead nowhere: nobody knows the rules, so nothing is asked.
    """
    if answer.outcome == "ok" and answer.payload is not None:
        return _parsed(answer.payload)
    plain_refusal = answer.status is not None and 400 <= answer.status < 500 and answer.status != 429
    if plain_refusal and not answer.challenged:
        return Robots()
    return Robots(closed=f"is off limits: its robots.txt cannot be known ({answer.reason})")


def kept_robots(kept: KeptRobots | None, now: datetime) -> Robots | None:
    """Return the rules of an earlier run's copy, or None where it is older than a day (RFC 9309, 2.4)."""
    if kept is None or now - kept.fetched_at > _KEPT_FOR:
        return None
    return _parsed(kept.payload)


def _parsed(payload: bytes) -> Robots:
    if len(payload) > _ROBOTS_BYTES:  # half a rule forbids more than the whole one, or allows it
        payload = payload[:_ROBOTS_BYTES].rpartition(b"\n")[0]
    return Robots(rules=Protego.parse(payload.decode("utf-8-sig", "replace")))


class Pace:
    """One request at a time for each host, and a gap after it, a little longer at random."""

    def __init__(self, delay_s: float, clock: Clock) -> None:
        self._delay_s = delay_s
        self._clock = clock
        self._own_delay_s: dict[str, float] = {}
        self._free_at_s: dict[str, float] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def slow(self, host: str, delay_s: float) -> None:
        """Ask `host` no more often than every `delay_s` seconds; never shortens the gap."""
        self._own_delay_s[host] = delay_s

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn; the gap to the next one counts from the end of this one."""
        async with self._locks[host]:
            wait_s = self._free_at_s.get(host, 0.0) - self._clock.monotonic_s()
            if host in self._free_at_s and wait_s > 0:
                await self._clock.sleep(wait_s)
            try:
                yield
            finally:
                gap_s = max(self._delay_s, self._own_delay_s.get(host, 0.0))
                jitter = 1.0 + _JITTER * self._clock.chance()
                self._free_at_s[host] = self._clock.monotonic_s() + gap_s * jitter


class Health:
    """Which hosts are left alone for the rest of a run: failing, challenging, or asking for it."""

    def __init__(self) -> None:
        self._failures: Counter[str] = Counter()
        self._challenges: Counter[str] = Counter()
        self._stopped: dict[str, str] = {}

    def note(self, host: str, answer: Answer) -> None:
        """Take the outcome of one fetch into account."""
        if answer.outcome in ("server_error", "network_error", "blocked"):
            self._failures[host] += 1
        elif answer.outcome != "disallowed":
            self._failures[host] = 0
        self._challenges[host] += answer.challenged
        if answer.deferred:
            self._stopped[host] = f"{answer.reason}: left to the next run"
        elif self._challenges[host] >= _MOST_CHALLENGES:
            self._stopped[host] = f"challenged {_MOST_CHALLENGES} times ({answer.reason})"
        elif self._failures[host] >= _MOST_FAILURES:
            self._stopped[host] = f"failed {_MOST_FAILURES} times in a row (last: {answer.reason})"

    def stopped(self, host: str) -> str | None:
        """Return why `host` is left alone, or None."""
        return self._stopped.get(host)
