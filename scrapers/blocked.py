"""Is this answer a challenge or a block page instead of what was asked for?

Pure over status, headers and body. A protection script alone is no proof: genuine pages behind 瑞数
carry it too. The proof is the script and almost no text. Nothing here tries to get past a challenge.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LITTLE_TEXT = 100
_BLOCK_PAGE_TEXT = 2_000
_HEAD_BYTES = 64 * 1024

_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TITLES = re.compile(r"<title\b.*?(?:</title\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,4000}>")


@dataclass(frozen=True, slots=True)
class _Sign:
    """A mark in body or cookies, and how many characters of text at most go with it."""

    name: str
    mark: re.Pattern[str]
    most_text: int


_SIGNS = (
    _Sign("瑞数 challenge", re.compile(r"\$_ts\s*=|\$_ts\.(?:nsd|cd)\b|FSSBBIl1UgzbN7N80"), _LITTLE_TEXT),
    _Sign("加速乐 challenge", re.compile(r"__jsl_clearance|__jsluid_[sh]|\bgo\(\{\"bts\""), _LITTLE_TEXT),
    _Sign("阿里云 challenge", re.compile(r"acw_sc__v2"), _LITTLE_TEXT),
    _Sign(
        "script challenge",
        re.compile(r"document\.cookie\s*=[^\0]{0,4000}location\.(?:href|reload|replace)"),
        _LITTLE_TEXT,
    ),
    _Sign("创宇盾 block page", re.compile(r"help\.365cyd\.com|/ks-waf-error\.png"), _BLOCK_PAGE_TEXT),
    _Sign("宝塔 block page", re.compile(r"网站防火墙|您的请求带有不合法参数"), _BLOCK_PAGE_TEXT),
    _Sign("360 block page", re.compile(r"访问异常页面|<title>493</title>"), _BLOCK_PAGE_TEXT),
)
_REFUSING_STATUSES = frozenset({412, 512, 521})


def challenge(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Return the name of the challenge or block page that this answer is, or None.

    `headers` has lower-case names (set-cookie values joined), `body` is content-decoded; the first
    64 KiB are looked at, for no such page known is longer. Marks are those of public descriptions of
    these products.
    """
    head = body[:_HEAD_BYTES].decode("utf-8", "replace")
    if head.lstrip("\ufeff \t\r\n")[:1] not in ("", "<"):
        return None
    seen = headers.get("set-cookie", "") + "\n" + head
    signs = [sign for sign in _SIGNS if sign.mark.search(seen)]
    if not signs and status not in _REFUSING_STATUSES:
        return None
    text = _text_length(head) if len(body) <= _HEAD_BYTES else len(body)
    has_script = "<script" in head.lower()
    for sign in signs:
        if text < sign.most_text and (has_script or sign.most_text == _BLOCK_PAGE_TEXT):
            return sign.name
    if status in _REFUSING_STATUSES and has_script and text < _LITTLE_TEXT:
        return f"challenge with status {status}"
    return None


def _text_length(html: str) -> int:
    for pattern in (_SCRIPTS, _COMMENTS, _TITLES, _TAGS):
        html = pattern.sub(" ", html)
    return len("".join(html.split()))
