"""Tables of a document as grids: every row equally long, merged cells repeated in each place they span.

Spans are clamped as HTML does (1,000 columns), and a document's cells are bounded, so a colspan of a
million costs nothing. Tables that only lay out a page (one cell, or another table inside) are no tables.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from extract.lines import CELLS, innermost, lines_of

Rows = tuple[tuple[str, ...], ...]

CELLS_MAX = 50_000  # of all tables of a document
_SPAN_MAX = 1_000
_TABLES_MAX = 200


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its caption, if it has one, and its rows of cell texts, merged cells resolved."""

    caption: str | None
    rows: Rows


def read_tables(
    container: LexborNode, hidden: AbstractSet[int] = frozenset()
) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Return the data tables below `container` in order, and warnings about what was cut."""
    tables: list[Table] = []
    left = CELLS_MAX
    for node in innermost(container.css("table"))[:_TABLES_MAX]:
        if node.mem_id in hidden:
            continue
        rows, is_cut = _grid(node, left, hidden)
        left -= sum(len(row) for row in rows)
        if len(rows) * len(rows[0]) > 1 if rows else False:
            caption = node.css_first("caption")
            tables.append(Table(_text(caption) or None if caption is not None else None, rows))
        if is_cut:
            return tuple(tables), (f"tables: more than {CELLS_MAX} cells, the rest is left out",)
    return tuple(tables), ()


def _grid(table: LexborNode, cells_left: int, hidden: AbstractSet[int]) -> tuple[Rows, bool]:
    """Lay the cells out, at most `cells_left`; the second value tells whether rows were left out.

    `reaching` holds for each column the text of a cell from above and how many rows it still reaches down.
    """
    rows: list[list[str]] = []
    reaching: dict[int, tuple[str, int]] = {}
    for row in table.css("tr"):
        if row.mem_id in hidden:
            continue
        line: list[str] = []
        for cell in _cells(row, hidden):
            _fill_reached(line, reaching)
            text = _text(cell)
            down = _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if down > 1:
                    reaching[len(line)] = (text, down - 1)
                line.append(text)
            if len(line) > cells_left:
                return _squared(rows), True
        _fill_reached(line, reaching)
        if any(line):
            rows.append(line)
        cells_left -= len(line)
        if cells_left <= 0:
            return _squared(rows), True
    width = max((len(line) for line in rows), default=0)
    return _squared(rows), width * len(rows) > CELLS_MAX


def _cells(row: LexborNode, hidden: AbstractSet[int]) -> list[LexborNode]:
    cells = []
    child = row.child
    while child is not None:
        if child.tag in CELLS and child.mem_id not in hidden:
            cells.append(child)
        child = child.next
    return cells


def _fill_reached(line: list[str], reaching: dict[int, tuple[str, int]]) -> None:
    while (column := len(line)) in reaching:
        text, rows_left = reaching.pop(column)
        if rows_left > 1:
            reaching[column] = (text, rows_left - 1)
        line.append(text)


def _squared(rows: list[list[str]]) -> Rows:
    width = max((len(line) for line in rows), default=0)
    if width * len(rows) > CELLS_MAX:
        return tuple(tuple(line) for line in rows)
    return tuple(tuple(line + [""] * (width - len(line))) for line in rows)


def _span(cell: LexborNode, name: str) -> int:
    written = (cell.attributes.get(name) or "").strip()[:7]
    return min(max(int(written), 1), _SPAN_MAX) if written.isascii() and written.isdigit() else 1


def _text(node: LexborNode) -> str:
    return " ".join(lines_of(node)).replace("\t", " ")
