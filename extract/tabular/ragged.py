"""Rows of a table in text, fitted to its columns where its merged cells were lost.

Text keeps the cells of a row in order, but not what they span: a head over two columns is one cell, a head
reaching down leaves nothing below, and rows are filled up at their end. A head is fitted only where one way
to do it is left; a part of a table whose head cannot be fitted is left out as a whole.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.tabular.amounts import has_no_value, is_year, read_amount
from extract.tabular.grids import Cell, Row, unit_note
from extract.tabular.heads import is_label_head, is_serial_head, is_unit_head, read_head

Cells = Sequence[Cell]


def fitted(rows: Sequence[Cells]) -> Iterator[Row]:
    """Yield the rows of a table with equally many cells from each head to the next.

    A row of one cell stays as it is, filled up with empty cells.
    """
    for heads, data in _parts([_trimmed(row) for row in rows]):
        width = _width(data)
        head = _head(heads, width) if width > 1 else None
        if head is not None:
            yield from head
            yield from (_filled(row, width) for row in data)


def _trimmed(row: Cells) -> Cells:
    """Drop the empty cells at the end of a row."""
    length = len(row)
    while length > 1 and not row[length - 1].text:
        length -= 1
    return row[:length]


def _has_numbers(row: Cells) -> bool:
    return any(
        bool(cell.text) and (has_no_value(cell.text) or (read_amount(cell.text) and not is_year(cell.text)))
        for cell in row[1:]
    )


def _parts(rows: Sequence[Cells]) -> Iterator[tuple[list[Cells], list[Cells]]]:
    """Cut rows into parts: the rows of a head, with the single cells above them, and the rows below it."""
    heads: list[Cells] = []
    data: list[Cells] = []
    for row in rows:
        if _has_numbers(row) or (data and not _is_head(row)):
            data.append(row)
            continue
        if data:
            kept = len(data)
            while kept and len(data[kept - 1]) == 1:
                kept -= 1
            yield heads, data[:kept]
            heads, data = data[kept:], []
        heads.append(row)
    if data:
        yield heads, data


def _is_head(row: Cells) -> bool:
    """Tell whether a row without numbers, below rows that have some, is the head of another part."""
    texts = [cell.text for cell in row if cell.text]
    told = sum(is_label_head(text) or is_unit_head(text) or read_head([text]).told for text in texts)
    return len(texts) > 1 and told * 2 > len(texts)


def _width(data: Sequence[Cells]) -> int:
    """Return the number of cells that most rows with numbers have."""
    widths = Counter(len(row) for row in data if _has_numbers(row))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _filled(row: Cells, width: int) -> Row:
    """Fill a row up; one that is too long cannot be told, and only its name stays."""
    kept = row if len(row) <= width else row[:1]
    return (*kept, *(Cell("") for _ in range(width - len(kept))))


def _head(rows: Sequence[Cells], width: int) -> list[Row] | None:
    """Fit the rows above the numbers, None where it cannot be told which column each is of."""
    bands = 0
    while bands < len(rows) and len(rows[bands]) == 1 and not is_label_head(rows[bands][0].text):
        bands += 1
    levels = _levels(rows[bands:], width)
    return None if levels is None else [*(_filled(row, width) for row in rows[:bands]), *levels]


def _levels(rows: Sequence[Cells], width: int) -> list[Row] | None:
    """Fit the levels of a head: a broken line, one level, or one over another and single cells below."""
    if not rows:
        return None
    if len(rows) > 1 and sum(map(len, rows)) == width and is_label_head(rows[0][0].text):
        return [tuple(cell for row in rows for cell in row)]
    if len(rows) == 1 or all(len(row) == width for row in rows):
        levels = [_level(row, width) for row in rows]
        return [level for level in levels if level] if all(levels) else None
    two = _two_levels(rows[0], rows[1], width)
    if two is None or any(len(row) > 1 for row in rows[2:]):
        return None
    return [*two, *(_filled(row, width) for row in rows[2:])]


def _level(row: Cells, width: int) -> Row | None:
    """Fit one level: it begins over the names, or lacks the cell there."""
    if len(row) == width or (len(row) < width and not row[0].text):
        return _filled(row, width)
    return (Cell(""), *row) if len(row) == width - 1 and not is_label_head(row[0].text) else None


def _two_levels(upper: Cells, lower: Cells, width: int) -> list[Row] | None:
    """Fit two levels: both wide, the lower in the gaps of the upper or below all that is no name."""
    if len(lower) == 1:
        level = _level(upper, width)
        return None if level is None else [level, _completed(level, lower[0], width)]
    if len(upper) != width:
        return _spread(upper, lower, width)
    gaps = _gaps(upper)
    if lower[0].text and len(gaps) == len(lower):
        placed = dict(zip(gaps, lower, strict=True))
        below: Row | None = tuple(placed.get(at, Cell("")) for at in range(width))
    else:
        below = _level(lower, width)
    return None if below is None else [_reaching(upper, below), below]


def _gaps(upper: Cells) -> list[int]:
    """Return the columns of heads that reach over empty cells: 2016年, nothing."""
    empty = [at for at, cell in enumerate(upper) if at and not cell.text]
    return sorted({*empty, *(at - 1 for at in empty)})


def _reaching(upper: Cells, below: Row) -> Row:
    """Repeat a head over the empty cells to its right, as far as heads stand below both."""
    level = list(upper)
    for at in range(1, len(level)):
        if not level[at].text and below[at].text and below[at - 1].text:
            level[at] = level[at - 1]
    return tuple(level)


def _completed(level: Row, cell: Cell, width: int) -> Row:
    """Place a single cell below a head: under a last column that says no more than the one before it.

    So 增长% belongs under the second 累计 of 本月, 累计, 累计; else it is a line of its own.
    """
    last, before = read_head([level[-1].text]), read_head([level[-2].text])
    again = last.when is not None and last.when == before.when and last.measure is None
    if again and last.mention is None and read_head([cell.text]).measure and not unit_note(cell.text):
        return (*(Cell("") for _ in range(width - 1)), cell)
    return _filled([cell], width)


def _spread(upper: Cells, lower: Cells, width: int) -> list[Row] | None:
    """Spread a short upper level over a lower one that repeats: 2023年, 2022年 over 总量, 增速, 总量, 增速.

    Names of rows and units (指标, 单位) stand left of both.
    """
    names = 0
    while names < len(upper) and _is_name_head(upper[names].text):
        names += 1
    over = [cell for cell in upper[names:] if cell.text]
    below = lower[len(lower) - (width - max(names, 1)) :] if len(lower) >= width - max(names, 1) else []
    each = len(below) // len(over) if over else 0
    texts = [cell.text for cell in below]
    if not each or texts != texts[:each] * len(over) or any(cell.text for cell in lower[: -len(below)]):
        return None
    left = [*upper[:names], *(Cell("") for _ in range(width - len(below) - names))]
    return [
        (*left, *(cell for cell in over for _ in range(each))),
        (*(Cell("") for _ in left), *below),
    ]


def _is_name_head(text: str) -> bool:
    return not text or is_label_head(text) or is_unit_head(text) or is_serial_head(text)
