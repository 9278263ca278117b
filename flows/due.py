"""When a site was due: cron lines are in Chinese standard time, answers in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

TIMEZONE = "Asia/Shanghai"


def last_due(line: str, before: datetime) -> datetime | None:
    """Return the last time of the cron `line` before the aware time `before`; None where the line is none."""
    try:
        times = CronSim(line, before.astimezone(ZoneInfo(TIMEZONE)), reverse=True)
        return next(times).astimezone(UTC)
    except (CronSimError, StopIteration):
        return None
