"""Tables in plain text whose cells are marked by tabs or strokes, and the runs of lines that may be one.

A run of such lines becomes a grid only where its structure is plain: rows as wide as each other, and a head
that fits them (`ragged`). Anything else is left to the prose reader. Each line is looked at a bounded number
of times.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from extract.tabular.grids import Cell, Grid, with_lines_above
from extract.tabular.ragged import fitted
from extract.tabular.unmarked import Line, stacked_grids, unmarked_grids

Kind = Literal["marked", "unmarked"]

_MARK = re.compile(r"[\t|｜]")
_FRAME = "|｜ \t"  # a line of nothing else parts cells and is none
_RULE = re.compile(r":?-{3,}:?")
_SENTENCE = re.compile(r"[。；！？;]")
_LINE_MAX = 200  # characters
_SECTION_MAX = 16  # characters
_DIGIT = re.compile(r"\d")


def lined_grids(body: str) -> Iterator[Grid]:
    """Yield the tables that stand in a text as lines, in order; `body` has no blank lines."""
    start = 0
    run: list[Line] = []
    kind: Kind | None = None
    lines = body.split("\n")
    for text, following in zip((*lines, ""), (*lines[1:], "", ""), strict=True):
        if text and not text.strip(_FRAME):
            start += len(text) + 1
            continue
        now = _kind(text)
        if kind == "marked" and now == "unmarked" and _parts_rows(text, following):
            now = kind
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


def _parts_rows(text: str, following: str) -> bool:
    """Tell whether a line without marks says what the marked rows below it are about: 按行业分."""
    return len(text) <= _SECTION_MAX and not _DIGIT.search(text) and _kind(following) == "marked"


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
    fitted_rows = tuple(fitted(rows))
    if fitted_rows:
        yield with_lines_above(body, Grid(fitted_rows, tuple(line.span for line in run)))
