"""Is this answer a challenge or a block page instead of what was asked for?

Pure over status, headers and body. What a body proves is told by `extract.challenge`, so that no page is
fetched as a document and read as a challenge; cookies and status are told here. A protection script alone is
no proof: genuine pages carry it too. The proof is the script and almost no text. Nothing here tries to get
past a challenge.
"""

import re
from collections.abc import Mapping

from extract.challenge import TEXT_MAX, is_challenge

_LITTLE_TEXT = 100
_PAGE_BYTES = 64 * 1024
_FIRST_CHARS = 8_000  # of a page without its scripts: mostly they show enough text
_REFUSING_STATUSES = frozenset({412, 512, 521})
_COOKIES = re.compile(r"__jsl_clearance|__jsluid_[sh]|acw_sc__v2|FSSBBIl1UgzbN7N80")

_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TITLES = re.compile(r"<title\b.*?(?:</title\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,4000}>")


def challenge(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Return what this answer is where it is a challenge or block page, to be read after "a"; else None.

    `headers` has lower-case names (set-cookie values joined), `body` is content-decoded; more than 64 KiB
    is never such a page. Cookies are those that public descriptions of these products name.
    """
    page = body[:_PAGE_BYTES].decode("utf-8", "replace")
    if len(body) > _PAGE_BYTES or page.lstrip("\ufeff \t\r\n")[:1] not in ("", "<"):
        return None
    text = _visible_text(page)
    if is_challenge(page, text):
        return "challenge or block page"
    if len(text) >= _LITTLE_TEXT or "<script" not in page.lower():
        return None
    if _COOKIES.search(headers.get("set-cookie", "")):
        return "challenge, told by its cookies"
    return f"challenge with status {status}" if status in _REFUSING_STATUSES else None


def _visible_text(html: str) -> str:
    """Return the text that a page shows, spaces folded; where its first part shows enough, only that."""
    for pattern in (_SCRIPTS, _COMMENTS, _TITLES):
        html = pattern.sub(" ", html)
    first = _without_tags(html[: html.find(">", _FIRST_CHARS) + 1])
    return first if len(first) > TEXT_MAX else _without_tags(html)


def _without_tags(html: str) -> str:
    return " ".join(_TAGS.sub(" ", html).split())
