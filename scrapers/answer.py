"""What asking for an address came to: the outcome, why, and every exchange on the way. Pure.

The rule for an answer that looks good and is not: a body that was cut, or whose coding cannot be undone, or
a page that ends before its end is never `ok`; neither is a challenge page, whatever its status says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from archive.errors import PayloadDamagedError, PayloadError, PayloadTooLargeError
from archive.exchange import Exchange, SavedFile
from archive.payload import decoded
from scrapers.address import canonical
from scrapers.blocked import challenge
from scrapers.capture import Outcome
from scrapers.verdict import outcome_of
from scrapers.wire import header_text

_OPENS, _CLOSES = (
    re.compile(rb"<html[\s>]|<!doctype\s+html", re.IGNORECASE),
    re.compile(rb"</html\s*>", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One address asked for.

    `payload` is the content-decoded body, None where there is no whole one. `headers` are those of the
    last exchange, names in lower case, repeated ones joined by a comma. `challenged`: a page that
    tests for a browser came instead. `deferred`: the server asked to wait longer than a run waits.
    """

    url: str
    final_url: str
    fetched_at: datetime
    outcome: Outcome
    reason: str | None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    payload: bytes | None = None
    exchanges: tuple[Exchange | SavedFile, ...] = ()
    challenged: bool = False
    deferred: bool = False

    @property
    def content_type(self) -> str | None:
        """The Content-Type header as it came."""
        return self.headers.get("content-type")


def unanswered(
    url: str, final_url: str, outcome: Outcome, reason: str, at: datetime, exchanges: Sequence[Exchange]
) -> Answer:
    """Return the answer of an address that gave none: refused, unreachable, or lost in redirects."""
    status = exchanges[-1].status if exchanges else None
    return Answer(url, final_url, at, outcome, reason, status, exchanges=tuple(exchanges))


def judged(
    url: str,
    exchanges: Sequence[Exchange],
    *,
    failure: str | None,
    conditional: bool,
    deferred: bool,
    limit_bytes: int,
) -> Answer:
    """Return the answer that the last exchange is.

    `failure` says what broke after the head had come; `conditional` that validators were sent.
    """
    last = exchanges[-1]
    headers = header_fields(last.response_head)
    outcome, reason = outcome_of(last.status, conditional=conditional)
    payload, fault = _payload(last, headers.get("content-encoding"), failure, limit_bytes)
    if fault is not None and fault.cut:
        last = replace(last, truncated="disconnect")
    name = challenge(last.status, headers, payload) if payload is not None else None
    if name is not None:
        outcome, reason = "blocked", f"answers with a {name}"
    elif fault is not None and outcome == "ok":
        outcome, reason = fault.outcome, fault.reason
    return Answer(
        url=url,
        final_url=url if last.url == url else canonical(last.url) or last.url,
        fetched_at=last.fetched_at,
        outcome=outcome,
        reason=reason if not deferred else f"{reason}, and asks to wait {headers.get('retry-after')}",
        status=last.status,
        headers=headers,
        payload=payload,
        exchanges=(*exchanges[:-1], last),
        challenged=name is not None,
        deferred=deferred,
    )


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why an answer has no whole payload; `cut` where only its coding shows that bytes are missing."""

    outcome: Outcome
    reason: str
    cut: bool = False


def _payload(
    exchange: Exchange, coding: str | None, failure: str | None, limit_bytes: int
) -> tuple[bytes | None, _Fault | None]:
    if failure is not None:
        return None, _Fault("network_error", f"was cut short: {failure}")
    if exchange.truncated == "length":
        return None, _Fault("too_large", f"is too large: {len(exchange.body)} bytes of it were kept")
    if exchange.truncated is not None:
        return None, _Fault("network_error", f"was cut short ({exchange.truncated})")
    try:
        payload = decoded(exchange.body, coding, limit=limit_bytes)
        return (None, _NO_END) if _is_cut_page(exchange, payload) else (payload, None)
    except PayloadTooLargeError as error:
        return None, _Fault("too_large", str(error))
    except PayloadDamagedError as error:
        return None, _Fault("network_error", str(error), cut=True)
    except PayloadError as error:
        return None, _Fault("unsupported", str(error))


_NO_END = _Fault(
    "network_error", "was cut short: the server told no length, and the page has no end (</html>)", cut=True
)


def _is_cut_page(exchange: Exchange, payload: bytes) -> bool:
    """Tell whether a page that only the connection bounds (RFC 9112, 6.3) ends before its own end."""
    fields = header_fields(exchange.response_head)
    bounded = "content-length" in fields or "chunked" in fields.get("x-archive-orig-transfer-encoding", "")
    coded = fields.get("content-encoding", "identity").strip().lower() != "identity"  # it tells its end
    if bounded or coded or "html" not in fields.get("content-type", "html").lower():
        return False
    return _OPENS.search(payload[:4096]) is not None and _CLOSES.search(payload[-4096:]) is None


def header_fields(head: bytes) -> dict[str, str]:
    """Return the headers of a response head by lower-case name, repeated ones joined by a comma."""
    fields: dict[str, str] = {}
    for line in head.split(b"\r\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            key, text = name.decode("latin-1").strip().lower(), header_text(value.strip())
            fields[key] = f"{fields[key]}, {text}" if key in fields else text
    return fields
