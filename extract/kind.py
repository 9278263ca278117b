"""What kind of answer a payload is, when it is no article: a file, a soft 404, a shell or a list.

An error page is error words in a short text or on a line of their own. A list is dated links without running
text. Bot checks and block pages are told by `extract.challenge`.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.challenge import is_challenge, is_published
from extract.decode import clean, wide_codec
from extract.lines import innermost, lines_of
from extract.strip import is_paragraph

Kind = Literal["article", "list", "shell", "challenge", "error", "file"]

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
_ERROR_START = re.compile(
    r"(?:HTTP\s?(?:Error)?|错误(?:代码)?|Error|提示)?\s?[-:：]?\s?(?:40[034]|50[0234])"
    r"(?=$|[\s.,，。!！:：_|-](?!\s?[-+]?\d)|错误|页|您|抱歉|对不起|Not|Error)",
    re.IGNORECASE,
)
_ERROR_WORDS = re.compile(
    r"\bnot found|error\s{0,2}(?:404|500)|(?<!\d)404(?:\s?(?:错误|页面|-|—|_|not))|"
    r"Service Unavailable|Bad Gateway|Server Error in|Object moved|"
    r"找不到(?:了|页面|网页|文件|您|你|该|相关)|页面.{0,6}(?:不存在|找不到|未找到|无法访问|已删除|被删除|丢失|走丢|过期)|"
    r"无法找到|无法显示(?:该|此)?(?:网)?页|错误页面|出错(?:了|啦)|"
    r"(?:文章|内容|信息|栏目|文件|网页|站点|网站)(?:[^。]{0,6})(?:不存在|已删除|已被删除|已下线|已关闭|已撤销|未发布|未审核)|"
    r"访问的[^。]{0,20}(?:不存在|删除|找不到|失效|丢失)|"
    r"没有(?:权限|访问权限)|无权(?:限)?访问|请先登录|登录(?:超时|失效)|(?:参数|请求)(?:错误|非法|无效)|非法(?:参数|请求|访问)|"
    r"数据库(?:连接)?(?:失败|错误)|"
    r"(?:系统|网站|服务器)(?:正在)?(?:维护|升级|出错|错误|繁忙)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}")
_APP_ROOT = re.compile(r"<(?:div|main)[^<>]{0,80}\bid=[\"']?(?:app|root|__next|__nuxt|q-app)\b|<app-root")
_ROW_DAY = re.compile(r"(?:(?:19|20)\d\d\s?[-./年]\s?)?\d{1,2}\s?[-./月]\s?\d{1,2}")
_TEXT_ERROR_MAX, _TEXT_MENUS_MAX, _ERROR_LINE_MAX = 300, 2_000, 60
_RUNNING_TEXT_MIN = 200  # characters in paragraphs: so much is an article, whatever else the page holds
# what programs write where they have nothing to tell, brackets and quotes around it or not
_EMPTY_WORDS = frozenset(
    ["", "ok", "success", "done", "null", "none", "nil", "undefined", "nan", "true", "false", "0", "1", "-1"]
)
_AROUND_WORDS = "\"'`()[]{}<>;,.! \t\r\n\u3000\xa0"
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


def is_error(title: str, lines: Sequence[str]) -> bool:
    """Tell a soft 404, a refusal or a maintenance page: error words in a short text, in the title of a
    longer one, or as a line of their own between the menus of a page. A number alone may be a table's cell.
    """
    text = " ".join(lines)
    if len(text) > _TEXT_MENUS_MAX:
        return False
    if len(text) <= _TEXT_ERROR_MAX and _tells_error(text):
        return True
    return _tells_error(title) or any(
        len(line) <= _ERROR_LINE_MAX and not line.isdecimal() and _tells_error(line) for line in lines
    )


def says_nothing(lines: Sequence[str]) -> bool:
    """Tell a text that is only a word of a program (`ok`, `{}`): no document, and no refusal of one."""
    return "".join(lines).strip(_AROUND_WORDS)[:20].casefold() in _EMPTY_WORDS


def asks_to_log_in(tree: LexborHTMLParser) -> bool:
    """Tell whether a page has a field for a password; without a text it then stands in a page's place."""
    return tree.css_first("input[type=password i]") is not None


def _tells_error(text: str) -> bool:
    return _ERROR_WORDS.search(text) is not None or _ERROR_START.match(text) is not None


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


def is_list(tree: LexborHTMLParser, text_length: int = 0) -> bool:
    """Tell a list among the pages with little text: many rows of one link and a day, and more in them than
    the `text_length` characters in sentences, where somebody read them.
    """
    rows = dated_links(tree.body) if tree.body is not None else 0
    return rows >= _ROWS_MIN and rows * _ROW_LENGTH > text_length


def poor_kind(
    tree: LexborHTMLParser, page: str, title: str, inside: list[str], hidden: AbstractSet[int]
) -> Kind | None:
    """Tell the kind of a page that is no article, None for an article.

    Only a page without running text is asked, and one with the marks of a published page only whether it is
    a shell.
    """
    if sum(len(line) for line in inside if is_paragraph(line)) >= _RUNNING_TEXT_MIN:
        return None
    lines = lines_of(tree.body, hidden) if tree.body is not None else []
    text = "".join(lines)
    if is_challenge(page, text):
        return "challenge"
    if is_shell(page, inside):
        return "shell"
    if is_published(page, text):
        return None
    if is_error(title, lines) or (asks_to_log_in(tree) and not any(map(is_paragraph, inside))):
        return "error"
    if is_list(tree, sum(len(line) for line in inside if "。" in line)):
        return "list"
    if inside:
        return None
    return "shell" if "<script" in page else "error"
