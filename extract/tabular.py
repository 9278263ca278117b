"""Statistical tables as figures: each number with its name, unit, measure and period.

Only a block whose heads, units or caption say that it is statistics gives figures: lists of people, rooms,
contracts or duties give none, and neither does a number whose unit the table does not tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.amounts import Amount, TableUnit, read_amount, unit_of
from extract.blocks import Block, Column, blocks, cell_at
from extract.document import Document
from extract.enumeration import merged
from extract.fold import fold
from extract.grids import Cell, Row, placed_grids
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
        yield from reader.figures(body)


def _units_of(note: str) -> list[TableUnit]:
    """Read the units of a note (单位:亿元、%)."""
    whole = unit_of(note)
    found = [whole] if whole else [unit_of(part) for part in _UNIT_MARKS.split(note)]
    return [unit for unit in found if unit]


def _units_in_caption(caption: str) -> list[TableUnit]:
    """Read the units that a caption has in brackets: 主要产品产量(吨)."""
    found = [_units_of(re.sub(r"^单位:", "", each)) for each in re.findall(r"\(([^()]{1,20})\)", bare(caption))]
    return [unit for units in found for unit in units]


def _inherited(columns: Sequence[Column]) -> list[Head]:
    """Give the heads of growth, rank and share (增速, 位次) the name and the period of the amount they stand by.

    The amount of a year before (上年同期) has name and unit of the one beside it.
    """
    heads: list[Head] = []
    amount: Head | None = None
    timed: Head | None = None
    for column in columns:
        head = column.head
        leans = head.measure in ("change", "rank", "progress") or bool(head.share)
        if amount is not None and (leans or head.when == "earlier"):
            head = replace(head, name=head.name or amount.name)
        if amount is not None and head.when == "earlier":
            head = replace(head, unit=head.unit or amount.unit, mention=head.mention or amount.mention)
        elif timed is not None and head.mention is None and head.when in (None, timed.when):
            head = replace(head, mention=timed.mention, when=timed.when)
        if head.measure == "rank" and heads and heads[-1].measure == "change":
            head = replace(head, of_rate=True)
        if head.when != "earlier":
            timed, amount = head, amount if leans else head
        heads.append(head)
    return heads


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as its numbers need it: its name, its own unit, and the indicator it is a class of, with unit."""

    name: RowName
    unit: TableUnit | None
    parent: str
    parent_unit: TableUnit | None


class _BlockReader:
    """Reads the rows of one block, from top to bottom."""

    def __init__(self, block: Block, title: Mention | None) -> None:
        self._block = block
        self._values = block.of_role("value")
        self._heads = _inherited(self._values)
        self._labels = block.of_role("label")
        self._unit = next(iter(block.of_role("unit")), None)
        self._told = _named(block.caption)
        self._context = self._told or title
        self._outline = Outline(caption_noun(block.caption))
        self._units = _units_of(block.unit_note) or _units_in_caption(block.caption)
        relative = not self._units or any(unit.written in _RELATIVE for unit in self._units)
        self._divides = re.search("构成|结构|比重", block.caption) is not None
        self._grows = relative and _CHANGES.search(bare(block.caption)) is not None

    def is_statistics(self) -> bool:
        """Tell whether heads, units or caption say that the block is statistics."""
        levels = [level for column in self._block.columns for level in column.levels]
        if not self._values or not self._labels or any(is_refused(level) for level in levels):
            return False
        if self._unit or self._units or any(column.head.told for column in self._values):
            return True
        rows = [read_row_name(cell_at(row, self._labels[-1]).text) for row in self._block.rows]
        return sum(row.unit is not None for row in rows) * 2 >= len(rows)

    def figures(self, body: str) -> Iterator[TableFigure]:
        """Yield the figures of all rows; a row without numbers says what the rows below it are about."""
        for cells in self._block.rows:
            amounts = [self._amount(head, cell_at(cells, column), body) for head, column in self._pairs()]
            if not any(amounts):
                self._outline.section(cell_at(cells, self._labels[-1]).text or cells[0].text)
                continue
            row = self._row(cells)
            for (head, column), amount in zip(self._pairs(), amounts, strict=True):
                figure = self._figure(row, head, column, amount, cell_at(cells, column)) if amount else None
                if figure is not None:
                    yield figure

    def _pairs(self) -> list[tuple[Head, Column]]:
        return list(zip(self._heads, self._values, strict=True))

    def _amount(self, head: Head, cell: Cell, body: str) -> Amount | None:
        """Read the number of a cell; one merged with a cell of the row above is read there."""
        if not cell.text or cell.start < 0:
            return None
        return read_amount(body[cell.start : cell.end], rank=head.measure == "rank")

    def _row(self, cells: Row) -> _Row:
        """Read the name of a row, the last of its labels; the label before it may say what it is a class of."""
        names = [read_row_name(cell_at(cells, column).text) for column in self._labels]
        names = [name for name in names if name.name or name.mention or name.growth] or names[-1:]
        name = names[-1]
        unit = unit_of(cell_at(cells, self._unit).text) or name.unit
        parent, parent_unit = self._outline.parent(name)
        if unit and parent_unit and not unit.alike(parent_unit):
            parent = ""
        if len(names) > 1 and names[-2].name and names[-2].name != name.name:
            name, parent = _with_group(names[-2], name, parent)
        if name.whole and not name.growth:
            self._outline.enter(name, unit)
            parent, parent_unit = "", None
        return _Row(name, unit, parent, parent_unit)

    def _figure(
        self, row: _Row, head: Head, column: Column, amount: Amount, cell: Cell
    ) -> TableFigure | None:
        measure = self._measure(row, head)
        unit, is_told = self._unit_of(row, head, measure, amount)
        if self._divides and measure == "level" and not head.share and unit and unit.written == "%":
            head = replace(head, share="比重")
        name, subject, rule = _name(row, head)
        if not is_told or not name:
            return None
        rate = head.of_rate or (row.name.growth and head.measure == "change")
        return TableFigure(
            start=cell.start + amount.start,
            end=cell.start + amount.end,
            name=_share(name, row, head) + ("增速" if rate else ""),
            subject=subject,
            measure=measure,
            value=amount.value,
            unit=unit,
            status=head.status,
            scope=head.scope,
            period=self._period(row.name, head),
            caption=self._block.caption,
            heads=column.levels,
            rule=rule,
        )

    def _measure(self, row: _Row, head: Head) -> Measure:
        if row.name.growth and head.measure not in ("rank", "progress"):
            return "change"
        if head.measure is not None:
            return head.measure
        own = row.unit or row.name.unit
        return "change" if self._grows and (own is None or own.written in _RELATIVE) else "level"

    def _unit_of(
        self, row: _Row, head: Head, measure: Measure, amount: Amount
    ) -> tuple[TableUnit | None, bool]:
        """Return a number's unit, and whether the table tells it: an index has none and that is told."""
        if amount.unit:
            return amount.unit, True
        if row.name.growth:
            return row.name.unit, True
        if measure in ("rank", "progress") or head.share or (measure == "change" and head.unit):
            return head.unit or unit_of("%"), True
        if measure == "change" and head.measure is None:
            return unit_of("%"), True
        if head.index or row.name.name.endswith("指数") or "=100" in bare(self._block.caption):
            return None, True
        amounts = [unit for unit in self._units if unit.written not in _RELATIVE] or self._units
        general = amounts[0] if len(amounts) == 1 else None
        unit = row.unit or head.unit or row.parent_unit or general
        return unit, unit is not None

    def _period(self, row: RowName, head: Head) -> Mention | None:
        """Return the period of a number: the row's, the column's, else the caption's."""
        around = self._context.resolved(None) if self._context else Period(None)
        own = row.mention or head.mention
        period = own.resolved(around) if own else around
        if head.when == "current" and own is None:
            period = replace(period, first=period.last) if not period.whole() else None
        elif head.when == "cumulative":
            period = replace(period, first=1) if own or not around.whole() else around
        elif head.when == "earlier":
            if period.year is None:
                return Mention(0, 0, period, shift=-1)
            period = replace(period, year=period.year - 1)
        elif own is None:
            return self._told
        return Mention(0, 0, period) if period and (period.year or own) else None


def _with_group(group: RowName, name: RowName, parent: str) -> tuple[RowName, str]:
    """Name a row by the two labels it has: 工业, 增加值 is 工业增加值; a class is one of its group."""
    if is_indicator(group.name) and not name.whole:
        return name, group.name
    if name.whole and not is_indicator(group.name) and group.name not in name.name and len(name.name) <= 4:
        return replace(name, name=group.name + name.name), parent
    return name, parent


def _share(name: str, row: _Row, head: Head) -> str:
    """Name a share: of what the column says, else of the whole that the row is a class of."""
    if not head.share:
        return name
    whole = head.whole or (row.parent if not row.name.total else "")
    return f"{name}占{whole}的{head.share}" if whole and head.share == "比重" else name + head.share


def _name(row: _Row, head: Head) -> tuple[str, str | None, str]:
    """Name a number by its row, its column and what the table counts; with the place it is of and the rule."""
    name, column, parent = row.name, head.name, row.parent
    counts = is_indicator(column) or (head.unit is not None and not head.share and len(column) > 2)
    if name.growth:
        return (of_class(name.name, parent) if name.name and not name.whole else name.name or parent), None, "row"
    if name.total or not name.name:
        return (column if counts else of_class(column, parent) if column else parent), None, "total"
    if name.place:
        what = column or parent
        return (name.name + what if what else ""), name.name, "place"
    if column and counts:
        again = column in name.name or (name.whole and column[-1] == name.name[-1])
        return name.name if again else merged(name.name, column), None, "cross"
    own = name.name if name.whole else of_class(name.name, parent)
    return (column + own if column and column not in own else own), None, "row" if name.whole else "class"
