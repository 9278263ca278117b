"""Dialling: a name is resolved once, its addresses are judged, and a judged address is the one dialled.

A listed host may lead into a private network: by a mistake in the DNS, or by an answer that changes between
the look and the call. httpx resolves names by itself, so this stands between its pool and the sockets.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

import httpcore

Resolve = Callable[[str, int], Awaitable[list[str]]]

_SHARED = ipaddress.ip_network("198.18.0.0/15")  # what local proxies hand out as addresses of their own


class NotPublicError(httpcore.ConnectError):
    """A name leads to addresses of private networks only; asking again changes nothing."""


async def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host in the system's order, each once; raises OSError where it has none."""
    with suppress(ValueError):
        return [str(ipaddress.ip_address(host))]  # spares a thread
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public internet; IPv4 inside IPv6 is judged as IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast


def names_itself(host: str) -> bool:
    """Tell whether a host is written as an address or as localhost: whoever lists it knows where it leads."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost"
    return True


class Dialler(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses, and to those of hosts that are `known` to be private."""

    def __init__(self, known: Iterable[str] = (), resolve: Resolve = resolved) -> None:
        """`known` are hosts without ports that the site file vouches for; `resolve` gives addresses."""
        self._known = frozenset(known)
        self._resolve = resolve
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Dial the judged addresses of `host` in turn, each for `timeout` seconds; raise the last error."""
        error: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in await self._judged(host, port, timeout):
            try:
                return await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
        raise error or httpcore.ConnectError(f"{host} has no address")

    async def _judged(self, host: str, port: int, timeout_s: float | None) -> list[str]:
        try:
            async with asyncio.timeout(timeout_s):
                found = await self._resolve(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time") from None
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} has no address: {error}") from None
        if host in self._known or names_itself(host):
            return found
        public = [address for address in found if is_public(address)]
        if not public:
            raise NotPublicError(_refusal(host, found))
        return public


def _refusal(host: str, found: list[str]) -> str:
    """Say why a host is not dialled, and what to do where that is a mistake."""
    address = found[0] if found else "nothing"
    proxied = found and ipaddress.ip_address(found[0].partition("%")[0]) in _SHARED
    cause = "; a proxy of this machine seems to answer for all names" if proxied else ""
    return (
        f"{host} leads to {address}, which is no public address{cause}; "
        "if that is right, set `private = true` under [network] in the site file"
    )
