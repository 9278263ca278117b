"""Block-aware text: what a reader sees as lines, and only that."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.lines import fold_spaces, hidden_nodes, lines_of


def lines(markup: str) -> list[str]:
    tree = LexborHTMLParser(f"<body>{markup}</body>")
    assert tree.body is not None
    return lines_of(tree.body, hidden_nodes(tree))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>甲<b>乙</b>丙</p>丁", ["甲乙丙", "丁"]),
        ("甲<br>乙<br><br>丙", ["甲", "乙", "丙"]),
        ("<p>　　甲  乙\n丙&nbsp;&nbsp;丁</p>", ["甲 乙 丙 丁"]),
        ("<div><div><span>甲</span></div></div><section>乙</section>", ["甲", "乙"]),
        ("甲<script>var a='乙'</script><style>p{}</style><!-- 丙 --><noscript>丁</noscript>", ["甲"]),
        ("<select><option>甲</select><button>乙</button>丙", ["丙"]),
        ("<ucapcontent>甲</ucapcontent>乙", ["甲", "乙"]),
    ],
)
def test_blocks_break_lines(markup: str, expected: list[str]):
    assert lines(markup) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr>", ["甲\t乙", "丙\t丁"]),
        ("<tr><td><p>甲</p></td><td><p>乙</p></td></tr>", ["甲\t乙"]),
        ("<tr><td>甲</td><td></td><td>乙</td></tr>", ["甲\t\t乙"]),
        ("<tr><td></td><td>乙</td><td></td></tr>", ["乙"]),
        ("<tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr>", ["甲", "乙\t丙"]),
        (
            "<tr><td><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table></td><td>丙</td></tr>",
            ["甲", "乙\t丙"],
        ),
    ],
)
def test_cells_are_joined_by_a_tab(rows: str, expected: list[str]):
    assert lines(f"<table>{rows}</table>") == expected


@pytest.mark.parametrize(
    "attribute", ["hidden", 'style="color:red; DISPLAY : none"', 'class="a ng-hide"', 'class="sr-only"']
)
def test_hidden_elements_give_nothing(attribute: str):
    assert lines(f"甲<div {attribute}>乙<p>丙</p></div>丁") == ["甲丁"]


def test_deep_nesting_needs_no_recursion():
    assert lines("<div>" * 5_000 + "甲") == ["甲"]


def test_fold_spaces_keeps_tabs_between_cells():
    assert fold_spaces("　甲　 乙\t\u200b丙 \t") == "甲 乙\t丙"
