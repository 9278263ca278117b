"""Files that a document links to: name, absolute address and type.

Only links in the document's own element and right below it count, and only to file types that carry
documents: pages show QR codes and banners from the same folders.
"""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from extract.decode import clean
from extract.wording import either, words

_SUFFIX = re.compile(rf"\.{either(words('files')['types'])}(?![a-z0-9])", re.IGNORECASE)
_FIRST = "".join({name[0] for name in words("files")["types"]})  # looked at first: most marks end here
_NAMED = re.compile(
    rf"[.\"'](?=[{_FIRST}]){either(words('files')['types'])}(?![a-z0-9])".encode(), re.IGNORECASE
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # byte order marks of UTF-16
_BREAK = re.compile(r"[\t\r\n]")
_LINKS_MAX = 2_000
_ATTACHMENTS_MAX = 500


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a document; `url` is absolute when the page's address is known; `type` is the lower-case
    suffix.
    """

    name: str
    url: str
    type: str


def may_name_files(payload: bytes) -> bool:
    """Tell at a glance whether a page can name files: False is sure, and spares reading the page."""
    return payload.startswith(_WIDE) or _NAMED.search(payload) is not None


def read_attachments(
    container: LexborNode, page_url: str | None, hidden: AbstractSet[int] = frozenset()
) -> tuple[Attachment, ...]:
    """Return the files linked below `container` or beside it further down, each address once, in order."""
    found: dict[str, Attachment] = {}
    for link in _links(container):
        address = absolute(link.attributes.get("href") or "", page_url)
        name = _label(link.text()) or _label(link.attributes.get("title"))
        kind = suffix_of(address) or suffix_of(name)
        if address and kind and link.mem_id not in hidden:
            found.setdefault(address, Attachment(name or _last_part(address), address, kind))
    return tuple(found.values())[:_ATTACHMENTS_MAX]


def leads_to_file(link: LexborNode) -> bool:
    """Tell whether a link leads to a file that carries documents, by its address or by its own text."""
    address = link.attributes.get("href") or ""
    return bool(suffix_of(address) or suffix_of(_label(link.text())))


def _links(container: LexborNode) -> list[LexborNode]:
    """Return the links in the element and in its later siblings, where templates list the files of a
    document.
    """
    links: list[LexborNode] = []
    node: LexborNode | None = container
    while node is not None and len(links) < _LINKS_MAX:
        if not (node.tag or "-").startswith("-"):
            links += node.css("a[href]")[:_LINKS_MAX]
        node = node.next
    return links[:_LINKS_MAX]


def listed_attachments(rows: Iterable[Any], page_url: str | None) -> tuple[Attachment, ...]:
    """Return the files that a platform's JSON lists: rows with `name`, `url` and perhaps `type`; odd rows
    are skipped.
    """
    found: dict[str, Attachment] = {}
    for row in rows:
        if not isinstance(row, Mapping) or not isinstance(row.get("url"), str):
            continue
        address = absolute(row["url"], page_url)
        name = _label(row.get("name")) or _last_part(address)
        kind = _label(row.get("type")).lower().strip(".") or suffix_of(address) or suffix_of(name)
        if address:
            found.setdefault(address, Attachment(name, address, kind or ""))
    return tuple(found.values())[:_ATTACHMENTS_MAX]


def absolute(href: str, page_url: str | None) -> str:
    """Return the http(s) address of a link, empty for scripts, mail and addresses that cannot be read.

    Control characters and line breaks in it are dropped, as browsers do.
    """
    try:
        joined = _BREAK.sub("", clean(urljoin(page_url or "", href.strip())))
        scheme = urlsplit(joined).scheme
    except ValueError:
        return ""
    return joined if scheme in ("http", "https") or (not scheme and not page_url) else ""


def _label(written: object) -> str:
    """Return a name as one line that can be stored; empty for what is no text."""
    return " ".join(clean(written).split()) if isinstance(written, str) else ""


def _last_part(address: str) -> str:
    return _label(unquote(PurePosixPath(urlsplit(address).path).name))


def is_kept(attachment: Attachment) -> bool:
    """Tell whether a file is of a type that holds documents; platforms list pictures and films as well."""
    told = (attachment.url, attachment.name)
    return attachment.type in words("files")["types"] or any(map(suffix_of, told))


def suffix_of(address: str) -> str | None:
    """Tell the file type by the path's suffix, or by that of a file name in the query
    (download.jsp?name=a.pdf).
    """
    if _SUFFIX.search(address) is None:
        return None
    types = words("files")["types"]
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    names = [parts.path, *(value for values in parse_qs(parts.query).values() for value in values)]
    suffixes = (PurePosixPath(name).suffix.lower().lstrip(".") for name in names[:20])
    return next((suffix for suffix in suffixes if suffix in types), None)
