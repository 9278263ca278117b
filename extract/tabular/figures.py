"""The figures of one block of a table: each number with its measure, unit, period and name.

Only a block whose heads, units or caption say that it is statistics gives figures: lists of people, rooms,
contracts or duties give none, and neither does a number whose unit the table does not tell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.enumeration import shared_tail
from extract.fold import fold
from extract.period import Mention, Period, mentions
from extract.reading import Measure
from extract.status import Status
from extract.tabular.amounts import Amount, TableUnit, read_amount, unit_of
from extract.tabular.blocks import Block, Column, cell_at
from extract.tabular.grids import Cell, Row
from extract.tabular.heads import Head, bare, is_refused
from extract.tabular.rownames import (
    Outline,
    RowName,
    Whole,
    can_be_of,
    caption_noun,
    is_indicator,
    is_price,
    read_row_name,
)
from extract.tabular.tablenames import NamedRow, figure_name, inherited, share_name, with_group
from extract.wording import words

_CHANGES = re.compile(r"涨跌|同比增长|增长速度|增长率|增长情况|增速|涨幅|[比较](?:上|去)年增长")
_PARTS = re.compile(r"构成|结构|比重")
_RELATIVE = ("%", "‰", "个百分点")
_NO_NAME = re.compile(r"[^一-鿿A-Za-z]+|.{0,8}\d{1,2}[日号]")  # 22:00, ≥100, 6月1日
_OF_YEAR = re.compile(r"年|预算")
_UNIT_MARKS = re.compile(r"[、,，;；]|\s+")
_IN_BRACKETS = re.compile(r"\((?:单位:)?([^()]{1,20})\)")


@dataclass(frozen=True, slots=True)
class TableFigure:
    """A number of a statistical table; `body[start:end]` is it as its cell writes it, in code points.

    `value` is signed, in `unit` (None: an index or a plain number); `value_max` ends a range. `period` names
    what the table says of the time, a year that it leaves open to be filled from the document; None where it
    says nothing. `subject` is the place that the row or column is about, with which `name` begins then.
    `heads` are the levels of the column's head.
    """

    start: int
    end: int
    name: str
    subject: str | None
    measure: Measure
    value: Decimal
    value_max: Decimal | None
    unit: TableUnit | None
    status: Status
    scope: str | None
    period: Mention | None
    caption: str
    heads: tuple[str, ...]
    rule: str


def figures_of(block: Block, body: str, title: str) -> Iterator[TableFigure]:
    """Yield the figures of a block, none where it is no statistics; `title` is the document's."""
    reader = _BlockReader(block, title)
    if reader.is_statistics():
        yield from reader.figures(body)


def named_period(text: str) -> Mention | None:
    """Return the period that a title or a caption names."""
    folded = fold(text).text
    found = mentions(folded)
    if found:
        return found[0]
    year = re.search(r"(?<!\d)(?:19|20)\d{2}(?=年)", folded)
    return Mention(*year.span(), Period(int(year.group()))) if year else None


def _corner_noun(labels: Sequence[Column]) -> str:
    """Return what the head over the rows' names says is counted: 工业总产值 over names of branches."""
    names = [column.head.name for column in labels]
    return next((name for name in names if is_indicator(name)), "")


def _units_of(note: str) -> list[TableUnit]:
    """Read the units of a note (单位:亿元、%)."""
    whole = unit_of(note)
    found = [whole] if whole else [unit_of(part) for part in _UNIT_MARKS.split(note)]
    return [unit for unit in found if unit]


def _units_in_caption(caption: str) -> list[TableUnit]:
    """Read the units that a caption has in brackets: 主要产品产量(吨)."""
    return [unit for note in _IN_BRACKETS.findall(bare(caption)) for unit in _units_of(note)]


def _told_apart(row: Iterable[TableFigure]) -> Iterator[TableFigure]:
    """Leave out amounts of one row that the heads do not tell apart: one of them is something else."""
    figures = list(row)
    keys = [(figure.name, figure.measure, figure.period, figure.status) for figure in figures]
    times = Counter(keys)
    for figure, key in zip(figures, keys, strict=True):
        if figure.measure != "level" or figure.unit is None or times[key] == 1:
            yield figure


class _BlockReader:
    """Reads the rows of one block, from top to bottom."""

    def __init__(self, block: Block, title: str) -> None:
        self._block = block
        self._values = block.of_role("value")
        self._pairs = list(zip(inherited(self._values), self._values, strict=True))
        self._labels = block.of_role("label")
        self._unit = next(iter(block.of_role("unit")), None)
        around, told = named_period(title), named_period(block.caption)
        self._told = Mention(0, 0, told.resolved(around.period if around else None)) if told else None
        self._context = self._told or around
        noun = caption_noun(block.caption) or _corner_noun(self._labels) or caption_noun(title)
        self._outline = Outline(noun)
        self._units = _units_of(block.unit_note) or _units_in_caption(block.caption)
        relative = not self._units or any(unit.written in _RELATIVE for unit in self._units)
        self._divides = _PARTS.search(bare(block.caption)) is not None
        self._year: int | None = None
        self._after_indicator = False
        self._of_places = any(bare(column.levels[-1]) in words("table")["regions"] for column in self._labels)
        if self._divides and not self._units and any(head.text.endswith("百分点") for head, _ in self._pairs):
            self._units = _units_of("%")
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
            amounts = [self._amount(head, cell_at(cells, column), body) for head, column in self._pairs]
            if not any(amounts):
                self._outline.section(cell_at(cells, self._labels[-1]).text or cells[0].text)
                continue
            row = self._row(cells)
            yield from _told_apart(
                figure
                for (head, column), amount in zip(self._pairs, amounts, strict=True)
                if amount and (figure := self._figure(row, head, column, amount, cell_at(cells, column)))
            )

    def _amount(self, head: Head, cell: Cell, body: str) -> Amount | None:
        """Read the number of a cell; one merged with a cell of the row above is read there."""
        if not cell.text or cell.start < 0:
            return None
        return read_amount(body[cell.start : cell.end], rank=head.measure == "rank")

    def _row(self, cells: Row) -> NamedRow:
        """Read the name of a row, the last of its labels; the one before may say what it is a class of."""
        names = [read_row_name(cell_at(cells, column).text) for column in self._labels]
        names = [name for name in names if name.name or name.mention or name.growth] or names[-1:]
        name = names[-1]
        if name.mention:
            name = replace(name, mention=self._dated(name.mention))
        unit = unit_of(cell_at(cells, self._unit).text) or name.unit
        whole = self._outline.parent(name)
        if unit and not (name.growth or can_be_of(unit, whole.name, whole.unit)):
            whole = Whole("")
        if len(names) > 1 and names[-2].name and names[-2].name != name.name:
            name, whole = with_group(names[-2], name, whole)
        if self._of_places and name.name and not (name.total or name.whole):
            name = replace(name, place=True)
        if is_price(self._outline.noun) and not is_price(name.name) and not shared_tail(name.name):
            name = replace(name, part=True)
        if name.total and self._after_indicator:
            whole = Whole(self._outline.noun or name.name)  # the sum of indicators is none of them
        self._after_indicator = name.whole and not name.growth
        if name.whole and not name.growth:
            self._outline.enter(name, unit)
            whole = Whole("")
        return NamedRow(name, unit, whole)

    def _dated(self, mention: Mention) -> Mention:
        """Give a row's month (10月) the year of the rows above it, where one of them names it."""
        period = mention.period
        if period.year is None and self._year is not None:
            return Mention(mention.start, mention.end, replace(period, year=self._year))
        self._year = period.year or self._year
        return mention

    def _figure(
        self, row: NamedRow, head: Head, column: Column, amount: Amount, cell: Cell
    ) -> TableFigure | None:
        """Read a number in its row and column; None where the table names it not or tells no unit."""
        measure = self._measure(row, head)
        unit, is_told = self._unit_of(row, head, measure, amount)
        if self._is_share(row, head, measure, unit):
            head = replace(head, share="比重")
        name, subject, rule = figure_name(row, head)
        if not is_told or not name or _NO_NAME.fullmatch(row.name.name):
            return None
        rate = head.of_rate or (row.name.growth and head.measure == "change")
        return TableFigure(
            start=cell.start + amount.start,
            end=cell.start + amount.end,
            name=share_name(name, row, head) + ("增速" if rate else ""),
            subject=subject,
            measure=measure,
            value=amount.value,
            value_max=amount.value_max,
            unit=unit,
            status=head.status,
            scope=head.scope,
            period=self._period(row.name, head),
            caption=self._block.caption,
            heads=column.levels,
            rule=rule,
        )

    def _is_share(self, row: NamedRow, head: Head, measure: Measure, unit: TableUnit | None) -> bool:
        """Tell whether a percentage is a share, because the caption or a row above says so (构成)."""
        if head.share or not (self._divides or row.whole.divided) or row.name.name.endswith("率"):
            return False
        percent = {"level": "%", "change": "个百分点"}.get(measure)
        return unit is not None and unit.written == percent

    def _measure(self, row: NamedRow, head: Head) -> Measure:
        if row.name.growth and head.measure not in ("rank", "progress"):
            return "change"
        if head.measure is not None:
            return head.measure
        own = row.unit or row.name.unit
        return "change" if self._grows and (own is None or own.written in _RELATIVE) else "level"

    def _unit_of(
        self, row: NamedRow, head: Head, measure: Measure, amount: Amount
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
        named = row.name.name.endswith("指数") or row.whole.name.endswith("指数")
        if head.index or named or "=100" in bare(self._block.caption):
            return None, True
        amounts = [unit for unit in self._units if unit.written not in _RELATIVE] or self._units
        general = amounts[0] if len(amounts) == 1 else None
        unit = row.unit or head.unit or row.whole.unit or general
        return unit, unit is not None

    def _period(self, row: RowName, head: Head) -> Mention | None:
        """Return the period of a number: the row's, the column's, else the caption's."""
        own = row.mention or head.mention
        around = self._context.period if self._context else Period(None)
        period = own.resolved(around) if own else around
        if own is None and head.status == "plan" and _OF_YEAR.search(head.text):
            return Mention(0, 0, Period(around.year)) if around.year else self._told
        if head.when is None:
            return Mention(0, 0, period) if own else self._told
        if head.when == "earlier":
            return _year_before(replace(period, first=1) if head.runs and not own else period)
        if own is None and period.whole():
            return None if head.when == "current" else self._told
        if head.when == "cumulative":
            return Mention(0, 0, replace(period, first=1))
        return Mention(0, 0, period if own else replace(period, first=period.last))


def _year_before(period: Period) -> Mention:
    """Return the same months of the year before; without a year the document's own is counted back from."""
    if period.year is None:
        return Mention(0, 0, period, shift=-1)
    return Mention(0, 0, replace(period, year=period.year - 1))
