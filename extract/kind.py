"""What kind of answer a payload is, when it is no article: a file, a challenge, a soft 404, a shell or a
list.

A bot script alone proves nothing, since genuine pages carry it too: a challenge is the script and almost no
text. An error page is an error word in a short text. A list is dated links without running text.
"""

import re
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.decode import clean, wide_codec
from extract.lines import innermost
from extract.strip import is_paragraph

Kind = Literal["article", "list", "shell", "challenge", "error", "file"]

PAYLOAD_BYTES_MAX = 8 * 1024 * 1024
_TAGS_MAX = 40_000  # selectolax takes quadratic time for deep nesting and for options
_ATTRIBUTES_MAX = 50_000  # and for attributes on one tag

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"RIFF", "riff"),
    (b"ID3", "mp3"),
    (b"\x00\x00\x00\x18ftyp", "mp4"),
    (b"\x00\x00\x00\x20ftyp", "mp4"),
)
_PDF_OFFSET_MAX = 1024
_CHALLENGE_SCRIPT = re.compile(
    r"\$_ts\b|__jsl_clearance|__jsluid|\(['\"]_['\"]\)\+\(['\"]_['\"]\)\+\(['\"]j['\"]\)|acw_sc__v2|"
    r"_waf_|wzws-waf|WZWS|"
    r"document\.cookie\s{0,3}=.{0,4000}?location\.(?:href|reload|replace)",
    re.DOTALL,
)
_BLOCK_WORDS = re.compile(
    r"网站防火墙|安全验证|滑动验证|访问异常|访问被(?:拒绝|拦截|阻断)|请求被?(?:拦截|阻断)|疑似(?:黑客)?攻击|"
    r"访问(?:过于|太)频繁|"
    r"请输入验证码|人机(?:身份)?验证|浏览器安全检查|WAF|Access Denied|访问行为.{0,10}(?:异常|威胁)"
)
_ERROR_WORDS = re.compile(
    r"(?<!\d)40[34](?!\d)|not found|error\s{0,2}(?:404|500)|50[0234]\s|"
    r"找不到(?:页面|文件|您|该)|页面(?:不存在|找不到|未找到|已删除|丢失)|无法找到|错误页面|"
    r"(?:文章|内容|信息|栏目)(?:不存在|已删除|已被删除|已下线)|"
    r"访问的(?:页面|内容|链接).{0,12}(?:不存在|删除|找不到|失效)|"
    r"(?:系统|网站|服务器)(?:正在)?(?:维护|升级|出错|错误)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}")
_APP_ROOT = re.compile(r"<(?:div|main)[^<>]{0,80}\bid=[\"']?(?:app|root|__next|__nuxt|q-app)\b|<app-root")
_ROW_DAY = re.compile(r"(?:(?:19|20)\d\d\s?[-./年]\s?)?\d{1,2}\s?[-./月]\s?\d{1,2}")
_TEXT_ERROR_MAX, _TEXT_CHALLENGE_MAX = 300, 100
_ROWS_MIN, _ROWS_MAX = 5, 3_000
_ROW_LENGTH = 20  # characters of a usual title


def file_type(payload: bytes, content_type: str | None) -> str | None:
    """Return the type of a payload that is a file and no page, told by its first bytes; None for text."""
    for magic, name in _MAGIC:
        if payload.startswith(magic):
            return name
    if b"%PDF-" in payload[:_PDF_OFFSET_MAX]:
        return "pdf"
    declared = clean(content_type or "").split(";")[0].strip().lower()
    head = payload[:_PDF_OFFSET_MAX]
    is_binary = head.count(b"\x00") * 10 > len(head) and wide_codec(payload) is None
    if declared.startswith(("image/", "audio/", "video/", "font/")) and declared != "image/svg+xml":
        return declared
    return declared or "unknown" if is_binary and not declared.startswith("text/") else None


def too_much(text: str) -> str | None:
    """Return why a page is refused before it is parsed, None where it may be parsed.

    The limits keep clear of what the parser takes quadratic time for (100,000 nested elements took it 14 s).
    """
    for mark, limit, name in (("<", _TAGS_MAX, "tags"), ("=", _ATTRIBUTES_MAX, "attributes")):
        count = text.count(mark)
        if count > limit:
            return f"page: {count} {name} ('{mark}'), more than the {limit} that are parsed"
    return None


def is_challenge(page: str, text: str) -> bool:
    """Tell a bot check or a block page: its script or its words, and almost no text. `text` is the visible
    text.
    """
    if len(text) <= _TEXT_CHALLENGE_MAX and _CHALLENGE_SCRIPT.search(page[:200_000]):
        return True
    return len(text) <= _TEXT_ERROR_MAX * 2 and _BLOCK_WORDS.search(text) is not None


def is_error(title: str, text: str) -> bool:
    """Tell a soft 404 or a maintenance page: an error word in the title or in a short text."""
    if len(text) <= _TEXT_ERROR_MAX:
        return _ERROR_WORDS.search(f"{title} {text}") is not None
    return len(text) <= 2_000 and _ERROR_WORDS.search(title) is not None


def is_shell(page: str, body: list[str]) -> bool:
    """Tell a page whose content a script fills in: template marks left in the text, or an empty application
    root.
    """
    text = "".join(body)
    if len(_TEMPLATE.findall(page[:500_000])) >= 3 and not any(is_paragraph(line) for line in body):
        return True
    return len(text) < 50 and _APP_ROOT.search(page) is not None


def dated_links(root: LexborNode) -> int:
    """Count the rows below `root` that are one link and a day, the mark of a list."""
    rows = innermost(root.css("li, tr, dd, div.item")[:_ROWS_MAX])
    return max(sum(map(_is_dated_link, rows)), sum(map(_is_dated_link, root.css("p")[:_ROWS_MAX])))


def _is_dated_link(row: LexborNode) -> bool:
    text = row.text()
    if not 10 <= len(text.strip()) <= 200:
        return False
    links = [link.text() for link in row.css("a[href]")[:4]]
    titles = [link for link in links if len(link.strip()) >= 6]
    return len(titles) == 1 and _ROW_DAY.search(text.replace(titles[0], "")) is not None


def is_list(tree: LexborHTMLParser, text_length: int) -> bool:
    """Tell a list among the pages with little text: many rows of one link and a day, and more in them than
    the `text_length` characters in sentences.
    """
    rows = dated_links(tree.body) if tree.body is not None else 0
    return rows >= _ROWS_MIN and rows * _ROW_LENGTH > text_length
