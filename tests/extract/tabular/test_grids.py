"""Cells of a page's tables are found where they stand in the body, whatever is merged or missing."""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.lines import lines_of
from extract.tables import Table, read_tables
from extract.tabular.grids import placed_grids


def placed(markup: str) -> tuple[str, list[list[list[str]]]]:
    """Return the body of a page and, for each table, what stands at the place of each of its cells."""
    node = LexborHTMLParser(markup).body
    assert node is not None
    body = "\n".join(lines_of(node))
    grids = placed_grids(body, read_tables(node)[0])
    return body, [
        [[body[cell.start : cell.end] if cell.start >= 0 else "" for cell in row] for row in grid.rows]
        for grid in grids
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("<tr><td>甲<td>乙<tr><td>1<td>2", [["甲", "乙"], ["1", "2"]]),
        ("<tr><td colspan=2>甲<tr><td>1<td>2", [["甲", "甲"], ["1", "2"]]),
        ("<tr><td rowspan=2>甲<td>1<tr><td>12", [["甲", "1"], ["甲", "12"]]),
        ("<tr><td>甲<td>5<td>5<tr><td>乙<td>5<td>7", [["甲", "5", "5"], ["乙", "5", "7"]]),
        ("<tr><td>甲<td>乙<tr><td><td>2", [["甲", "乙"], ["", "2"]]),
        ("<tr><td><td>乙<tr><td>甲<td>", [["", "乙"], ["甲", ""]]),
        ("<tr><td><p>甲<p>乙</p><td>丙<tr><td>1<td>2", [["甲\n乙", "丙"], ["1", "2"]]),
    ],
)
def test_places(rows, found):
    assert placed(f"<p>甲乙12</p><table>{rows}</table><p>1</p>")[1] == [found]


def test_a_table_that_the_body_lacks_is_left_out():
    assert list(placed_grids("别的文字", (Table(None, (("甲", "乙"), ("1", "2"))),))) == []


def test_two_tables_alike_have_their_own_places():
    table = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    grids = list(placed_grids("甲\t1\n乙\t2\n甲\t1\n乙\t2", read_tables(LexborHTMLParser(table * 2).body)[0]))
    assert [grid.rows[0][1].start for grid in grids] == [2, 10]


def test_caption_and_unit_line_above():
    body, _ = placed(
        "<p>正文。</p><p>表1 各街道产值</p><p>单位：万元</p>"
        "<table><tr><td>街道<td>产值<tr><td>东港<td>5</table>"
    )
    (grid,) = placed_grids(body, (Table(None, (("街道", "产值"), ("东港", "5"))),))
    assert (grid.caption, grid.unit_note) == ("表1 各街道产值", "万元")
    assert [body[slice(*span)] for span in grid.spans] == [
        "表1 各街道产值",
        "单位：万元",
        "街道\t产值",
        "东港\t5",
    ]


def test_a_heading_above_is_a_caption_but_no_table_text():
    body = "二、工业产值\n街道\t产值\n东港\t5"
    (grid,) = placed_grids(body, (Table(None, (("街道", "产值"), ("东港", "5"))),))
    assert grid.caption == "二、工业产值"
    assert body[slice(*grid.spans[0])] == "街道\t产值"


def test_time_is_linear():
    rows = tuple((f"粮食{n}", str(n), "3.1") for n in range(10_000))
    body = "\n".join(map("\t".join, rows))
    absent = tuple(Table(None, (("3.1", "x"), ("y", "z"))) for _ in range(200))
    begin = time.process_time()
    assert len(list(placed_grids(body, (*absent, Table(None, rows))))) == 1
    assert time.process_time() - begin < 2
