"""The text of a Word file: paragraphs and rows of tables in their order."""

from io import BytesIO

import docx
from docx.table import Table as WordTable

from extract.decode import clean
from extract.files.content import FileContent, row_line
from extract.lines import fold_spaces
from extract.tables import CELLS_MAX, Table


def read_docx(payload: bytes) -> FileContent:
    """Return paragraphs and tables of a Word file, merged cells repeated in each place they span.

    Numbers that Word counts by itself (automatic lists) are not in the file's text.
    """
    lines: list[str] = []
    tables: list[Table] = []
    warnings: tuple[str, ...] = ()
    left = CELLS_MAX
    for block in docx.Document(BytesIO(payload)).iter_inner_content():
        if not isinstance(block, WordTable):
            lines += [line for line in map(fold_spaces, clean(block.text).splitlines()) if line.strip()]
            continue
        rows = _rows(block, left)
        left -= sum(map(len, rows))
        tables.append(Table(None, rows))
        lines += filter(None, map(row_line, rows))
        if left <= 0:
            warnings = (f"tables: more than {CELLS_MAX} cells, the rest is left out",)
            break
    return FileContent(tuple(lines), tuple(tables), warnings)


def _rows(table: WordTable, cells_left: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table, equally long, at most so many cells."""
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        before = ("",) * row.grid_cols_before
        cells = (*before, *(clean(cell.text) for cell in row.cells), *("",) * row.grid_cols_after)
        cells_left -= len(cells)
        if cells_left < 0:
            break
        rows.append(cells)
    width = max(map(len, rows), default=0)
    return tuple((*row, *("",) * (width - len(row))) for row in rows)
