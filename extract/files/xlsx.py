"""The sheets of an Excel file as tables, numbers as the sheet shows them."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from extract.decode import clean
from extract.files.content import FileContent, row_line
from extract.tables import CELLS_MAX, Table

_PLACES = re.compile(r"[0#](?:\.(?P<places>0+))?")
_SIGNIFICANT = 15  # digits that a sheet keeps of a number


def read_xlsx(payload: bytes) -> FileContent:
    """Return each sheet that has cells as a table named by the sheet; formulas give their last result."""
    book = openpyxl.load_workbook(BytesIO(payload), data_only=True)
    lines: list[str] = []
    tables: list[Table] = []
    left = CELLS_MAX
    for sheet in book.worksheets:
        rows = tuple(_rows(sheet, left))
        left -= sum(map(len, rows))
        if not rows:
            continue
        tables.append(Table(clean(sheet.title) or None, rows))
        lines += filter(None, map(row_line, rows))
    warnings = (f"tables: more than {CELLS_MAX} cells, the rest is left out",) if left <= 0 else ()
    return FileContent(tuple(lines), tuple(tables), warnings)


def _rows(sheet: Worksheet, cells_left: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows that hold something, merged cells filled; hidden rows are left out."""
    merged = _merged(sheet)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if sheet.row_dimensions[number].hidden:
            continue
        cells = tuple(merged.get((number, place)) or _shown(cell) for place, cell in enumerate(row, start=1))
        cells_left -= len(cells)
        if cells_left < 0:
            return
        if any(cells):
            yield cells


def _merged(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Return the text of each place that a merged cell spans, as far as cells are read."""
    filled: dict[tuple[int, int], str] = {}
    for span in sheet.merged_cells.ranges:
        if len(filled) + span.size["rows"] * span.size["columns"] > CELLS_MAX:
            break
        text = _shown(sheet.cell(span.min_row, span.min_col))
        filled.update(dict.fromkeys(span.cells, text))
    return filled


def _shown(cell: Cell | MergedCell) -> str:
    """Return a cell's value as its format shows it: 0.056 as 5.6% where the format is a percentage."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (datetime, date)):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if not isinstance(value, (int, float)):
        return clean(str(value)).strip()
    shape = str(cell.number_format or "General").split(";")[0]
    number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    percent = "%" if "%" in shape else ""
    number *= 100 if percent else 1
    places = _PLACES.search(shape)
    if places and shape != "General":
        return f"{number:.{len(places['places'] or '')}f}{percent}"
    return f"{number.normalize():f}{percent}"
