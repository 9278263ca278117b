"""Addresses: one spelling for each, which hosts may be asked, and the site's own scheme.

Spam domains serve altered copies of district pages under the same paths, so nothing outside a site's
`hosts` is ever fetched. The spelling follows RFC 3986 section 6.2.2.
"""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_DEFAULT_PORT = {"http": 80, "https": 443}
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?"
_SESSION_ID = re.compile(r";jsessionid=[^/?#]{0,200}", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w{1,20}|gclid|fbclid|spm|jsessionid|phpsessid|aspsessionid[a-z]{1,20}|cfid|cftoken)(?:=.*)?|"
    r"sid=[0-9a-z]{32}",
    re.IGNORECASE | re.DOTALL,
)
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LONGEST = 8_000  # characters of an address; servers refuse longer ones (RFC 9110, 4.1)
_BEFORE_QUERY = re.compile(r"[^?#]*")


def canonical(url: str, *, keep_session: bool = False) -> str | None:
    """Return the one spelling of an http(s) address, or None where it is none that a server would take.

    Host in lower case, default port, fragment, session ids and tracking parameters dropped, dot segments
    resolved, backslashes read as browsers do, everything outside ASCII percent-encoded as UTF-8.
    Percent-encodings that are there stay, in upper case, but for those of plain letters and digits. With
    `keep_session` the session id in the path stays.
    """
    if len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(_slashed(url.strip()))
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        own_path = parts.path if keep_session else _SESSION_ID.sub("", parts.path)
        path = _resolved(_quoted(own_path or "/", _PATH_SAFE))
        query = _quoted(_query(parts), _QUERY_SAFE)
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _DEFAULT_PORT or not host:
        return None
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORT[parts.scheme]:
        host = f"{host}:{port}"
    if parts.username is not None:
        host = f"{parts.netloc.rpartition('@')[0]}@{host}"
    return urlunsplit((parts.scheme, host, path, query, ""))


def _slashed(reference: str) -> str:
    """Return a reference with slashes for the backslashes before its query (WHATWG URL, 4.4)."""
    return _BEFORE_QUERY.sub(lambda place: place[0].replace("\\", "/"), reference, count=1)


def _query(parts: SplitResult) -> str:
    return "&".join(pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair))


def _quoted(text: str, safe: str) -> str:
    return _ENCODED.sub(_spelled, quote(text, safe=safe))


def _spelled(encoded: re.Match[str]) -> str:
    char = chr(int(encoded[1], 16))
    return char if char in _UNRESERVED else encoded[0].upper()


def _resolved(path: str) -> str:
    """Return a path without dot segments (RFC 3986, 5.2.4): what is asked for is what was permitted."""
    first, *segments = path.split("/")
    kept = [first]
    for segment in segments:
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    if segments[-1:] in ([".."], ["."]):
        kept.append("")
    return "/".join(kept)


def joined(base: str, reference: str) -> str | None:
    """Return the canonical address that `reference` means on the page `base`; None for mailto:."""
    try:
        return canonical(urljoin(base, _slashed(reference.strip())))
    except ValueError:
        return None


def redirected(base: str, location: str) -> str | None:
    """Return the address that a redirect from `base` leads to; None where it cannot be fetched.

    A session id stays in it: servers without cookies send the visitor to the same address with one.
    """
    try:
        return canonical(urljoin(base, _slashed(location.strip())), keep_session=True)
    except ValueError:
        return None


def origin(url: str) -> str:
    """Return scheme, host and port of `url`, e.g. `http://127.0.0.1:8080`: what one robots.txt covers."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host_key(url: str) -> str:
    """Return `host:port` of `url` with the default port filled in: what fails and recovers as one."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or _DEFAULT_PORT.get(parts.scheme, 0)}"


def host_name(url: str) -> str:
    """Return the host of `url`, with a port that is no default: one server, be it asked by http or https."""
    parts = urlsplit(url)
    if parts.port is None or parts.port in _DEFAULT_PORT.values():
        return str(parts.hostname)
    return f"{parts.hostname}:{parts.port}"


class Hosts:
    """The allow-list of a site: `host` (default ports only) or `host:port` (exactly that port)."""

    def __init__(self, allowed: Iterable[str], base_url: str) -> None:
        self._allowed = frozenset(host.lower() for host in allowed)
        self._scheme = urlsplit(base_url).scheme

    def refusal(self, url: str) -> str | None:
        """Return why `url` may not be asked, or None where it may."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return "is not a readable address"
        if parts.scheme not in _DEFAULT_PORT:
            return f"has the scheme {parts.scheme or 'none'}; only http and https are fetched"
        if parts.username is not None or parts.password is not None:
            return "carries a user name"
        if port is None or port == _DEFAULT_PORT[parts.scheme]:
            allowed = host in self._allowed or f"{host}:{_DEFAULT_PORT[parts.scheme]}" in self._allowed
        else:
            allowed = f"{host}:{port}" in self._allowed
        return None if allowed else f"is on {parts.netloc}, which is not in `hosts` of the site file"

    def own_scheme(self, url: str) -> str:
        """Return `url` with the scheme of base_url where it is on an allowed host and a default port.

        List rows carry https links on sites whose https does not answer.
        """
        parts = urlsplit(url)
        if parts.scheme == self._scheme or parts.port is not None or self.refusal(url):
            return url
        return urlunsplit(parts._replace(scheme=self._scheme))
