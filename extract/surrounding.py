"""The lines around a body: its title, source and date stand above it, on some pages below.

Lines are read `apart`: where only styles keep two values of one line from each other, a mark stands between
them (`extract.lines.spaced`).
"""

import itertools
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.lines import SILENT, fold_spaces, joined, lines_of
from extract.strip import is_crumb, is_end

_LINES_BEFORE_MAX, _LINES_AFTER_MAX = 60, 12


def lines_before(container: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    """Return the visible lines above an element, up to the navigation path or to 60 lines.

    What stands nearest is looked at first: the siblings before it, then those before its parent, and so on.
    """
    chunks: list[list[str]] = []
    count = 0
    for sibling in _siblings(container, forward=False):
        lines = _node_lines(sibling, hidden)
        chunks.append(lines)
        count += len(lines)
        if count >= _LINES_BEFORE_MAX or any(is_crumb(joined(line)) for line in lines):
            break
    return [line for chunk in reversed(chunks) for line in chunk][-_LINES_BEFORE_MAX:]


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


def _node_lines(node: LexborNode, hidden: AbstractSet[int]) -> list[str]:
    tag = node.tag or ""
    if tag == "-text":
        line = fold_spaces(node.text_content or "")
        return [line] if line.strip() else []
    if tag.startswith("-") or tag in SILENT or node.mem_id in hidden:
        return []
    return lines_of(node, hidden, apart=True)
