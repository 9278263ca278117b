"""Fixtures of this room: time that passes only when somebody sleeps."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.clock import Clock

START = datetime(2024, 8, 7, 3, 16, 25, tzinfo=UTC)


@dataclass
class FakeTime:
    """A clock that stands still; `slept` are the waits that were asked for, in seconds."""

    passed_s: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, wait_s: float) -> None:
        self.slept.append(wait_s)
        self.passed_s += wait_s

    def clock(self, chance: float = 0.5) -> Clock:
        return Clock(
            now=lambda: START + timedelta(seconds=self.passed_s),
            monotonic_s=lambda: self.passed_s,
            sleep=self.sleep,
            chance=lambda: chance,
        )


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()
