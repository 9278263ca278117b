"""The sort-friendly form of an address, by which the index of a web archive is ordered and asked.

It is that of the `surt` package, which pywb and cdxj-indexer go by, for the addresses of web pages: host
turned round, without `www`, path and query in small letters, the query's parts sorted.
"""

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

_WWW = re.compile(r"^www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PLAIN = "".join(character for character in map(chr, range(0x21, 0x7F)) if character not in "#%")


def surt(url: str) -> str:
    """Return the form of an http(s) address, `example,demo)/path?a=1`; of what is none the text itself."""
    try:
        parts = urlsplit(url)
        asked_port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = ",".join(reversed(_WWW.sub("", parts.hostname).split(".")))
    port = "" if asked_port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{asked_port}"
    query = "&".join(sorted(_folded(parts.query).split("&"), key=lambda part: part.split("=", 1)))
    return f"{host}{port}){_path(parts.path)}{'?' if query else ''}{query}"


def _path(path: str) -> str:
    kept: list[str] = []
    for part in _SLASHES.sub("/", _folded(path)).split("/")[1:]:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept).rstrip("/")


def _folded(text: str) -> str:
    """Return text in small letters, escaped only where it must be."""
    return quote_from_bytes(unquote_to_bytes(text), safe=_PLAIN).lower()
