"""How long published copies are kept for their readers, as this installation wants it."""

import os
from datetime import timedelta

from extract.errors import GongkaiError
from warehouse.publish import KEPT_FOR

VARIABLE = "GONGKAI_KEEP_DAYS"
_DAYS_MAX = 36_500


class KeepingError(GongkaiError):
    """The setting is no number of days."""


def kept_for() -> timedelta:
    """Return how old a published copy may grow: GONGKAI_KEEP_DAYS, else a week. Raises KeepingError."""
    told = os.environ.get(VARIABLE, "").strip()
    if not told:
        return KEPT_FOR
    # Python refuses to read a number of thousands of digits
    is_short = len(told) <= len(str(_DAYS_MAX))
    if not (is_short and told.isascii() and told.isdecimal() and int(told) <= _DAYS_MAX):
        raise KeepingError(f"{VARIABLE}: {told!r} is no number of days from 0 to {_DAYS_MAX}")
    return timedelta(days=int(told))
