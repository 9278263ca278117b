"""What a status means, whether to ask again, and how long to wait first. Pure.

Limits and waits are those that RFC 9110 (10.2.3, 15) asks for and that one polite client needs.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeGuard
from zlib import crc32

from scrapers.capture import Known, Outcome

_RETRIED = frozenset({429, 500, 502, 503, 504})
_OVERLOADED = frozenset({429, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_JITTER = 0.5
_FULL_EVERY = timedelta(days=30)
_FULL_SPREAD = timedelta(days=1)
_VALIDATOR_LONGEST = 1_000  # characters; a server that refused a longer one would refuse it every night


def outcome_of(status: int, *, conditional: bool) -> tuple[Outcome, str | None]:
    """Return the outcome of a final status and, unless it is good, the reason.

    `conditional` tells that validators were sent: only then does 304 mean anything.
    """
    if status == 200:
        return "ok", None
    if status == 304 and conditional:
        return "unchanged", None
    if status == 404:
        return "not_found", "answers 404: not found"
    if status == 410:
        return "gone", "answers 410: gone"
    if status in (401, 403, 429, 451):
        return "blocked", f"answers {status}: refused"
    if 500 <= status <= 599:
        return "server_error", f"answers {status}: server error"
    return "unsupported", f"answers {status}, which is no document"


def is_redirect(status: int) -> bool:
    """Tell whether `status` sends the client to its Location."""
    return status in _REDIRECTS


def is_overloaded(status: int) -> bool:
    """Tell whether `status` says that the server is asked for more than it can give."""
    return status in _OVERLOADED


def may_retry(status: int) -> bool:
    """Tell whether the same request may get another answer soon."""
    return status in _RETRIED


def is_validator(value: str | None) -> TypeGuard[str]:
    """Tell whether an ETag or Last-Modified can be sent back: printable ASCII (RFC 9110, 8.8) of some length.

    Servers send Chinese and control characters in them, which no request may hold.
    """
    return (
        value is not None and 0 < len(value) <= _VALIDATOR_LONGEST and value.isascii() and value.isprintable()
    )


def due_in_full(known: Known, now: datetime) -> bool:
    """Tell whether an address is due for a request without validators, which no server can lie to.

    That is 30 days after its last full answer; addresses differ by up to half a day either way, so that
    a site whose pages were all fetched in one night is not asked for all of them in one night again.
    """
    share = crc32(known.url.encode("utf-8", "surrogatepass")) / 2**32
    return now - (known.full_at or known.fetched_at) >= _FULL_EVERY + (share - 0.5) * _FULL_SPREAD


def validators(known: Known | None, now: datetime) -> dict[str, str]:
    """Return the headers that make a request conditional (RFC 9110, 13.1); none where it is due in full."""
    headers: dict[str, str] = {}
    if known is not None and known.payload_digest is not None and not due_in_full(known, now):
        if is_validator(known.etag):
            headers["If-None-Match"] = known.etag
        if is_validator(known.last_modified):
            headers["If-Modified-Since"] = known.last_modified
    return headers


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After asks for; None where it is missing, unreadable or negative.

    Both forms of RFC 9110 10.2.3 are read: seconds, and an HTTP date compared with `now` (UTC).
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) <= 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    wait_s = (moment - now).total_seconds()
    return wait_s if wait_s >= 0 else None


def backoff_s(waits_s: tuple[float, ...], tries_done: int, chance: float) -> float:
    """Return the wait before the next try: a step of `waits_s` with up to half of it added or taken."""
    step = waits_s[min(tries_done, len(waits_s)) - 1]
    return step * (1 - _JITTER + 2 * _JITTER * chance)
