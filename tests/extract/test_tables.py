"""Tables come as full grids, merged cells repeated, and hostile spans cost nothing."""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.tables import CELLS_MAX, Table, read_tables


def tables(markup: str) -> tuple[Table, ...]:
    return read(markup)[0]


def read(markup: str) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    body = LexborHTMLParser(markup).body
    assert body is not None
    return read_tables(body)


@pytest.mark.parametrize(
    ("rows", "grid"),
    [
        ("<tr><td>甲<td>乙<tr><td>1<td>2", (("甲", "乙"), ("1", "2"))),
        ("<tr><td colspan=2>甲<tr><td>1<td>2", (("甲", "甲"), ("1", "2"))),
        ("<tr><td rowspan=2>甲<td>1<tr><td>2", (("甲", "1"), ("甲", "2"))),
        (
            "<tr><td rowspan=2 colspan=2>甲<td>1<tr><td>2<tr><td>3<td>4<td>5",
            (("甲", "甲", "1"), ("甲", "甲", "2"), ("3", "4", "5")),
        ),
        ("<tr><td>甲<td rowspan=3>乙<tr><td>1<tr><td>2", (("甲", "乙"), ("1", "乙"), ("2", "乙"))),
        ("<tr><td>甲<td>乙<tr><td>1", (("甲", "乙"), ("1", ""))),
        ("<tr><td><p>甲</p><p>乙</p><td>丙", (("甲 乙", "丙"),)),
        ("<tr><td colspan=0>甲<td rowspan=x>乙<td colspan=-3>丙", (("甲", "乙", "丙"),)),
    ],
)
def test_grids(rows: str, grid: tuple[tuple[str, ...], ...]):
    assert tables(f"<table>{rows}</table>") == (Table(None, grid),)


def test_caption():
    assert tables("<table><caption>主要 指标</caption><tr><td>甲<td>1</table>")[0].caption == "主要 指标"


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>一格只是排版</table>",
        "<table><tr><td></td><td></td></tr></table>",
        "<table></table>",
    ],
)
def test_tables_that_only_lay_out_are_none(markup: str):
    assert tables(markup) == ()


def test_of_nested_tables_the_inner_one_counts():
    found = tables("<table><tr><td>甲<table><tr><td>1<td>2</table></table>")
    assert found == (Table(None, (("1", "2"),)),)


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td colspan=1000000 rowspan=1000000>甲<td>乙</table>",
        "<table>" + "<tr><td colspan=1000>甲" * 5_000 + "</table>",
        "<table>" + "<tr><td>甲<td rowspan=60000 colspan=1000>乙" * 500 + "</table>",
        "<table><tr><td colspan=1000>甲" + "<tr><td>乙" * 10_000 + "</table>",
        "<table><tr><td>甲<td>乙</table>" * 3_000,
    ],
)
def test_hostile_spans_are_bounded(markup: str):
    begin = time.process_time()
    found, _ = read(markup)
    assert sum(len(row) for table in found for row in table.rows) <= CELLS_MAX
    assert time.process_time() - begin < 2


def test_what_is_cut_is_told():
    assert read("<table>" + "<tr><td colspan=1000>甲" * 60 + "</table>")[1]
