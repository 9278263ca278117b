"""Tables in plain text whose lines mark their cells by tabs or strokes, and the runs of lines that may be one.

A run of such lines becomes a grid only where its structure is plain: rows as wide as each other, and a head
that fits them. Anything else is left to the prose reader. Each line is looked at a bounded number of times.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.amounts import is_year, read_amount
from extract.grids import Cell, Grid, Row, with_lines_above
from extract.heads import is_label_head
from extract.unmarked import Line, stacked_grid, unmarked_grids

_STROKE = re.compile(r"[|｜]")
_RULE = re.compile(r":?-{3,}:?")
_SENTENCE = re.compile(r"[。；！？;]")
_LINE_MAX = 200  # characters


def lined_grids(body: str) -> Iterator[Grid]:
    """Yield the tables that stand in a text as lines, in order; `body` has no blank lines."""
    run: list[Line] = []
    kind, start = "", 0
    for text in (*body.split("\n"), ""):
        line = Line(start, text)
        start += len(text) + 1
        now = _kind(text)
        if now != kind:
            yield from _read_run(body, kind, run)
            run, kind = [], now
        run.append(line)


def _kind(text: str) -> str:
    """Tell what a line can be part of: a table with marks between its cells, one without, or none."""
    if not text or len(text) > _LINE_MAX or _SENTENCE.search(text):
        return ""
    if "\t" in text or _STROKE.search(text):
        return "parted"
    return "bare"


def _read_run(body: str, kind: str, run: Sequence[Line]) -> Iterator[Grid]:
    if kind == "parted":
        yield from _parted(body, run)
    elif kind == "bare":
        yield from unmarked_grids(body, run)


def _cells(line: Line) -> list[Cell]:
    """Cut a line at its tabs or strokes; a stroke at an end of the line is its frame."""
    text = line.text
    mark = "\t" if "\t" in text else "|"
    framed = mark == "|"
    cells, at = [], line.start
    for part in text.replace("｜", "|").split(mark):
        bare = part.strip()
        begin = at + part.find(bare) if bare else at
        cells.append(Cell(bare, begin, begin + len(bare)))
        at += len(part) + 1
    if framed and not cells[0].text:
        cells = cells[1:]
    if framed and cells and not cells[-1].text:
        cells = cells[:-1]
    return cells


def _parted(body: str, run: Sequence[Line]) -> Iterator[Grid]:
    """Read lines with marks between cells: a row to a line, or a cell to a line with its stroke behind."""
    rows = [row for row in map(_cells, run) if row and not all(_RULE.fullmatch(cell.text) for cell in row)]
    if sum(len(row) <= 1 for row in rows) * 2 > len(rows):
        yield from stacked_grid(body, [cell for row in rows for cell in row])
        return
    width = _width(rows)
    if width < 2:
        return
    spans = tuple((line.start, line.end) for line in run)
    aligned = [_aligned(row, width) for row in rows]
    opening = [row for row, raw in zip(aligned, rows, strict=True) if row is None and len(raw) > 1]
    if opening and opening[0] is None and not _spread(rows, aligned, width):
        return
    yield with_lines_above(body, Grid(tuple(row for row in aligned if row is not None), spans))


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the number of cells that most rows with numbers have."""
    widths = Counter(len(row) for row in rows if any(read_amount(cell.text) for cell in row[1:]))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _aligned(row: Sequence[Cell], width: int) -> Row | None:
    """Fit a row to the width of its table: a head may lack its first cell, a row its last ones."""
    if len(row) == width or len(row) == 1:
        return tuple(row) + tuple(Cell("", row[-1].end, row[-1].end) for _ in range(width - len(row)))
    if len(row) > width:
        return None
    numbers = any(read_amount(cell.text) and not is_year(cell.text) for cell in row[1:])
    if numbers:
        return tuple(row) + tuple(Cell("", row[-1].end, row[-1].end) for _ in range(width - len(row)))
    if len(row) == width - 1 and not is_label_head(row[0].text):
        return (Cell("", row[0].start, row[0].start), *row)
    return None


def _spread(rows: Sequence[Sequence[Cell]], aligned: list[Row | None], width: int) -> bool:
    """Spread an upper head over the columns of the lower one: 2023年, 2022年 over 总量, 增速, 总量, 增速.

    Only where the lower head repeats itself as often as the upper one has names.
    """
    number = next(n for n, row in enumerate(aligned) if row is None)
    below = aligned[number + 1] if number + 1 < len(aligned) else None
    lower = [cell.text for cell in below[1:]] if below else []
    upper = [cell for cell in rows[number] if cell.text and not is_label_head(cell.text)]
    if not lower or not upper or (width - 1) % len(upper):
        return False
    each = (width - 1) // len(upper)
    if lower != lower[:each] * len(upper) or sum(row is None for row in aligned) > 1:
        return False
    aligned[number] = (Cell(""), *(cell for cell in upper for _ in range(each)))
    return True


