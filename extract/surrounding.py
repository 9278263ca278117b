"""The lines around a body: its title, source and date stand above it, on some pages below.

Lines are read `apart`: where only styles keep two values of one line from each other, a mark stands between
them (`extract.lines.spaced`).
"""

import itertools
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.lines import BLOCKS, SILENT, fold_spaces, joined, lines_of
from extract.strip import is_crumb, is_end

_LINES_BEFORE_MAX, _LINES_AFTER_MAX = 60, 12


def lines_before(container: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    """Return the visible lines above an element, up to the navigation path or to 60 lines.

    What stands nearest is looked at first: the siblings before it, then those before its parent, and so on,
    each from its end.
    """
    upward: list[str] = []
    for sibling in _siblings(container, forward=False):
        start = len(upward)
        for part in _parts_from_end(sibling, hidden):
            upward += reversed(_node_lines(part, hidden))
            if len(upward) >= _LINES_BEFORE_MAX:
                return upward[:_LINES_BEFORE_MAX][::-1]
        if any(is_crumb(joined(line)) for line in upward[start:]):
            break
    return upward[::-1]


def lines_after(container: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    """Return the first visible lines below an element, where some pages print the source."""
    lines: list[str] = []
    for sibling in _siblings(container, forward=True):
        lines += _node_lines(sibling, hidden)
        if len(lines) >= _LINES_AFTER_MAX:
            break
    return lines[:_LINES_AFTER_MAX]


def lines_above_footer(tree: LexborHTMLParser, hidden: AbstractSet[int]) -> list[str]:
    """Return the visible lines of a page without a body, up to its footer."""
    lines = lines_of(tree.body, hidden, apart=True) if tree.body is not None else []
    return list(itertools.takewhile(lambda line: not is_end(joined(line)), lines))


def _siblings(container: LexborNode, *, forward: bool) -> Iterator[LexborNode]:
    node: LexborNode | None = container
    while node is not None and node.tag not in ("body", "html"):
        sibling = node.next if forward else node.prev
        while sibling is not None:
            yield sibling
            sibling = sibling.next if forward else sibling.prev
        node = node.parent


def _parts_from_end(node: LexborNode, hidden: AbstractSet[int]) -> Iterator[LexborNode]:
    """Yield the elements whose lines together are those of `node`, the last first.

    An element that holds blocks and no text of its own is taken apart: a menu need not be read to its start.
    """
    pending = [node]
    while pending:
        part = pending.pop()
        blocks = _blocks_of(part) if _is_shown(part, hidden) else []
        pending += blocks
        if not blocks:
            yield part


def _blocks_of(node: LexborNode) -> list[LexborNode]:
    """Return the blocks in an element; none where text or a picture stands beside them."""
    blocks: list[LexborNode] = []
    for child in node.iter(include_text=True):
        tag = child.tag or "-"
        if tag in BLOCKS:
            blocks.append(child)
        elif (child.text_content or "").strip() if tag[0] == "-" else tag not in SILENT:
            return []
    return blocks


def _is_shown(node: LexborNode, hidden: AbstractSet[int]) -> bool:
    tag = node.tag or "-"
    return tag[0] != "-" and tag not in SILENT and node.mem_id not in hidden


def _node_lines(node: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    if node.tag == "-text":
        line = fold_spaces(node.text_content or "")
        return [line] if line.strip() else []
    return lines_of(node, hidden, apart=True) if _is_shown(node, hidden) else []
