"""A run's name tells its site and time, and names sort by time: views order versions by them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from archive.names import run_name
from archive.run_id import is_run_id, moment_after, new_run_id, site_of, started_at

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


@pytest.mark.parametrize("site", ["baoan", "a-b-c", "9"])
def test_site_and_time_come_back(site: str) -> None:
    name = new_run_id(site, NOW)
    assert is_run_id(name)
    assert site_of(name) == site
    assert started_at(name) == NOW.replace(microsecond=678000)
    assert run_name(name) == name, "the archive takes it as it is"


def test_names_sort_by_time_whatever_the_zone() -> None:
    later = (NOW + timedelta(milliseconds=1)).astimezone(timezone(timedelta(hours=8)))
    assert new_run_id("z", NOW) < new_run_id("a", later)


@pytest.mark.parametrize(
    ("earlier", "ahead"),
    [
        ([timedelta(hours=-9)], timedelta()),
        ([timedelta(hours=-9), timedelta(hours=5)], timedelta(hours=5)),
        ([timedelta(days=5000), timedelta(minutes=1)], timedelta(minutes=1)),
        ([timedelta(days=5000)], timedelta()),
    ],
)
def test_104_a_clock_that_was_set_back_does_not_turn_the_order_round(
    earlier: list[timedelta], ahead: timedelta
) -> None:
    names = [new_run_id("a", NOW + age) for age in earlier]
    moment = moment_after(names, NOW)
    assert timedelta() <= moment - NOW - ahead <= timedelta(milliseconds=1)
    believed = [name for name, age in zip(names, earlier, strict=True) if age <= ahead]
    assert all(name < new_run_id("a", moment) for name in believed)


@pytest.mark.parametrize("name", ["", "lost+found", "20260102T030405Z-a-0000", "20260102T030405678Z-a", "x"])
def test_other_names_are_none(name: str) -> None:
    assert not is_run_id(name)
    with pytest.raises(ValueError, match="not named like a run"):
        site_of(name)
