"""Manners: a gap between two requests to a host, wider where it has trouble, and when to leave it alone."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from scrapers.answer import Answer
from scrapers.clock import Clock
from scrapers.turns import OwnTurn, Standing, Turn, Turns

_JITTER = 0.25
_MOST_GAP_S = 60.0
_MOST_SLOWNESS = 16.0
_BARELY_SLOWED = 1.05
_BUSY_S = 0.2
_MOST_FAILURES = 5
_MOST_CHALLENGES = 2


@dataclass(slots=True)
class Asking:
    """One exchange in its turn; who asks sets `troubled` where the host was overloaded or did not answer."""

    troubled: bool = False


class Pace:
    """One request at a time for each host, and a gap after it, a little longer at random.

    The gap grows with the host's trouble: it doubles after each failure, up to 16 times and 60 s, and shrinks
    to the host's own answering time or the usual gap, whichever is longer, while it answers well. (The rule
    after Scrapy's AutoThrottle for one request at a time.) No gap is asked for where `delay_s` is 0.
    """

    def __init__(self, delay_s: float, clock: Clock, turns: Turns = OwnTurn) -> None:
        """Ask each host every `delay_s` seconds at most, in `turns` with whoever else asks."""
        self._delay_s = delay_s
        self._clock = clock
        self._turns = turns
        self._taken: dict[str, Turn] = {}
        self._own_delay_s: dict[str, float] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.slowest_s: dict[str, float] = {}

    def slow(self, host: str, delay_s: float) -> None:
        """Ask `host` no more often than every `delay_s` seconds; never shortens the gap."""
        self._own_delay_s[host] = delay_s

    def usual_gap_s(self, host: str) -> float:
        """Return the gap to a host that answers well and at once."""
        return max(self._delay_s, self._own_delay_s.get(host, 0.0))

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[Asking]:
        """Wait for the host's turn; the gap to the next one counts from the end of this one."""
        async with self._locks[host]:
            if host not in self._taken:
                self._taken[host] = self._turns(host)
            turn = self._taken[host]
            standing = await self._take(host, turn)
            began_s, asking = self._clock.monotonic_s(), Asking()
            try:
                turn.write(replace(standing, ended_at_s=self._now_s()))  # stands if we are killed meanwhile
                yield asking
            finally:
                took_s = self._clock.monotonic_s() - began_s
                slowness = self._slowness(host, standing.slowness, took_s, troubled=asking.troubled)
                try:
                    turn.write(Standing(self._now_s(), slowness))
                finally:
                    turn.give_back()

    async def _take(self, host: str, turn: Turn) -> Standing:
        """Take the turn when the gap has passed; others may take it meanwhile, and then it begins anew."""
        stretch = 1.0 + _JITTER * self._clock.chance()
        while True:
            standing = turn.take()
            if standing is None:
                await self._clock.sleep(_BUSY_S * stretch)
                continue
            now_s = self._now_s()
            if standing.ended_at_s > now_s:  # the clock jumped back
                standing = replace(standing, ended_at_s=now_s)
                turn.write(standing)
            wait_s = standing.ended_at_s + self._gap_s(host, standing.slowness) * stretch - now_s
            if wait_s <= 0:
                return standing
            turn.give_back()
            await self._clock.sleep(wait_s)

    def _gap_s(self, host: str, slowness: float) -> float:
        usual_s = self.usual_gap_s(host)
        gap_s = max(usual_s, min(usual_s * slowness, _MOST_GAP_S))
        self.slowest_s[host] = max(gap_s, self.slowest_s.get(host, 0.0))
        return gap_s

    def _slowness(self, host: str, before: float, took_s: float, *, troubled: bool) -> float:
        if troubled:
            return min(before * 2, _MOST_SLOWNESS)
        usual_s = self.usual_gap_s(host)
        aim = max(1.0, min(took_s / usual_s, _MOST_SLOWNESS)) if usual_s else 1.0
        slowness = (before + aim) / 2
        return slowness if slowness > _BARELY_SLOWED else 1.0

    def _now_s(self) -> float:
        return self._clock.now().timestamp()


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


@dataclass(frozen=True, slots=True)
class Manners:
    """What the sites of one run share: the turns to ask hosts, and which hosts are left alone."""

    turns: Turns = OwnTurn
    health: Health = field(default_factory=Health)
