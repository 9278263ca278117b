"""The name of a run: one site, one time. It names the run's folder and its WARC files, and sorts by time."""

import re
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

_RUN_ID = re.compile(r"(?P<time>\d{8}T\d{9})Z-(?P<site>[a-z0-9][a-z0-9-]*)-[0-9a-f]{4}")
_TIME = "%Y%m%dT%H%M%S%f"
CLOCK_ERROR = timedelta(days=1)  # by which a machine's clock may have been ahead and is believed


def new_run_id(site: str, now: datetime) -> str:
    """Return a name for a run of `site` begun at `now`: UTC time, site key, four hex digits."""
    moment = now.astimezone(UTC)
    return f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-{site}-{secrets.token_hex(2)}"


def moment_after(run_ids: Iterable[str], now: datetime) -> datetime:
    """Return the time by which a run that begins `now` is named, so that it sorts behind `run_ids`.

    It is `now`, or the millisecond after the newest of them where the clock was set back by a day at most.
    What a wilder clock named stays ahead.
    """
    ahead = [time for time in map(started_at, run_ids) if now <= time <= now + CLOCK_ERROR]
    return max(ahead) + timedelta(milliseconds=1) if ahead else now


def is_run_id(name: str) -> bool:
    """Tell whether `name` is made like a run's."""
    return _RUN_ID.fullmatch(name) is not None


def site_of(run_id: str) -> str:
    """Return the site key in a run's name. Raises ValueError for a name that is none."""
    return _match(run_id)["site"]


def started_at(run_id: str) -> datetime:
    """Return the UTC time in a run's name, to the millisecond. Raises ValueError for a name that is none."""
    return datetime.strptime(_match(run_id)["time"] + "000", _TIME).replace(tzinfo=UTC)


def _match(run_id: str) -> re.Match[str]:
    match = _RUN_ID.fullmatch(run_id)
    if match is None:
        raise ValueError(f"{run_id}: is not named like a run (yyyymmddThhmmssmmmZ-site-4 hex digits)")
    return match
