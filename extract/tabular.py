"""Statistical tables as figures: each number with its name, unit, measure and period.

Only a block whose heads, units or caption say that it is statistics gives figures: lists of people, rooms,
contracts or duties give none, and neither does a number whose unit the table does not tell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from extract.amounts import Amount, TableUnit, read_amount, unit_of
from extract.blocks import Block, Column, blocks, cell_at
from extract.document import Document
from extract.fold import fold
from extract.grids import Cell, Grid, Row, placed_grids
from extract.heads import Head, bare, is_refused
from extract.lined import lined_grids
from extract.period import Mention, Period, mentions
from extract.reading import Measure
from extract.rownames import Outline, RowName, caption_noun, is_indicator, of_class, read_row_name
from extract.status import Status

_FIGURES_MAX = 20_000  # of a document
_CHANGES = re.compile(r"涨跌|增长速度|增长率|增长情况|增速|涨幅|[比较](?:上|去)年增长")
_RELATIVE = ("%", "‰", "个百分点")
_UNIT_MARKS = re.compile(r"[、,，;；]|\s+")
_PROSE = re.compile(r"[。；！？]")
_PROSE_CELL_MIN = 30  # characters: a longer cell may hold a sentence for the prose reader


@dataclass(frozen=True, slots=True)
class TableFigure:
    """A number of a statistical table; `body[start:end]` is it as its cell writes it, in code points.

    `value` is signed, in `unit` (None: an index or a plain number). `period` names what the table says of the
    time, a year that it leaves open to be filled from the document; None where it says nothing. `subject`
    is the place that the row or column is about, with which `name` begins then. `heads` are the levels of
    the column's head.
    """

    start: int
    end: int
    name: str
    subject: str | None
    measure: Measure
    value: Decimal
    unit: TableUnit | None
    status: Status
    scope: str | None
    period: Mention | None
    caption: str
    heads: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class TableReading:
    """The figures of a document's tables in order, and the spans of the body that are table text."""

    figures: tuple[TableFigure, ...]
    spans: tuple[tuple[int, int], ...]


def read_tables_of(document: Document) -> TableReading:
    """Read the statistical tables of a page, or of a plain text where their rows are plain.

    Spans are sorted and do not overlap; they cover the rows of all tables but for cells of running text,
    and the captions of statistical ones.
    """
    grids = placed_grids(document.body, document.tables) if document.tables else lined_grids(document.body)
    title = _named(document.title)
    figures: dict[int, TableFigure] = {}
    spans: list[tuple[int, int]] = []
    for grid in grids:
        found = [figure for block in blocks(grid) for figure in _figures(block, document.body, title)]
        for figure in found[: _FIGURES_MAX - len(figures)]:
            figures.setdefault(figure.start, figure)
        if found or document.tables:
            spans.extend(span for span in grid.spans if not _is_prose(document.body, span))
    return TableReading(tuple(figures[start] for start in sorted(figures)), tuple(sorted(set(spans))))


def _is_prose(body: str, span: tuple[int, int]) -> bool:
    """Tell whether a row has a cell of running text."""
    row = body[slice(*span)]
    return _PROSE.search(row) is not None and any(len(cell) >= _PROSE_CELL_MIN for cell in row.split("\t"))


def _named(text: str | None) -> Mention | None:
    """Return the period that a title or a caption names."""
    folded = fold(text).text if text else ""
    found = mentions(folded)
    if found:
        return found[0]
    year = re.search(r"(?<!\d)(?:19|20)\d{2}(?=年)", folded)
    return Mention(*year.span(), Period(int(year.group()))) if year else None


def _figures(block: Block, body: str, title: Mention | None) -> Iterator[TableFigure]:
    """Yield the figures of a block, none where it is no statistics."""
    reader = _BlockReader(block, title)
    if reader.is_statistics():
        for row in block.rows:
            yield from reader.row(row, body)


class _BlockReader:
    """Reads the rows of one block, from top to bottom."""

    def __init__(self, block: Block, title: Mention | None) -> None:
        self._block = block
        self._values = block.of_role("value")
        self._labels = block.of_role("label")
        self._unit = next(iter(block.of_role("unit")), None)
        self._told = _named(block.caption)
        self._context = self._told or title
        self._noun = caption_noun(block.caption)
        self._outline = Outline(self._noun)
        self._units = _units_of(block.unit_note) or _units_in_caption(block.caption)
        relative = not self._units or any(unit.written in _RELATIVE for unit in self._units)
        self._grows = relative and _CHANGES.search(bare(block.caption)) is not None

    def is_statistics(self) -> bool:
        """Tell whether heads, units or caption say that the block is statistics."""
        heads = [level for column in self._block.columns for level in column.levels]
        if not self._values or not self._labels or any(is_refused(level) for level in heads):
            return False
        if self._unit or self._units or any(column.head.told for column in self._values):
            return True
        rows = [read_row_name(cell_at(row, self._labels[-1]).text) for row in self._block.rows]
        return sum(row.unit is not None for row in rows) * 2 >= len(rows)

    def row(self, row: Row, body: str) -> Iterator[TableFigure]:
        """Yield the figures of a row; one without numbers says what the rows below it are about."""
        cells = {column.at: cell_at(row, column) for column in self._values}
        name = self._row_name(row)
        amounts = {at: read_amount(body[cell.start : cell.end]) for at, cell in cells.items() if cell.start >= 0}
        if not any(amounts.values()) and not any(cell.text for cell in cells.values() if cell.text != name.name):
            self._outline.section(cell_at(row, self._labels[0]).text or name.name)
            return
        unit = unit_of(cell_at(row, self._unit).text) or name.unit
        parent, parent_unit = self._outline.parent(name)
        if name.name and is_indicator(name.name) and not name.growth:
            self._outline.enter(name, unit)
            parent = ""
        unit = unit or (None if name.whole else parent_unit)
        for column in self._values:
            amount = self._amount(column, cells[column.at], body)
            if amount is not None:
                yield from self._figure(column, cells[column.at], amount, _Row(name, unit, parent))
