"""Lines that belong to the page and not to its document: QR hints, share and print widgets, crumbs,
counters, footers.

All rules look at one whole line with its white space removed, so they never cut into a sentence. What a
repeat takes, nothing beside it can take, so they cost linear time. Three strengths: furniture goes wherever
it stands; a tail line goes only at the end; an end mark cuts what follows, unless a paragraph of text
follows.
"""

import re
import unicodedata
from collections.abc import Sequence

from extract.headline import dated_title, is_head_line

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_LINE_MAX = 120

_BUTTON = (
    "返回顶部|回到顶部|顶部|返回首页|返回列表|返回上页|返回|关闭窗口|关闭页面|关闭本页|关闭目录|关闭|打印本页|打印此页|打印页面|打印文章|打印|"
    "收藏本页|加入收藏|收藏|保存|纠错|内容纠错|我要纠错|全文下载|word下载|pdf下载|下载图片版|下载文字版|轻触这里|听全文|全文朗读|"
    "语音播报|大|中|小|默认|TOP|top|繁体|简体|无障碍|长者模式|我要评论|我要分享|微信|微博|新浪微博|QQ空间|qq空间|空间|qq|QQ|朋友圈|更多"
)
_FURNITURE = re.compile(
    r"(?:(?:请?[用使]?(?:手机|微信)?)?[“\"]?扫(?:一扫|码|描)[，,]?[^。，]{0,40}(?:手机|当前|此页|分享|打开|浏览|查看|关注|阅读)[^。，]{0,20})"
    r"|微信(?:分享)?[“\"]?扫一扫[^。，]{0,20}|扫一扫|在手机(?:上)?打开当前页|打开当前页|手机扫一扫[^。，]{0,20}|用微信扫一扫，点击右上角分享按钮.{0,40}"
    r"|微信里点[“\"]发现[”\"][，,]扫一下|二维码便可将本文分享至朋友圈。?"
    r"|T?[【\[（(]?(?:T?浏览字号|字体大小|字体|字号|视力保护色|保护视力色|背景色)[:：]?[】\]）)]?[】\]）)大中小超默认标准\[【（(、|特放缩T+A-]{0,30}"
    r"|(?:分享|分享到|分享至|转发到)[:：]?[】\]]?(?:微信|微博|新浪|腾讯|QQ|qq|空间|朋友圈|人人网|头条|[、|XA+-]){0,12}"
    r"|(?:浏览|阅读|访问|点击)(?:次数|量|数)?[:：][-\d,]{0,12}次?|[-\d]{0,10}次浏览|-次|-"
    rf"|[【\[（(〖|丨◆]{{0,2}}(?:(?>{_BUTTON})[】\]）)〗|丨◆【\[（(〖]{{0,4}}+){{2,12}}|[【\[〖](?:{_BUTTON})[】\]〗]"
    r"|(?:听全文|打印|打印本页|关闭窗口|关闭|收藏|返回顶部|回到顶部|轻触这里|关闭目录|触碰右侧展开|文件已失效|我要纠错|全文下载)"
)
_STAFF = (
    "责任编辑|责编|网络编辑|值班编辑|实习编辑|编辑|文章录入|信息录入|录入|初审|复审|终审|"
    "一审|二审|三审|审核|审稿|校对|签发"
)
_TAIL = re.compile(
    r"(?:相关|文章|下载)?(?:附件|链接|文档|新闻|信息|文件|解读|阅读|稿件|报道)(?:下载|列表|链接)?[:：>》]{0,3}|(?:文件下载|关联文件|附件：/)[:：]?"
    rf"|[（(【\[]?(?:{_STAFF})[:：](?:[^。；]{{0,20}}(?:{_STAFF})[:：]){{0,5}}[^。；]{{0,20}}[）)】\]]?"
    r"|(?:暂无|没有|无)(?:相关)?(?:附件|解读|文件|链接|信息|内容)|(?:本文|原文)(?:链接|地址|网址)[:：].{0,80}"
    rf"|.{{0,30}}(?:[【\[〖](?:{_BUTTON})[】\]〗]){{2,8}}"
    r"|[▪·•■◆>*]{0,2}[上下]一[篇条页][:：]?.{0,80}|首页\|?上一页.{0,20}|Baidu|map|地图|回到|顶部|TOP|返回顶部|[|丨◆>》/-]{1,3}"
    r"|.{0,40}(?:版权所有|网站标识码|公网安备|ICP备\d|Copyright|设为首页|友情链接|网站地图|隐私声明|主办单位[:：]|承办单位[:：]|技术支持[:：]).{0,80}"
    r"|.{0,30}主办[:：].{1,30}(?:承办|协办|维护|地址|电话)[:：].{0,60}|.{0,10}建议(?:使用|您).{0,40}(?:分辨率|浏览器).{0,40}"
    r"|您访问的链接即将离开.{0,40}|是否继续？?|放弃|您对.{0,16}(?:满意|评价).{0,16}|(?:非常|比较|很|基本)?(?:不)?满意"
)
_END = re.compile(
    r".{0,10}扫一扫[，,]?[^。，]{0,30}(?:手机|当前页|打开)[^。，]{0,20}|触碰右侧展开"
    r"|[▪·•■◆>*]{0,2}[上下]一[篇条][:：].{0,80}|(?:相关|推荐)(?:链接|阅读|新闻|文章)[:：>》]{1,3}"
    r"|[【\[]?(?:相关|推荐|延伸)(?:链接|阅读|新闻|文章|稿件|报道)[】\]]?"
    r"|.{0,40}(?:网站标识码|版权所有|公网安备|ICP备\d|Copyright).{0,80}|您访问的链接即将离开.{0,40}"
)
_CRUMB = re.compile(
    r"(?:您?(?:现在|当前)?(?:所在)?的?(?:位置|所在位置)|首页|网站首页|本站首页).{0,2}(?:[>›»/〉》→-]|首页).{0,120}"
    r"|[^。，；]{0,12}首页[>›»/〉》].{0,120}|[^。，；>›»〉]{1,20}(?:[>›»〉]{1,2}[^。，；>›»〉]{1,30}){2,8}"
)
_PARAGRAPH = re.compile(r"[。；！？]")


def comparable(line: str) -> str:
    """Return the line in NFKC without any white space: two lines that look alike are then equal."""
    return squeeze(unicodedata.normalize("NFKC", line))


def squeeze(line: str) -> str:
    """Return the line without white space, its characters kept."""
    text = "".join(line.split())
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def is_furniture(line: str) -> bool:
    """Tell whether the whole line is a widget of the page, wherever it stands."""
    text = squeeze(line)
    return len(text) <= _LINE_MAX and _FURNITURE.fullmatch(text) is not None


def is_crumb(line: str) -> bool:
    """Tell whether the line is a navigation path (首页 > 政务公开 > 规划计划)."""
    text = squeeze(line)
    return len(text) <= _LINE_MAX + 40 and _CRUMB.fullmatch(text) is not None


def is_tail(line: str) -> bool:
    """Tell whether the line is of the page when it stands after the last line of the document."""
    text = squeeze(line)
    return len(text) <= _LINE_MAX and (
        _TAIL.fullmatch(text) is not None or _FURNITURE.fullmatch(text) is not None
    )


def is_end(line: str) -> bool:
    """Tell whether the line marks the end of a document: related links and the page's footer follow it."""
    text = squeeze(line)
    return len(text) <= _LINE_MAX and _END.fullmatch(text) is not None


def is_paragraph(line: str) -> bool:
    """Tell whether the line is running text: a sentence of some length."""
    return len(line) >= 40 and _PARAGRAPH.search(line) is not None


def document_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines of the document out of those of its container, without widgets and the page's tail."""
    return [line for line in _without_tail(lines) if not is_furniture(line)]


def head_length(lines: Sequence[str], title: str | None) -> int:
    """Count the leading lines that are the page's head: up to the last line with source or date, or a crumb.

    A title alone is no head: official texts repeat theirs.
    """
    wanted = comparable(title or "")
    length = 0
    titled = False
    for number, line in enumerate(lines[:12]):
        own, day = dated_title(line)
        folded = comparable(own)
        is_dated = bool(day) and folded in wanted
        if is_dated or (is_head_line(line) and (titled or number < 3)) or is_crumb(line):
            length = number + 1
        elif wanted and folded and folded in wanted:
            titled = True
        elif is_paragraph(line):
            break
    return length


def _without_tail(lines: Sequence[str]) -> Sequence[str]:
    end = _end_of_document(lines)
    while end and is_tail(lines[end - 1]):
        end -= 1
    return lines[:end]


def _end_of_document(lines: Sequence[str]) -> int:
    """Return where the first end mark stands that no paragraph and no longer text than above it follows."""
    end = len(lines)
    above = sum(map(len, lines))
    below = 0
    for number in range(len(lines) - 1, -1, -1):
        text = lines[number]
        above -= len(text)
        if is_paragraph(text) or below > above:
            break
        if is_end(text):
            end = number
        below += len(text)
    return end
