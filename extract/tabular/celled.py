"""The heads of a table's cells: what stands in front of a cell in its row, and above it in its column."""

from dataclasses import dataclass

from extract.tables import Table
from extract.tabular.blocks import Block, blocks, cell_at
from extract.tabular.grids import Cell, Grid

_BETWEEN = " / "  # levels of a head, outer first

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heads:
    """What a cell's row and column are called; empty where they have no name."""

    row: str
    column: str


def heads_of(table: Table) -> dict[Place, Heads]:
    """Return the heads of each cell below the head of its block, by row and column counted from 0.

    A table without a head has none; a merged head stands over each of its columns.
    """
    # a cell knows where it stands: here in the table, not in the body
    rows = tuple(
        tuple(Cell(text, row_no, column_no) for column_no, text in enumerate(row))
        for row_no, row in enumerate(table.rows)
    )
    return {place: heads for block in blocks(Grid(rows, ())) for place, heads in _of_block(block)}


def _of_block(block: Block) -> list[tuple[Place, Heads]]:
    labels = block.of_role("label")
    named = []
    for row in block.rows:
        name = _BETWEEN.join(dict.fromkeys(text for label in labels if (text := cell_at(row, label).text)))
        for column in block.columns:
            if column.at < len(row):
                cell = row[column.at]
                head = _BETWEEN.join(dict.fromkeys(filter(None, column.levels)))
                named.append(((cell.start, cell.end), Heads("" if column in labels else name, head)))
    return named
