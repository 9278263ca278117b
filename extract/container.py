"""The element of a page that holds the document.

Known anchors of the platforms come first, because they are cheap to look up and name the body exactly; where
there is none, `extract.finder` finds it by its text.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.finder import best_block

_ANCHORS = (
    "#zoomcon, #zoom, #UCAP-CONTENT, ucapcontent, .TRS_Editor, .TRS_UEDITOR, .trs_editor_view, "
    ".trs_paper_default, #vsb_content, .v_news_content, .j-fontContent, #ivs_content, #fontzoom"
)
_CANDIDATES_MAX = 40  # each one is measured with its ancestors: more would make nested anchors quadratic
_ANCHOR_TEXT_MIN = 20


def find_container(
    tree: LexborHTMLParser, title: str | None, hidden: AbstractSet[int], *, anchors: bool = True
) -> LexborNode | None:
    """Return the element that holds the document, or None where no text of the page counts for one.

    `title` is the page's own title: its line counts against an element, because it stands above the body.
    `hidden` holds the elements that are not shown (`extract.lines.hidden_nodes`). Without `anchors` the page
    is read as one of an unknown platform: that is how the finder is measured.
    """
    body = tree.body
    if body is None:
        return None
    anchored = _anchored(tree, hidden) if anchors else None
    return anchored or best_block(body, title, hidden) or _bare(body)


def _bare(body: LexborNode) -> LexborNode | None:
    """Return the whole of a page that has text and not one link: there are no menus to be told from it."""
    return body if body.css_first("a") is None and body.text().strip() else None


def _anchored(tree: LexborHTMLParser, hidden: AbstractSet[int]) -> LexborNode | None:
    best: LexborNode | None = None
    best_length = _ANCHOR_TEXT_MIN - 1
    for node in tree.css(_ANCHORS)[:_CANDIDATES_MAX]:
        if any(each.mem_id in hidden for each in _with_ancestors(node)):
            continue
        length = len("".join(node.text().split()))
        # the inner one of two nested anchors wins when it holds nearly all of the text
        nested = best is not None and any(each.mem_id == best.mem_id for each in _with_ancestors(node))
        if length > best_length or (nested and length >= best_length * 0.9):
            best, best_length = node, length
    return best


def _with_ancestors(node: LexborNode) -> Iterator[LexborNode]:
    current: LexborNode | None = node
    while current is not None:
        yield current
        current = current.parent
