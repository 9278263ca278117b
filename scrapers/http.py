"""HTTP, and the only module that imports httpx: one address in, one answer with its exchanges out.

Nothing that a server does raises here; it becomes an outcome with a reason. httpx has no total deadline and
no limit on bodies, resolves names after anybody could judge them, and takes forged bytes behind an answer for
the next one, so this module sets a deadline around each exchange, reads raw bytes up to a cap, dials judged
addresses only, uses every connection once, keeps no cookies, obeys no proxy of the environment, and follows
redirects itself with a permit for each hop.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpcore
import httpx

from archive.exchange import Cut, Exchange
from scrapers.address import host_name, redirected
from scrapers.answer import Answer, judged, unanswered
from scrapers.capture import Known
from scrapers.clock import Clock
from scrapers.dialling import Dialler, NotPublicError
from scrapers.politeness import Pace
from scrapers.reach import Reach
from scrapers.robots import PRODUCT
from scrapers.tls import Accepted, tls_context
from scrapers.verdict import (
    backoff_s,
    is_overloaded,
    is_redirect,
    may_retry,
    retry_after_s,
    validators,
)
from scrapers.wire import header_text, request_head, response_head

Permit = Callable[[str], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts that bound what one address may cost."""

    total_s: float = 60.0
    connect_s: float = 10.0
    read_s: float = 15.0
    body_bytes: int = 8 * 1024 * 1024
    redirects: int = 5
    tries: int = 4
    backoff_s: tuple[float, ...] = (0.5, 2.0, 8.0)
    retry_after_s: float = 120.0


def user_agent(contact: str | None) -> str:
    """Return the User-Agent that names the project and whom to write to.

    It has the form of a desktop browser's because mobile ones are sent to other pages.
    """
    whom = " ".join((contact or "no contact given").split()).encode("ascii", "replace").decode("ascii")
    return f"Mozilla/5.0 (compatible; {PRODUCT}/{version(PRODUCT)}; {whom})"


@dataclass(slots=True)
class _Attempt:
    """One request on the wire, filled in while it runs so that a cut answer keeps what came."""

    url: str
    fetched_at: datetime
    limits: Limits
    request_head: bytes = b""
    response: httpx.Response | None = None
    ip: str | None = None
    body: bytearray = field(default_factory=bytearray)
    truncated: Cut | None = None
    failure: str | None = None
    may_retry: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header of that name as text."""
        wanted = name.encode("ascii")
        raw = self.response.headers.raw if self.response is not None else []
        return next((header_text(value) for key, value in raw if key.lower() == wanted), None)

    @property
    def location(self) -> str | None:
        """Where the answer redirects to, as written: with it a redirect stands, whatever its body is."""
        redirects = self.response is not None and is_redirect(self.response.status_code)
        return self.header("location") if redirects else None

    @property
    def shows_trouble(self) -> bool:
        """Whether the host is overloaded or too slow to answer, and not just this one page broken."""
        overloaded = self.response is not None and is_overloaded(self.response.status_code)
        return overloaded or self.truncated == "time"

    def exchange(self) -> Exchange | None:
        """Return what the archive keeps, or None where no head of an answer came."""
        response = self.response
        if response is None:
            return None
        head = response_head(
            response.extensions.get("http_version", b"HTTP/1.1"),
            response.status_code,
            response.extensions.get("reason_phrase", b""),
            response.headers.raw,
        )
        return Exchange(
            url=self.url,
            fetched_at=self.fetched_at,
            request_head=self.request_head,
            status=response.status_code,
            response_head=head,
            body=bytes(self.body),
            ip=self.ip,
            truncated=self.truncated,
        )


class Fetcher:
    """Fetches addresses, one connection for each exchange; an async context manager for one run."""

    def __init__(
        self,
        *,
        agent: str,
        pace: Pace,
        limits: Limits | None = None,
        clock: Clock | None = None,
        reach: Reach | None = None,
    ) -> None:
        """Fetch as `agent` at `pace`, no farther than `reach`: without it, public addresses and sound TLS."""
        self._limits = limits or Limits()
        self._clock = clock or Clock()
        self._pace = pace
        read_s, connect_s = self._limits.read_s, self._limits.connect_s
        self._timeout = httpx.Timeout(read_s, connect=connect_s).as_dict()
        self._headers = {
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            "User-Agent": agent,
        }
        # Transports alone: httpx's client would read cookies and fail over the Location of a redirect.
        self._reach = reach or Reach()
        self._transports = {
            accepted: _transport(tls_context(accepted), self._reach.dialler)
            for accepted in {frozenset[Accepted](), *self._reach.tls.values()}
        }
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for each in self._transports.values():
            await self._open.enter_async_context(each)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.__aexit__(kind, error, trace)

    async def fetch(
        self, url: str, *, permit: Permit, known: Known | None = None, limits: Limits | None = None
    ) -> Answer:
        """Return the answer of `url`, redirects followed; never raises for what a server does.

        `permit` is asked before every hop and returns why an address may not be asked, or None. `known`
        makes the request conditional (RFC 9110, 13.1), unless it is due in full. `limits` stand for this
        address in place of the fetcher's own, whose waits for a connection and a read stay. The answer
        carries one exchange for each hop, of the last try only.
        """
        limits = limits or self._limits
        conditional = validators(known, self._clock.now())
        exchanges: list[Exchange] = []
        target = url
        for _ in range(limits.redirects + 1):
            if (refusal := await permit(target)) is not None:
                reason = refusal if target == url else f"redirects to {target}, which {refusal}"
                return unanswered(url, target, "disallowed", reason, self._clock.now(), exchanges)
            attempt, deferred = await self._tried(target, conditional, limits)
            exchange = attempt.exchange()
            if exchange is None:
                reason = f"gives no answer: {attempt.failure}"
                return unanswered(url, target, "network_error", reason, attempt.fetched_at, exchanges)
            exchanges.append(exchange)
            location = attempt.location
            broken = attempt.failure is not None and not location
            if broken or not is_redirect(exchange.status):
                return judged(
                    url,
                    exchanges,
                    failure=attempt.failure,
                    conditional=bool(conditional),
                    deferred=deferred,
                    limit_bytes=limits.body_bytes,
                )
            following = redirected(target, location) if location else None
            if following is None:
                reason = f"redirects to {location[:200] if location else 'nowhere'}, which cannot be fetched"
                return unanswered(url, target, "unsupported", reason, attempt.fetched_at, exchanges)
            target = following
        reason = f"redirects more than {limits.redirects} times"
        return unanswered(url, target, "unsupported", reason, self._clock.now(), exchanges)

    async def _tried(self, url: str, headers: Mapping[str, str], limits: Limits) -> tuple[_Attempt, bool]:
        """Ask until an answer stands or the tries are used up; tell whether the server put it off."""
        for done in range(1, limits.tries + 1):
            async with self._pace.turn(host_name(url)) as asking:
                attempt = await self._once(url, headers, limits)
                asking.troubled = attempt.shows_trouble
            asked_s = retry_after_s(attempt.header("retry-after"), self._clock.now())
            if attempt.may_retry and asked_s is not None and asked_s > limits.retry_after_s:
                return attempt, True
            if not attempt.may_retry or attempt.location or done == limits.tries:
                break
            pause_s = backoff_s(limits.backoff_s, done, self._clock.chance())
            await self._clock.sleep(max(pause_s, asked_s or 0.0))
        return attempt, False

    async def _once(self, url: str, headers: Mapping[str, str], limits: Limits) -> _Attempt:
        attempt = _Attempt(url, self._clock.now(), limits)
        try:
            async with asyncio.timeout(limits.total_s):
                await self._exchange(attempt, headers)
        except TimeoutError:
            attempt.truncated = "time"
            attempt.failure = f"not whole within {limits.total_s:g} s"
        except httpx.TimeoutException as error:
            attempt.truncated = "time"
            attempt.failure = f"timed out ({type(error).__name__})"
            attempt.may_retry = True
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
            attempt.truncated = "disconnect"
            attempt.failure = f"{_complaint(error)} ({type(error).__name__})"
            refused = isinstance(error.__cause__, NotPublicError)
            attempt.may_retry = isinstance(error, httpx.TransportError) and not refused
        return attempt

    async def _exchange(self, attempt: _Attempt, headers: Mapping[str, str]) -> None:
        request = httpx.Request(
            "GET",
            attempt.url,
            headers={**self._headers, **headers},
            extensions={"timeout": self._timeout},
        )
        attempt.request_head = request_head(request.method, request.url.raw_path, request.headers.raw)
        accepted = self._reach.tls.get(request.url.host, frozenset())
        response = await self._transports[accepted].handle_async_request(request)
        attempt.response = response
        attempt.ip = _peer(response)  # the connection knows it only while it is open
        try:
            await self._body(attempt, response)
        finally:
            await response.aclose()
        attempt.may_retry = may_retry(response.status_code)

    async def _body(self, attempt: _Attempt, response: httpx.Response) -> None:
        most = attempt.limits.body_bytes
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > most:
            attempt.truncated = "length"
            return
        async for piece in response.aiter_raw():
            room = most - len(attempt.body)
            attempt.body += piece[:room]
            if len(piece) > room:
                attempt.truncated = "length"
                return


def _transport(context: ssl.SSLContext, dialler: Dialler) -> httpx.AsyncHTTPTransport:
    """Return a transport that dials through `dialler` and uses every connection once."""
    transport = httpx.AsyncHTTPTransport(verify=context, trust_env=False)
    transport._pool = httpcore.AsyncConnectionPool(  # httpx has no argument for the backend
        ssl_context=context, max_keepalive_connections=0, network_backend=dialler
    )
    return transport


def _peer(response: httpx.Response) -> str | None:
    stream = response.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream is not None else None
    return str(address[0]) if address else None


def _complaint(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:300] or "the connection failed"
