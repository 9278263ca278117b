"""Blocks of a grid: a caption, the head of each column, and the rows below it.

A row is a head where it has no numbers, a band where one text is all it says (a caption, a section, a unit
line, a note), else a row of data. A head that comes again begins a new block.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extract.tabular.amounts import has_no_value, is_year, read_amount, unit_of
from extract.tabular.grids import Cell, Grid, Row, cut_unit, is_note
from extract.tabular.heads import Head, bare, is_label_head, is_serial_head, is_unit_head, read_head
from extract.tabular.rownames import read_row_name

Role = Literal["label", "unit", "value", "other"]
Kind = Literal["empty", "note", "unit", "band", "head", "data"]

_NOTE_MIN = 45  # characters of a merged cell that are a note and no caption
_HEAD_ROWS_MAX = 4
_SAMPLE = 60  # rows that tell what a column holds


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: its place in the grid, its role, the levels of its head, and what they say."""

    at: int
    role: Role
    levels: tuple[str, ...]
    head: Head


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a grid under one head; a row that is a section (no numbers) is in `rows` too."""

    caption: str
    unit_note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def of_role(self, role: Role) -> list[Column]:
        """Return the columns of a role, from left to right."""
        return [column for column in self.columns if column.role == role]


@dataclass
class _Open:
    """A block under construction; bands wait until the next row tells whether they are captions."""

    caption: str
    unit_note: str
    heads: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    bands: list[Row] = field(default_factory=list)

    def ends_at(self, head: Row) -> bool:
        """Tell whether a head begins another block; below numbers it may be a row of words."""
        return _opens_block(head) if self.rows else len(self.heads) >= _HEAD_ROWS_MAX

    def take(self, row: Row, kind: Kind) -> None:
        """Take a row in: a band waits, a head takes the band above it as caption, the rest is data."""
        if kind == "unit":
            self._note(row)
        elif kind == "band":
            self.bands.append(row)
        elif kind == "data" or (kind == "head" and self.rows):
            self.rows.extend((*self.bands, row))
            self.bands = []
        elif kind == "head":
            self._note(row)
            if self.bands:
                self.caption = _texts(self.bands[-1])[0]
                self.bands = []
            self.heads.append(row)

    def _note(self, row: Row) -> None:
        """Take the unit and, beside it, the caption that a row above the numbers tells."""
        for text in _texts(row):
            caption, unit = cut_unit(text)
            self.unit_note = unit or self.unit_note
            if unit and caption:
                self.caption = caption

    def closed(self) -> Iterator[Block]:
        """Yield the block, as several where its columns repeat from left to right."""
        if self.heads and self.rows:
            yield from _side_by_side(self)


def blocks(grid: Grid) -> Iterator[Block]:
    """Cut a grid into blocks, in order; without a head there is none."""
    block = _Open(grid.caption, grid.unit_note)
    for row in grid.rows:
        kind = _kind(row)
        if kind == "head" and block.ends_at(row):
            yield from block.closed()
            block = _Open(block.caption, block.unit_note, bands=block.bands)
        block.take(row, kind)
    yield from block.closed()


def _texts(row: Row) -> list[str]:
    """Return the different texts of a row's cells, in order."""
    return list(dict.fromkeys(cell.text for cell in row if cell.text))


def _kind(row: Row) -> Kind:
    """Tell what a row is, from its different texts."""
    texts = _texts(row)
    if not texts:
        return "empty"
    if any(cut_unit(text)[1] for text in texts) and not any(_is_value(text) for text in texts):
        told = [text for text in texts if is_label_head(text) or read_head([text]).told]
        return "head" if len(texts) > 2 or len(told) == len(texts) > 1 else "unit"
    if len(texts) == 1 and (row[0].text or not read_head(texts).told):
        return "note" if is_note(texts[0]) or len(texts[0]) > _NOTE_MIN else "band"
    if is_note(texts[0]) and len(texts[0]) > 6:
        return "note"
    values = [cell.text for cell in row[1:] if _is_value(cell.text)]
    return "data" if values and not all(is_year(text) for text in values) else "head"


def _is_value(text: str) -> bool:
    """Tell whether a cell is one number, or says that there is none; a range may be the name of a class."""
    amount = read_amount(text) or read_amount(text, rank=True)
    return bool(text) and (has_no_value(text) if amount is None else amount.value_max is None)


def _opens_block(row: Row) -> bool:
    """Tell whether a row without numbers below rows with numbers is a head again and no row of words."""
    rest = [cell.text for cell in row[1:] if cell.text]
    return sum(read_head([text]).told or is_unit_head(text) for text in rest) * 2 >= len(rest) > 0


def _side_by_side(block: _Open) -> Iterator[Block]:
    """Cut a block where a head of names comes again to the right of numbers (指标 数值 指标 数值)."""
    width = max(len(row) for row in block.heads)
    levels = [tuple(row[at].text if at < len(row) else "" for row in block.heads) for at in range(width)]
    roles = [_role(at, levels[at], block.rows[:_SAMPLE]) for at in range(width)]
    cuts = [0]
    for at in range(1, width):
        again = roles[at] == "label" and "value" in roles[cuts[-1] : at]
        if again and (is_label_head(levels[at][-1]) or levels[at] == levels[cuts[-1]]):
            cuts.append(at)
    for first, end in zip(cuts, [*cuts[1:], width], strict=True):
        columns = [Column(at, roles[at], levels[at], read_head(levels[at])) for at in range(first, end)]
        yield Block(block.caption, block.unit_note, tuple(_behind_labels(columns)), tuple(block.rows))


def _behind_labels(columns: Sequence[Column]) -> Iterator[Column]:
    """Leave labels only left of the first number: text to its right is a remark."""
    numbers = False
    for column in columns:
        numbers = numbers or column.role == "value"
        if not (numbers and column.role == "label"):
            yield column


def _role(at: int, levels: Sequence[str], rows: Sequence[Row]) -> Role:
    """Tell what a column holds, from its head and its cells."""
    filled = [row[at].text for row in rows if at < len(row) and row[at].text]
    units = sum(unit_of(text) is not None for text in filled)
    if any(is_unit_head(level) for level in levels) and units * 2 >= len(filled):
        return "unit"
    if any(is_serial_head(level) for level in levels) or not filled or (at == 0 and _counts_up(filled)):
        return "other"
    if not any(levels) and units * 3 >= 2 * len(filled):
        return "unit"
    told = at > 0 and any(map(bare, levels))
    values = sum(_is_value(text) or (told and read_amount(text) is not None) for text in filled)
    if values * 2 <= len(filled) or _are_periods(filled, levels):
        return "label"
    return "value"


def _counts_up(texts: Sequence[str]) -> bool:
    """Tell whether cells are 1, 2, 3 …: running numbers."""
    return len(texts) > 1 and all(text == str(number) for number, text in enumerate(texts, 1))


def _are_periods(texts: Sequence[str], levels: Sequence[str]) -> bool:
    """Tell whether cells are years or months that name their rows."""
    named = any(is_label_head(level) for level in levels) or not any(map(bare, levels))
    return named and all(is_year(text) or read_row_name(text).mention for text in texts)


def cell_at(row: Row, column: Column | None) -> Cell:
    """Return a row's cell in a column, an empty one where the row is shorter or there is no column."""
    return row[column.at] if column is not None and column.at < len(row) else Cell("")
