"""Tables in plain text without marks between the cells: rows with blanks between, or one cell to a line.

A row is a name, perhaps its unit, and its numbers. A table is read only where the pieces above its first row
make exactly as many heads as the widest row has numbers; rows with fewer numbers are filled from the left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.amounts import has_no_value, is_year, read_amount, unit_of
from extract.grids import Cell, Grid, Row, with_lines_above
from extract.heads import is_label_head, is_unit_head

_NOTE = re.compile(r"^(?:注|说明|备注|资料来源|数据来源|\*|【注】)")
_CELL_MAX = 30  # characters of a name
_HEAD_LINES, _HEAD_PIECES_MAX = 3, 60
_ROWS_MIN, _STACKED_ROWS_MIN = 2, 3
_UNFINISHED = re.compile(r"(?:比|较|同期|上年|去年|上月|年初|年末|上年末|[(（][^)）]{0,8})$")
_CONTINUES = re.compile(r"^(?:[±%]|增长|增减|为100)")
_NUMBERING = re.compile(r"^(?:\d{1,2}[、.]|其中[:：])")
_LISTED = re.compile(r"\d[、,，]|[,，:：]")
_PERIOD_ONLY = re.compile(r"(?:\d{1,2}[-~—－至]{1,2})?\d{1,2}月(?:份)?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body: where it begins and its text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the offset behind the line."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of a table in text: its name, its unit and its numbers, cells without value included."""

    name: Cell
    unit: Cell | None
    values: tuple[Cell, ...]


def unmarked_grids(body: str, run: Sequence[Line]) -> Iterator[Grid]:
    """Read lines without marks: rows with blanks between the cells, or one cell to a line."""
    spaced = [_spaced(line) for line in run]
    if sum(row is not None for row in spaced) >= _ROWS_MIN:
        yield from _spaced_grids(body, run, spaced)
    elif sum(read_amount(line.text) is not None for line in run) >= _STACKED_ROWS_MIN:
        yield from stacked_grid(body, [Cell(line.text, line.start, line.end) for line in run])


def _spaced(line: Line) -> TextRow | None:
    """Read a line that ends in numbers: 粮食产量 万吨 12.5 3.1."""
    if not line.text[-1].isdigit() and not has_no_value(line.text[-1]) and line.text[-1] not in ")%）":
        return None
    tokens, at = [], line.start
    for token in line.text.split(" "):
        tokens.append(Cell(token, at, at + len(token)))
        at += len(token) + 1
    count = 0
    while count < len(tokens) and _is_value(tokens[-1 - count].text):
        count += 1
    front = tokens[: len(tokens) - count]
    if not count or not front or not any(read_amount(cell.text) for cell in tokens[len(front) :]):
        return None
    unit = front.pop() if len(front) > 1 and unit_of(front[-1].text) else None
    name = Cell("".join(cell.text for cell in front), front[0].start, front[-1].end)
    if len(name.text) > _CELL_MAX or _LISTED.search(_NUMBERING.sub("", name.text)):
        return None
    return TextRow(name, unit, tuple(tokens[len(tokens) - count :]))


def _is_value(text: str) -> bool:
    return bool(text) and (has_no_value(text) or read_amount(text) is not None)


def _spaced_grids(body: str, run: Sequence[Line], spaced: Sequence[TextRow | None]) -> Iterator[Grid]:
    """Find the tables in a run of lines: rows with single short lines between, a head above them."""
    numbers = [n for n, row in enumerate(spaced) if row is not None and not _is_head_row(row)]
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number - groups[-1][-1] <= 2:
            groups[-1].append(number)
        else:
            groups.append([number])
    floor = 0
    for group in groups:
        rows = [row for n in group if (row := spaced[n])]
        head_lines = run[max(floor, group[0] - _HEAD_LINES) : group[0]]
        lined = {n: spaced[n] or _section(run[n]) for n in range(group[0], group[-1] + 1)}
        floor = group[-1] + 1
        for count in range(1, len(head_lines) + 1):
            pieces = [token for line in head_lines[-count:] for token in line.text.split(" ")]
            head = _head(pieces, rows)
            if head:
                spans = tuple((line.start, line.end) for line in run[group[0] - count : floor])
                grid = Grid((head, *_filled(list(lined.values()), len(head))), spans)
                yield with_lines_above(body, grid)
                break


def _is_head_row(row: TextRow) -> bool:
    """Tell whether a line's numbers are years: the head of a table, not a row."""
    return all(is_year(cell.text) for cell in row.values)


def _section(line: Line) -> TextRow:
    return TextRow(Cell(line.text, line.start, line.end), None, ())


def stacked_grid(body: str, cells: Sequence[Cell]) -> Iterator[Grid]:
    """Read cells that stand one to a line: name, unit, numbers, name, unit, numbers."""
    cells = [cell for cell in cells if cell.text]
    first = next((n for n, cell in enumerate(cells) if n and _is_value(cell.text) and not is_year(cell.text)), 0)
    opening = first - 2 if first > 1 and unit_of(cells[first - 1].text) else first - 1
    if opening < 1:
        return
    rows, end = _stacked_rows(cells, opening)
    full = [row for row in rows if row.values]
    head = _head([cell.text for cell in cells[max(0, opening - _HEAD_PIECES_MAX) : opening]], full)
    if head is None or len(full) < _STACKED_ROWS_MIN:
        return
    above = next((n for n, cell in enumerate(cells) if is_label_head(cell.text) or is_unit_head(cell.text)), opening)
    start = min(above, opening)
    spans = tuple((cell.start, cell.end) for cell in cells[start:end])
    yield with_lines_above(body, Grid((head, *_filled(rows, len(head))), spans))


def _stacked_rows(cells: Sequence[Cell], at: int) -> tuple[list[TextRow], int]:
    """Cut cells into rows; a note or a long text ends the table."""
    rows: list[TextRow] = []
    while at < len(cells):
        name = cells[at]
        if _NOTE.match(name.text) or len(name.text) > _CELL_MAX:
            break
        at += 1
        unit = cells[at] if at + 1 < len(cells) and unit_of(cells[at].text) else None
        at += unit is not None
        begin = at
        while at < len(cells) and _is_value(cells[at].text):
            at += 1
        rows.append(TextRow(name, unit, tuple(cells[begin:at])))
    while rows and not rows[-1].values:
        at -= 1 + (rows.pop().unit is not None)
    return rows, at


def _head(pieces: Sequence[str], rows: Sequence[TextRow]) -> Row | None:
    """Make a head of its pieces: as many names as the rows have numbers, else None."""
    width = max((len(row.values) for row in rows), default=0)
    too_few = len(rows) < (_STACKED_ROWS_MIN if width == 1 else _ROWS_MIN)
    if not width or too_few or len(pieces) > _HEAD_PIECES_MAX:
        return None
    names = _joined(pieces)
    has_unit = any(row.unit for row in rows)
    unit_at = next((n for n, name in enumerate(names) if is_unit_head(name)), -1) if has_unit else -1
    label_at = next((n for n, name in enumerate(names) if is_label_head(name)), -1)
    told = names[max(unit_at, label_at) + 1 :]
    if unit_at < 0 and label_at < 0:
        told = told[1:] if len(told) == width + 1 else told
    if len(told) > width:
        told = _joined_periods(told)
    if len(told) != width:
        return None
    return tuple(map(Cell, ("", *(["单位"] if has_unit else []), *told)))


def _joined(pieces: Sequence[str]) -> list[str]:
    """Join the pieces that a head was cut into: 项 目, 绝对数 (亿元), 比上年同期 增长."""
    names: list[str] = []
    for piece in pieces:
        last = names[-1] if names else ""
        whole = last + piece
        split = last and (len(piece) == 1 and len(last) <= 3 and not last[-1].isascii() and not piece.isascii())
        if last and (split or _CONTINUES.match(piece) and _UNFINISHED.search(last) or piece[0] in "(（±"):
            names[-1] = whole
        elif last and (is_unit_head(whole) or is_label_head(whole)):
            names[-1] = whole
        else:
            names.append(piece)
    return names


def _joined_periods(names: Sequence[str]) -> list[str]:
    """Join 1-3月 with the 累计 behind it."""
    joined: list[str] = []
    for name in names:
        if name.startswith("累计") and joined and _PERIOD_ONLY.fullmatch(joined[-1]) and "累计" == name:
            joined[-1] += name
        else:
            joined.append(name)
    return joined


def _filled(rows: Sequence[TextRow], width: int) -> list[Row]:
    """Give all rows the width of the head; of a row with one number in many columns none is placed."""
    filled: list[Row] = []
    units = 1 if any(row.unit for row in rows) else 0
    columns = width - 1 - units
    for row in rows:
        known = len(row.values) == columns or 1 < len(row.values) < columns
        values = row.values if known else ()
        empty = Cell("", row.name.end, row.name.end)
        unit = (row.unit or empty,) if units else ()
        filled.append((row.name, *unit, *values, *(empty for _ in range(columns - len(values)))))
    return filled


