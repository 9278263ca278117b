"""Tables in plain text without marks between the cells: rows with blanks between, or one cell to a line.

A row is a name, perhaps its unit, and its numbers. A table is read only where the pieces above its first row
make exactly as many heads as the widest row has numbers; rows with fewer numbers are filled from the left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.tabular.amounts import has_no_value, is_year, read_amount, unit_of
from extract.tabular.grids import Cell, Grid, Row, is_note, with_lines_above
from extract.tabular.heads import is_label_head, is_unit_head, read_head

_NAME_MAX = 30  # characters
_HEAD_LINES, _HEAD_PIECES_MAX = 3, 40
_ROWS_MIN, _NARROW_ROWS_MIN = 2, 3  # a table of one column needs more rows to be plain
_UNFINISHED = re.compile(r"(?:比|较|同期|上年|去年|上月|年初|年末|[(（][^)）]{0,8})$")
_CONTINUES = re.compile(r"[±%]|增长|增减|为100")
_NUMBERING = re.compile(r"^(?:\d{1,2}[、.]|其中[:：])")
_LISTED = re.compile(r"\d[、,，]|[,，:：]")
_PERIOD_ONLY = re.compile(r"(?:\d{1,2}[-~—－至]{1,2})?\d{1,2}月(?:份)?")
_VALUE_ENDS = ")%）"
_GLUED = re.compile(r"(?P<name>.{0,40}[一-鿿)）])(?P<number>[-−+]?(?:\d{3,9}|\d{1,9}\.\d{1,4}))")
_JUSTIFIED = re.compile(r"(?:[一-鿿] [一-鿿]){2,}")  # 全 市城 市农 村
_CORNER = re.compile(r"(?P<corner>[一-鿿] [一-鿿])(?P<rest>\S.*)")  # 类 别上年=100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body: where it begins and its text."""

    start: int
    text: str

    @property
    def span(self) -> tuple[int, int]:
        """Return where the line begins and ends."""
        return self.start, self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of a table in text: its name, its unit and its numbers, cells without value included."""

    name: Cell
    unit: Cell | None
    values: tuple[Cell, ...]


def unmarked_grids(body: str, run: Sequence[Line]) -> Iterator[Grid]:
    """Yield the tables in a run of short lines without tabs or strokes."""
    spaced = [_spaced_row(line) for line in run]
    if sum(row is not None for row in spaced) >= _ROWS_MIN:
        yield from _spaced_grids(body, run, spaced)
    else:
        yield from stacked_grids(body, [Cell(line.text, *line.span) for line in run])


def _spaced_row(line: Line) -> TextRow | None:
    """Read a line that ends in numbers: 粮食产量 万吨 12.5 3.1; the first may touch the name (食品110.6)."""
    last = line.text[-1]
    if not (last.isdigit() or last in _VALUE_ENDS or has_no_value(last)):
        return None
    tokens, at = [], line.start
    for token in line.text.split(" "):
        tokens.append(Cell(token, at, at + len(token)))
        at += len(token) + 1
    names = len(tokens)
    while names and _is_value(tokens[names - 1].text):
        names -= 1
    front, values = tokens[:names], tokens[names:]
    glued = _GLUED.fullmatch(front[-1].text) if front and values else None
    if glued:
        cut, end = front[-1].start + glued.start("number"), front[-1].end
        front[-1] = Cell(glued["name"], front[-1].start, cut)
        values.insert(0, Cell(glued["number"], cut, end))
    if not front or not any(read_amount(cell.text) for cell in values):
        return None
    unit = front.pop() if len(front) > 1 and unit_of(front[-1].text) else None
    name = Cell("".join(cell.text for cell in front), front[0].start, front[-1].end)
    if len(name.text) > _NAME_MAX or _LISTED.search(_NUMBERING.sub("", name.text)):
        return None
    return TextRow(name, unit, tuple(values))


def _is_value(text: str) -> bool:
    return bool(text) and (has_no_value(text) or read_amount(text) is not None)


def _spaced_grids(body: str, run: Sequence[Line], spaced: Sequence[TextRow | None]) -> Iterator[Grid]:
    """Find the tables in a run of lines: rows, single short lines between them, a head above."""
    floor = 0
    for group in _groups(run, spaced):
        rows = [spaced[n] or TextRow(Cell(run[n].text, *run[n].span), None, ()) for n in group]
        above = run[max(floor, group[0] - _HEAD_LINES) : group[0]]
        floor = group[-1] + 1
        count, head = _head_above(above, rows)
        if head:
            spans = tuple(line.span for line in run[group[0] - count : floor])
            yield with_lines_above(body, Grid((head, *_filled(rows, len(head))), spans))


def _head_above(above: Sequence[Line], rows: Sequence[TextRow]) -> tuple[int, Row | None]:
    """Return the head of rows and how many lines it takes: the fewest that fit, and a line of its corner."""
    found: Row | None = None
    lines = 0
    for count in range(1, len(above) + 1):
        pieces = [_pieces(line.text) for line in above[-count:]]
        if found and not is_label_head(pieces[0][0]):
            break
        head = _head([piece for line in pieces for piece in line], rows)
        if head:
            lines, found = count, head
    return lines, found


def _pieces(line: str) -> list[str]:
    """Cut a line of heads at its blanks, but not between the letters of names that are spaced out."""
    if _JUSTIFIED.fullmatch(line):
        return [line[at] + line[at + 2] for at in range(0, len(line), 3)]
    corner = _CORNER.fullmatch(line)
    if corner and is_label_head(corner["corner"]):
        return ["".join(corner["corner"].split()), *corner["rest"].split(" ")]
    return line.split(" ")


def _groups(run: Sequence[Line], spaced: Sequence[TextRow | None]) -> list[range]:
    """Group rows that stand together, one line that is no head allowed between two of them."""
    groups: list[range] = []
    for number, row in enumerate(spaced):
        if row is None or all(is_year(cell.text) for cell in row.values):
            continue
        gap = number - groups[-1].stop if groups else -1
        if gap == 0 or (gap == 1 and not _is_head_line(run[number - 1])):
            groups[-1] = range(groups[-1].start, number + 1)
        else:
            groups.append(range(number, number + 1))
    return groups


def _is_head_line(line: Line) -> bool:
    return any(is_label_head(piece) or read_head([piece]).told for piece in line.text.split(" "))


def stacked_grids(body: str, cells: Sequence[Cell]) -> Iterator[Grid]:
    """Yield the tables whose cells stand one to a line: name, unit, numbers, name, unit, numbers."""
    cells = [cell for cell in cells if cell.text]
    values = [_is_value(cell.text) and not is_year(cell.text) for cell in cells]
    at = 0
    for first in (number for number, is_value in enumerate(values) if is_value):
        if first < at:
            continue
        opening = first - 2 if first > 1 and unit_of(cells[first - 1].text) else first - 1
        if opening < at:
            continue
        rows, end = _stacked_rows(cells, opening)
        pieces = [cell.text for cell in cells[max(at, opening - _HEAD_PIECES_MAX) : opening]]
        head = _head(pieces, rows)
        if head:
            spans = tuple((cell.start, cell.end) for cell in cells[_beginning(cells, opening, head) : end])
            yield with_lines_above(body, Grid((head, *_filled(rows, len(head))), spans))
        at = end


def _beginning(cells: Sequence[Cell], opening: int, head: Row) -> int:
    """Return the number of the cell with which a head begins that ends before the cell `opening`."""
    text = "".join(cell.text for cell in head if cell.text != "单位")
    at = opening
    while at and text:
        at -= 1
        text = text.removesuffix(cells[at].text)
        if is_label_head(cells[at].text) or is_unit_head(cells[at].text):
            break
    while at and (is_label_head(cells[at - 1].text) or is_unit_head(cells[at - 1].text)):
        at -= 1
    return at


def _stacked_rows(cells: Sequence[Cell], at: int) -> tuple[list[TextRow], int]:
    """Cut cells into rows and return where they end: at a note, a long text or the head of another table."""
    rows: list[TextRow] = []
    while at < len(cells):
        name = cells[at]
        if (
            is_note(name.text)
            or len(name.text) > _NAME_MAX
            or is_label_head(name.text)
            or is_unit_head(name.text)
        ):
            break
        at += 1
        unit = cells[at] if at + 1 < len(cells) and unit_of(cells[at].text) else None
        at += unit is not None
        begin = at
        while at < len(cells) and _is_value(cells[at].text):
            at += 1
        rows.append(TextRow(name, unit, tuple(cells[begin:at])))
    end = at
    while rows and not rows[-1].values:
        end -= 1 + (rows.pop().unit is not None)
    return rows, max(end, at - _HEAD_PIECES_MAX)


def _head(pieces: Sequence[str], rows: Sequence[TextRow]) -> Row | None:
    """Make a head of its pieces: as many names as the rows have numbers, else None."""
    width = max((len(row.values) for row in rows), default=0)
    full = sum(bool(row.values) for row in rows)
    if not width or full < (_NARROW_ROWS_MIN if width == 1 else _ROWS_MIN):
        return None
    has_unit = any(row.unit for row in rows)
    corner, told = _corner_and_heads(_joined(pieces), width, has_unit=has_unit)
    if len(told) != width:
        return None
    return tuple(map(Cell, (corner, *(["单位"] if has_unit else []), *told)))


def _corner_and_heads(names: Sequence[str], width: int, *, has_unit: bool) -> tuple[str, Sequence[str]]:
    """Tell the head over the rows' names from those of the columns, which follow it.

    Where none of the usual words (指标, 单位) stands there, the last names must speak of statistics.
    """
    usual = [n for n, name in enumerate(names) if is_label_head(name) or (has_unit and is_unit_head(name))]
    told = names[usual[-1] + 1 :] if usual else names
    if len(told) > width:
        told = _joined_periods(told)
    if len(told) <= width:
        return "", told
    if usual:
        return "", _spread(told, width)
    if all(read_head([name]).told for name in told[-width:]):
        return told[-width - 1], told[-width:]
    return "", ()


def _spread(names: Sequence[str], width: int) -> list[str]:
    """Spread upper heads over lower ones that repeat: 收入, 利润 over 总量, 增速, 总量, 增速; else empty."""
    upper, lower = names[:-width], list(names[-width:])
    each = width // len(upper)
    if not each or lower != lower[:each] * len(upper):
        return []
    return [upper[number // each] + name for number, name in enumerate(lower)]


def _joined(pieces: Sequence[str]) -> list[str]:
    """Join the pieces that a head was cut into: 项 目, 绝对数 (亿元), 比上年同期 增长."""
    names: list[str] = []
    for piece in pieces:
        if names and _belongs(names[-1], piece):
            names[-1] += piece
        else:
            names.append(piece)
    return names


def _belongs(before: str, piece: str) -> bool:
    """Tell whether a piece of a head goes on with the one before it."""
    if piece[0] in "(（±" or (_CONTINUES.match(piece) and _UNFINISHED.search(before)):
        return True
    letters = len(piece) == 1 and len(before) <= 3 and not (before[-1] + piece).isascii()
    return letters or is_unit_head(before + piece) or is_label_head(before + piece)


def _joined_periods(names: Sequence[str]) -> list[str]:
    """Join 1-3月 with the 累计 behind it."""
    joined: list[str] = []
    for name in names:
        if name == "累计" and joined and _PERIOD_ONLY.fullmatch(joined[-1]):
            joined[-1] += name
        else:
            joined.append(name)
    return joined


def _filled(rows: Sequence[TextRow], width: int) -> list[Row]:
    """Give all rows the width of the head; of a row with one number in many columns none is placed."""
    has_unit = any(row.unit for row in rows)
    columns = width - 1 - has_unit
    filled: list[Row] = []
    for row in rows:
        values = row.values if len(row.values) == columns or len(row.values) > 1 else ()
        empty = Cell("", row.name.end, row.name.end)
        unit = (row.unit or empty,) if has_unit else ()
        filled.append((row.name, *unit, *values, *(empty for _ in range(columns - len(values)))))
    return filled
