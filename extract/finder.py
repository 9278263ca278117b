"""The block of a page that holds the document, found without any anchor.

Every line is weighed in one walk: running text and cells count for, links, labels, counters and footers count
against, and a block's score is the sum below it. The block with the highest sum holds the document, the
innermost one where several agree: the largest weighted subtree, after the maximum-subsequence idea of
Pasternack and Roth (2009). Linear in nodes.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborNode

from extract.attachments import leads_to_file
from extract.dates import is_bare_day
from extract.headline import is_head_line
from extract.lines import BLOCKS, CELLS, SILENT
from extract.strip import comparable, is_crumb, is_end, is_tail

_HOLDERS = BLOCKS | CELLS  # pages of 2008 keep their body in a cell of a layout table
_SENTENCE = re.compile(r"[，。；：、！？,;“”（）]")
_DISCLAIMER = re.compile(
    r"免责声明|凡本(?:站|网)|本(?:网站|站)(?:所有|及其子站|的)|(?:转载|使用)[^。]{0,20}注明|版权[^。]{0,10}(?:所有|归属?)"
)
_LABEL_COST, _WIDGET_COST, _HEAD_COST, _FOOTER_COST = 8.0, 40.0, 40.0, 60.0
_LOSS_MAX = 60.0
_TABLE_PARTS = frozenset(("table", "tbody", "thead", "tr"))
_FLOW = frozenset(("p", "td", "th"))  # short texts here are names and figures, elsewhere menus and labels
_FILE_NAME = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|wps|zip|rar)\b")
_SCORE_MIN = 6.0
_LEAF_MIN = 20.0
# what a line counts for, by the part of the page that was reached: menus hold text too, but they stand above
# the title; the document follows the line with its source and date; below the first footer line all is footer
Part = Literal["above", "title", "head", "footer"]
_SHARES: dict[Part, float] = {"above": 0.3, "title": 1.0, "head": 2.0, "footer": 0.3}
_COPY_AFTER = 200.0
_OPENING = 30.0  # text since the title: as much as a number and an address


def best_block(root: LexborNode, title: str | None, hidden: AbstractSet[int]) -> LexborNode | None:
    """Return the block below `root` that holds the document, None where no text counts for one.

    `title` is the page's own title, `hidden` the `mem_id` of elements that are not shown.
    """
    return _Finder(root, comparable(title or ""), hidden).find()


@dataclass(slots=True)
class _Block:
    """An open block: the sum of its lines so far, and how many of them are surely the page's own."""

    node: LexborNode
    best_before: LexborNode | None
    is_flow: bool
    score: float = 0.0
    foreign: int = 0
    is_leaf: bool = True  # holds no block, or a leaf and nothing else
    children: int = 0
    leaves: int = 0  # blocks directly in it that hold running text and no further blocks
    text: float = 0.0  # what its lines count for, without what counts against
    is_headed: bool = False  # does the line with source and date stand in it?
    headed: "_Column | None" = None  # the block directly in it where that line stands


@dataclass(frozen=True, slots=True)
class _Column:
    """What a closed block with the line of source and date counts for, and the best block so far."""

    score: float
    text: float
    best: LexborNode | None
    best_score: float
    best_block: _Block | None
    best_parent: _Block


class _Finder:
    """One walk: lines are weighed where they end, sums go up to the parent, the best block is kept."""

    def __init__(self, root: LexborNode, title: str, hidden: AbstractSet[int]) -> None:
        self.root = root
        self.title = title
        self.hidden = hidden
        self.part: Part = "above"
        self.text_length = 0.0  # since the title
        self.best: LexborNode | None = None
        self.best_score = _SCORE_MIN
        self.blocks = [_Block(root, None, False)]
        self.best_block: _Block | None = None
        self.best_parent = self.blocks[0]
        self.line: list[str] = []
        self.links: list[str] = []
        self.open_links = 0
        self.names_file = False  # does a link of the line lead to a file?

    def find(self) -> LexborNode | None:
        open_nodes: list[LexborNode] = []
        node = self.root.child
        while node is not None or open_nodes:
            if node is None:
                node = open_nodes.pop()
                self._leave(node, node.tag or "")
            elif self._enter(node, node.tag or ""):
                open_nodes.append(node)
                node = node.child
                continue
            node = node.next
        self._end_line()
        if self.blocks[0].score > self.best_score:
            return self.root
        if self.best_block is not None and self.best_block.is_leaf and self.best_parent.leaves >= 2:
            return _whole_table(self.best_parent.node)
        return _whole_table(self.best)

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Take a node in; the answer tells whether to go into it."""
        if tag == "-text":
            text = node.text_content or ""
            if not text.isspace():
                self.line.append(text)
                if self.open_links:
                    self.links.append(text)
            return False
        if tag[0] == "-" or tag in SILENT or node.mem_id in self.hidden:
            return False
        if tag == "br":
            self._end_line()
            self.blocks[-1].is_flow = True
        if node.child is None:
            return False
        if tag in _HOLDERS:
            self._end_line()
            self.blocks.append(_Block(node, self.best, tag in _FLOW))
        if tag == "a":
            self.open_links += 1
            self.names_file = self.names_file or (self.part != "above" and leads_to_file(node))
        return True

    def _leave(self, node: LexborNode, tag: str) -> None:
        self.open_links -= tag == "a"
        if tag not in _HOLDERS:
            return
        self._end_line()
        block = self.blocks.pop()
        parent = self.blocks[-1]
        is_beside = self._leave_columns_beside(block)
        parent.score += block.score
        parent.foreign += block.foreign
        parent.children += 1
        parent.is_leaf = block.is_leaf and parent.children == 1
        parent.text += block.text
        parent.leaves += block.is_leaf and block.score >= _LEAF_MIN
        least = _LEAF_MIN if self.part == "footer" else 0.0
        is_better = block.score > max(self.best_score, least) or self._is_whole(block)
        if is_better and not is_beside:
            self.best, self.best_score = node, max(block.score, self.best_score)
            self.best_block, self.best_parent = block, parent
        if block.is_headed:
            best = (self.best, self.best_score, self.best_block, self.best_parent)
            parent.is_headed, parent.headed = True, _Column(block.score, block.text, *best)

    def _leave_columns_beside(self, block: _Block) -> bool:
        """Take what stands beside the column of head line and text (an office's introduction) off a block.

        The column is one that holds more than half of the block's text. The answer tells whether there was
        anything beside it.
        """
        column = block.headed
        if column is None or not column.text * 2 > block.text > column.text:
            return False
        block.score, block.text = column.score, column.text
        self.best, self.best_score = column.best, column.best_score
        self.best_block, self.best_parent = column.best_block, column.best_parent
        return True

    def _is_whole(self, block: _Block) -> bool:
        """Tell whether a block adds only what belongs to the best one in it: a signature, a day, a label."""
        holds_best = self.best is not block.best_before
        is_own = not block.foreign and block.node.tag not in _TABLE_PARTS
        return holds_best and is_own and block.score > self.best_score - _LOSS_MAX

    def _end_line(self) -> None:
        if not self.line:
            return
        text = " ".join("".join(self.line).split())
        is_flow = self.blocks[-1].is_flow or self.part == "head"
        if self.names_file or (self.links and _FILE_NAME.search(text)):
            weight, mark = len(text) * 0.5, None
        else:
            weight, mark = _judged(text, self.links, self._title_for(text), is_flow=is_flow)
            if weight < 0 and self.part == "head" and self.blocks[-1].node.tag in CELLS and is_bare_day(text):
                weight = len(text) * 0.5
        self._move_on(mark, weight)
        self.blocks[-1].score += _SHARES[self.part] * weight
        self.blocks[-1].text += max(weight, 0.0)
        self.blocks[-1].is_headed = self.blocks[-1].is_headed or mark == "head"
        self.blocks[-1].foreign += weight < -_LABEL_COST
        self.line.clear()
        self.links.clear()
        self.names_file = False

    def _title_for(self, text: str) -> str:
        """Return the title to know a line by: below some text a part of it is a signature (某市人民政府)."""
        is_signature = self.text_length >= _OPENING and comparable(text) != self.title
        return "" if is_signature else self.title

    def _move_on(self, mark: Part | None, weight: float) -> None:
        """Note which part of the page a line opens; a second head line below text opens a copy or a list."""
        if self.part in ("title", "head"):
            self.text_length += max(weight, 0.0)
        if mark == "title" and self.part == "above":
            self.part = "title"
        elif mark == "head" and self.part != "footer":
            self.part = "head" if self.text_length < _COPY_AFTER else "footer"
        elif mark == "footer" and (self.text_length or self.part == "head"):
            self.part = "footer"


def _whole_table(node: LexborNode | None) -> LexborNode | None:
    while node is not None and node.tag in _TABLE_PARTS - {"table"}:
        node = node.parent
    return node


def _judged(text: str, links: Sequence[str], title: str, *, is_flow: bool) -> tuple[float, Part | None]:
    """Weigh one line, and tell the part of the page that it opens.

    It counts for the document by its length, or against it by what kind of page furniture it is.
    """
    length = len(text)
    linked = sum(map(len, links))
    link_cost = sum(_LABEL_COST + min(len(link), 40) for link in links)
    if linked * 2 > length:
        return -link_cost, None
    if length <= 120:
        cost, mark = _furniture_cost(text, title)
        if cost:
            return -cost, mark
    if _DISCLAIMER.search(text):
        return float(-length), None
    if _SENTENCE.search(text) or length >= 20:
        return length - linked - link_cost, None
    return length * 0.5 if is_flow else -_LABEL_COST, None


def _furniture_cost(text: str, title: str) -> tuple[float, Part | None]:
    if title and len(text) >= 6 and comparable(text) in title:
        return _HEAD_COST, "title"
    if is_bare_day(text):
        return _LABEL_COST, None
    if is_head_line(text):
        return _HEAD_COST, "head"
    if is_end(text):
        return _FOOTER_COST, "footer"
    if is_crumb(text):
        return _FOOTER_COST, None
    return (_WIDGET_COST if is_tail(text) else 0.0), None
