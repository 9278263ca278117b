"""Lists of other documents at the end of a document's element: 相关链接, 同栏目信息, 上一篇 and 下一篇.

Their texts are titles, so no rule over lines can tell them from a document's own; their links can. A block
goes when nothing but titles that link to pages stands in it, no file among them, and it is named as such a
list, dated like one, or set as one. What stands above a paragraph of the document always stays.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborNode

from extract.attachments import leads_to_file
from extract.lines import BLOCKS, SILENT, lines_of
from extract.strip import comparable, is_furniture, is_paragraph, is_tail

_DEPTH_MAX, _BLOCKS_MAX = 6, 40  # blocks that are looked at from the end of an element, and levels down
_LINES_MAX, _LINKS_MAX = 60, 120
_LISTS = frozenset(("ul", "ol", "dl"))
_NAMED = re.compile(
    r"[【\[]?(?:相关|关联|推荐|延伸|更多|热门|热点|最新|最近|同栏目|本栏目|同类)"
    r"(?:政策|文件|信息|新闻|链接|阅读|文章|稿件|报道|资讯|推荐|解读|内容|专题|动态){1,2}[】\]]?[:：>》]{0,3}"
)

_DAY_AT_END = re.compile(
    r"(?<=.)[\s\[(（]{0,4}(?:(?:19|20)\d\d[-./年])?(?<!\d)\d{1,2}[-./月]\d{1,2}日?[\])）]?$"
)


def related_lists(container: LexborNode, hidden: AbstractSet[int]) -> frozenset[int]:
    """Return the `mem_id` of the blocks of links that end the element; bounded work for any page."""
    found: set[int] = set()
    node = container
    for _ in range(_DEPTH_MAX):
        last = _last_own(node, hidden, found)
        if last is None or last.child is None:
            break
        node = last
    return frozenset(found)


def _last_own(node: LexborNode, hidden: AbstractSet[int], found: set[int]) -> LexborNode | None:
    """Return the last block of `node` that is the document's own; the lists below it are added to `found`."""
    pending: list[int] = []
    for block in _blocks_from_end(node, hidden):
        lines = lines_of(block, hidden)
        if not lines or all(is_tail(line) or is_furniture(line) for line in lines):
            continue
        if _is_name(lines):
            found.update([*pending, block.mem_id])
            pending.clear()
        elif _links_only(block, lines):
            is_list = block.tag in _LISTS or any(map(_ends_in_day, lines)) or _is_name(lines[:1])
            found.update([block.mem_id] if is_list else ())
            pending.append(block.mem_id)
        else:
            return block
    return None


def _blocks_from_end(node: LexborNode, hidden: AbstractSet[int]) -> Iterator[LexborNode]:
    """Yield the child blocks from the last to the first, as long as no text stands between them."""
    child = node.last_child
    for _ in range(_BLOCKS_MAX):
        if child is None:
            return
        tag = child.tag or "-"
        if tag in BLOCKS and child.mem_id not in hidden:
            yield child
        elif tag[0] == "-" and tag != "-text":
            pass
        elif tag not in SILENT and (child.text() or "").strip():
            return
        child = child.prev


def _is_name(lines: list[str]) -> bool:
    return len(lines) == 1 and _NAMED.fullmatch(comparable(lines[0])) is not None


def _links_only(block: LexborNode, lines: list[str]) -> bool:
    """Tell whether each line below an optional name is the text of links to pages, with or without a day."""
    if len(lines) > _LINES_MAX or any(map(is_paragraph, lines)):
        return False
    links = block.css("a[href]")[:_LINKS_MAX]
    if not links or any(map(leads_to_file, links)):
        return False
    titles = comparable("".join(link.text() for link in links))
    own = [line for line in lines if comparable(_without_day(line)) not in titles and not is_tail(line)]
    return not own or (own == lines[:1] and len(own[0]) <= 12 and len(lines) > 1)


def _without_day(line: str) -> str:
    return _DAY_AT_END.sub("", line)


def _ends_in_day(line: str) -> bool:
    return _without_day(line) != line
