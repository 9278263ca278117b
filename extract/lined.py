"""Tables in plain text whose cells are marked by tabs or strokes, and the runs of lines that may be one.

A run of such lines becomes a grid only where its structure is plain: rows as wide as each other, and a head
that fits them. Anything else is left to the prose reader. Each line is looked at a bounded number of times.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from extract.amounts import is_year, read_amount
from extract.grids import Cell, Grid, Row, with_lines_above
from extract.heads import is_label_head
from extract.unmarked import Line, stacked_grids, unmarked_grids

Kind = Literal["marked", "unmarked"]

_MARK = re.compile(r"[\t|｜]")
_RULE = re.compile(r":?-{3,}:?")
_SENTENCE = re.compile(r"[。；！？;]")
_LINE_MAX = 200  # characters


def lined_grids(body: str) -> Iterator[Grid]:
    """Yield the tables that stand in a text as lines, in order; `body` has no blank lines."""
    start = 0
    run: list[Line] = []
    kind: Kind | None = None
    for text in (*body.split("\n"), ""):
        now = _kind(text)
        if now != kind:
            yield from _grids_of(body, kind, run)
            run, kind = [], now
        run.append(Line(start, text))
        start += len(text) + 1


def _kind(text: str) -> Kind | None:
    """Tell what a line can be a row of: a table with marks between its cells, one without, or none."""
    if not text or len(text) > _LINE_MAX or _SENTENCE.search(text):
        return None
    return "marked" if _MARK.search(text) else "unmarked"


def _grids_of(body: str, kind: Kind | None, run: Sequence[Line]) -> Iterator[Grid]:
    if kind == "marked":
        yield from _marked_grids(body, run)
    elif kind == "unmarked":
        yield from unmarked_grids(body, run)


def _cells(line: Line) -> list[Cell]:
    """Cut a line at its tabs or strokes; a stroke at an end of the line is its frame."""
    mark = "\t" if "\t" in line.text else "|"
    cells, at = [], line.start
    for part in line.text.replace("｜", "|").split(mark):
        bare = part.strip()
        begin = at + part.find(bare)
        cells.append(Cell(bare, begin, begin + len(bare)))
        at += len(part) + 1
    if mark == "|":
        first, last = not cells[0].text, not cells[-1].text
        cells = cells[first : len(cells) - last]
    return cells


def _marked_grids(body: str, run: Sequence[Line]) -> Iterator[Grid]:
    """Read lines with marks between cells: a row to a line, or a cell to a line with its stroke behind."""
    rows = [row for row in map(_cells, run) if row and not all(_RULE.fullmatch(cell.text) for cell in row)]
    if sum(len(row) == 1 for row in rows) * 2 > len(rows):
        yield from stacked_grids(body, [cell for row in rows for cell in row])
        return
    width = _width(rows)
    fitted = _spread([_fitted(row, width) for row in rows], rows, width)
    if width > 1 and fitted:
        yield with_lines_above(body, Grid(fitted, tuple(line.span for line in run)))


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the number of cells that most rows with numbers have."""
    widths = Counter(len(row) for row in rows if any(read_amount(cell.text) for cell in row[1:]))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _fitted(row: Sequence[Cell], width: int) -> Row | None:
    """Fit a row to the width of its table: a head may lack its first cell, a row its last ones."""
    while len(row) > max(width, 1) and not row[-1].text:
        row = row[:-1]
    if len(row) > width:
        return None
    missing = (Cell("") for _ in range(width - len(row)))
    numbers = any(read_amount(cell.text) and not is_year(cell.text) for cell in row[1:])
    if len(row) in (1, width) or numbers:
        return (*row, *missing)
    if len(row) == width - 1 and not is_label_head(row[0].text):
        return (Cell(""), *row)
    return None


def _spread(
    fitted: Sequence[Row | None], rows: Sequence[Sequence[Cell]], width: int
) -> tuple[Row, ...] | None:
    """Spread a short upper head over the lower one: 2023年, 2022年 over 总量, 增速, 总量, 增速.

    Only where the lower head repeats itself as often as the upper one has names; else the table is not plain
    and None is returned.
    """
    short = [number for number, row in enumerate(fitted) if row is None]
    if not short:
        return tuple(row for row in fitted if row)
    number = short[0]
    below = fitted[number + 1] if number + 1 < len(fitted) else None
    upper = [cell for cell in rows[number] if cell.text and not is_label_head(cell.text)]
    lower = [cell.text for cell in below[1:]] if below else []
    each = (width - 1) // len(upper) if upper else 0
    if len(short) > 1 or not each or lower != lower[:each] * len(upper):
        return None
    spread = (Cell(""), *(cell for cell in upper for _ in range(each)))
    return tuple(row or spread for row in fitted)
