"""What a host's robots.txt allows (RFC 9309)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from scrapers.answer import Answer
from scrapers.capture import KeptRobots

PRODUCT = "gongkai"  # the product token that robots.txt files may name (RFC 9309, 2.2.1)

# protego compares whole values; only the product token counts, not the version behind it
_OUR_GROUP = re.compile(rf"^(\s*user-agent\s*:\s*){PRODUCT}(?![\w-]).*", re.IGNORECASE)
_ROBOTS_BYTES = 500 * 1024
_KEPT_FOR = timedelta(hours=24)
_MOST_CRAWL_DELAY_S = 30.0


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
    """Return the rules of an earlier run's copy, or None where it is older than a day (RFC 9309, 2.4).

    So too for a copy from the future: a clock that was set back must not make it last.
    """
    if kept is None or abs(now - kept.fetched_at) > _KEPT_FOR:
        return None
    return _parsed(kept.payload)


def _parsed(payload: bytes) -> Robots:
    if len(payload) > _ROBOTS_BYTES:  # half a rule forbids more than the whole one, or allows it
        payload = payload[:_ROBOTS_BYTES].rpartition(b"\n")[0]
    lines = payload.decode("utf-8-sig", "replace").splitlines()
    return Robots(rules=Protego.parse("\n".join(_OUR_GROUP.sub(rf"\1{PRODUCT}", line) for line in lines)))
