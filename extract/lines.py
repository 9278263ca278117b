"""Block-aware text of HTML nodes: what a reader sees as lines.

Block elements and `<br>` break lines, the cells of a row are joined by a tab, a row is a line, and scripts,
styles, form controls, media and hidden elements give nothing. The walk keeps its own stack, so a page
nested ten thousand deep costs memory and not the interpreter's recursion limit; time is linear in the
number of nodes.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.decode import clean

_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre "
    "section summary table tbody tfoot thead tr ucapcontent ul"
)
_SILENT_NAMES = (
    "audio button canvas embed head iframe input link meta noscript object script select style svg template "
    "textarea title video"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
SILENT = frozenset(_SILENT_NAMES.split())
CELLS = frozenset(("td", "th"))

_HIDING_CLASSES = frozenset(
    ("ng-hide", "hidden", "sr-only", "visually-hidden", "visible-xs", "am-show-sm-only")
)
_HIDING = ", ".join(("[hidden]", '[style*="display" i]', *(f".{name}" for name in sorted(_HIDING_CLASSES))))
_HIDING_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CELL_MARK = "\x00"  # no cleaned text holds it, and str.split() does not take it for a space
_GAP = "\x01"  # the same: between two elements of one line
_OUTSIDE = _GAP + " "  # stands between elements only, at no end of a line
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff"), " ")


def hidden_nodes(tree: LexborHTMLParser) -> frozenset[int]:
    """Return the `mem_id` of each element hidden by attribute, inline style or a class whose name says so.

    One selector run over the page is far cheaper than asking each node for its attributes.
    """
    return frozenset(node.mem_id for node in tree.css(_HIDING) if _is_hidden(node.attributes))


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    if "hidden" in attributes or _HIDING_STYLE.search(attributes.get("style") or ""):
        return True
    return not _HIDING_CLASSES.isdisjoint((attributes.get("class") or "").split())


def innermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Leave out those of the elements that hold another one of them.

    No element is climbed through twice, so deep nesting costs linear time.
    """
    wanted = {node.mem_id for node in nodes}
    holders: set[int] = set()
    seen: set[int] = set()
    for node in nodes:
        above = node.parent
        while above is not None and above.mem_id not in seen:
            seen.add(above.mem_id)
            if above.mem_id in wanted:
                holders.add(above.mem_id)
                break
            above = above.parent
    return [node for node in nodes if node.mem_id not in holders]


def _visible(text: str) -> str:
    return text.translate(_INVISIBLE) if "\u200b" in text or "\ufeff" in text else text


def fold_spaces(line: str) -> str:
    """Return the line with runs of white space folded to one space, tabs kept as cell marks, both ends
    trimmed, and nothing in it that cannot be stored.
    """
    cells = [" ".join(_visible(cell).split()) for cell in clean(line).split("\t")]
    return "\t".join(cells).strip("\t") if any(cells) else ""


class _Page:
    """Lines under construction. A break is only remembered and made when text follows."""

    __slots__ = ("alt", "apart", "breaking", "cells", "line", "lines", "tabs")

    def __init__(self, *, apart: bool) -> None:
        self.apart = apart
        self.alt = ""
        self.lines: list[str] = []
        self.line: list[str] = []
        self.breaking = False
        self.tabs = 0
        self.cells: list[bool] = []  # for each open cell: has it text yet?

    def end_line(self) -> None:
        self._take_alt()
        text = _folded("".join(self.line)).strip(_OUTSIDE)
        if text:
            self.lines.append(text)
        self.line = []
        self.breaking = False
        self.tabs = 0

    def edge(self) -> None:
        if not self.cells or self.cells[-1]:
            self.breaking = True

    def inner_edge(self) -> None:
        self._take_alt()
        if self.line and not self.breaking and not self.tabs:
            self.line.append(_GAP)

    def picture(self, alt: str) -> None:
        """Note a picture's text where a label waits for it and no text comes: some names are pictures."""
        last = next((piece.rstrip() for piece in reversed(self.line[-6:]) if piece.strip(_GAP + " ")), "")
        if last.endswith((":", "：")) and not self.breaking:
            self.alt = clean(alt)

    def _take_alt(self) -> None:
        if self.alt:
            self.line.append(self.alt)
            self.alt = ""

    def open_cell(self) -> None:
        if self.breaking:
            self.end_line()
        if self.line:
            self.tabs += 1
        self.cells.append(False)

    def close_cell(self) -> None:
        had_text = self.cells.pop()
        self.breaking = False
        if had_text and self.cells:
            self.cells[-1] = True

    def text(self, written: str) -> None:
        written = clean(written)  # a character reference may name what no row can hold: &#1;
        if not written.strip():
            if self.line and not self.breaking and not self.tabs:
                self.line.append(" ")
            return
        self.alt = ""
        if self.breaking:
            self.end_line()
        if self.tabs:
            self.line.append(_CELL_MARK * self.tabs)
            self.tabs = 0
        if self.cells:
            self.cells[-1] = True
        self.line.append(written)


def _folded(written: str) -> str:
    text = " ".join(_visible(written).split())
    if _CELL_MARK in text:
        text = "\t".join(cell.strip() for cell in text.split(_CELL_MARK)).rstrip("\t")
    return text


def lines_of(root: LexborNode, hidden: AbstractSet[int] = frozenset(), *, apart: bool = False) -> list[str]:
    """Return the visible lines below `root`, spaces folded, none empty.

    `hidden` holds the `mem_id` of elements that are left out with their content (see `hidden_nodes`). With
    `apart` the elements of a line are marked off, for `spaced` and `joined`; the lines are the same.
    """
    page = _Page(apart=apart)
    open_nodes: list[LexborNode] = []
    node = root.child
    while node is not None or open_nodes:
        if node is None:
            node = open_nodes.pop()
            _leave(page, node.tag or "")
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            page.text(node.text_content or "")
        elif tag[0] != "-" and tag not in SILENT and node.mem_id not in hidden:
            if apart and tag == "img":
                page.picture(node.attributes.get("alt") or "")
                node = node.next
                continue
            _enter(page, tag)
            if node.child is not None:
                open_nodes.append(node)
                node = node.child
                continue
            _leave(page, tag)
        node = node.next
    page.end_line()
    return page.lines


def _enter(page: _Page, tag: str) -> None:
    if tag in CELLS:
        page.open_cell()
    elif tag in BLOCKS:
        page.edge()
    elif page.apart:
        page.inner_edge()


def _leave(page: _Page, tag: str) -> None:
    if tag in CELLS:
        page.close_cell()
    elif tag in BLOCKS:
        page.edge()
    elif page.apart:
        page.inner_edge()


def spaced(line: str) -> str:
    """Return a line read `apart` with a blank between its elements: values that only styles keep apart."""
    return fold_spaces(line.replace(_GAP, " ")) if _GAP in line else line


def joined(line: str) -> str:
    """Return a line read `apart` as it is otherwise."""
    return fold_spaces(line.replace(_GAP, "")) if _GAP in line else line
