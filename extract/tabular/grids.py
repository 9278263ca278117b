"""Grids: the tables of a document with the place of each cell in the body.

A page's tables come as full grids (merged cells repeated) while the body holds each cell once, so the two
are walked side by side: a cell is taken where the body continues with its text and a cell ends there, else
it is the repeat of its neighbour. White space is left out of the comparison, for a cell of two paragraphs
is two lines of the body.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.tables import Table

_RUN = re.compile(r"\S+")
_STARTS_MAX = 200  # places where a table may begin that are tried
_ROWS_TRIED = 3
_CAPTION_MAX = 60  # characters
_ABOVE_MAX = 4  # lines above a table that may belong to it
_UNIT_LINE = re.compile(r"^[(（]?\s?(?:计量|金额|货币)?单\s?位\s?[:：]\s?(?P<unit>.{1,30}?)[)）]?$")
_UNIT_TAIL = re.compile(r"[\s(（](?:计量|金额|货币)?单\s?位\s?[:：]\s?(?P<unit>[^:：()（）]{1,20})[)）]?$")
_FRAME = " \t|｜"
_NUMBERED = re.compile(r"^[(（]?(?:附|续)?\s?表")
_NOTE = re.compile(r"^(?:【?注|说明|备注|资料来源|数据来源|\*)")
_SENTENCE = re.compile(r"[。；！？;\t|｜]|[，,：:]$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it stands in the body; `start` is -1 for one that stands nowhere."""

    text: str
    start: int = -1
    end: int = -1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, the lines above that belong to it, and the spans of the body it takes."""

    rows: tuple[Row, ...]
    spans: tuple[tuple[int, int], ...]
    caption: str = ""
    unit_note: str = ""


class _Squeezed:
    """A body without white space: its characters' origins, and where a line or a cell begins."""

    def __init__(self, body: str) -> None:
        parts: list[str] = []
        self.origin = array("I")
        edges: set[int] = set()
        last = 0
        for run in _RUN.finditer(body):
            gap = body[last : run.start()]
            if not parts or "\t" in gap or "\n" in gap:
                edges.add(len(self.origin))
            parts.append(run.group())
            self.origin.extend(range(run.start(), run.end()))
            last = run.end()
        edges.add(len(self.origin))
        self.text, self.edges = "".join(parts), edges

    def holds(self, text: str, at: int) -> bool:
        """Tell whether a whole cell or a run of whole cells at an offset has this text."""
        return at in self.edges and self.text.startswith(text, at) and at + len(text) in self.edges

    def cell(self, written: str, at: int, length: int) -> Cell:
        """Return the cell at an offset with its place in the body."""
        return Cell(written, self.origin[at], self.origin[at + length - 1] + 1)


def _squeeze(text: str) -> str:
    return "".join(text.split())


def placed_grids(body: str, tables: Sequence[Table]) -> Iterator[Grid]:
    """Yield the tables of a page with the offsets of their cells in `body`.

    A table that the body does not hold (it was cut off as the page's own) is left out. Time is linear in the
    body and the cells.
    """
    if not tables:
        return
    squeezed = _Squeezed(body)
    at = 0
    for table in tables:
        start = _start_of(squeezed, table, at)
        if start is None:
            continue
        rows, at = _place(squeezed, table.rows, start)
        grid = with_lines_above(body, Grid(tuple(rows), _spans(rows)))
        yield replace(grid, caption=table.caption) if table.caption else grid


def _start_of(body: _Squeezed, table: Table, at: int) -> int | None:
    """Return the offset from which the first rows of a table stand in the body."""
    first = next((text for row in table.rows for cell in row if (text := _squeeze(cell))), "")
    head = [row for row in table.rows if any(row)][:_ROWS_TRIED]
    for _ in range(_STARTS_MAX):
        at = body.text.find(first, at) if first else -1
        if at < 0:
            return None
        if at in body.edges and all(map(_is_placed, _place(body, head, at)[0])):
            return at
        at += 1
    return None


def _is_placed(row: Row) -> bool:
    return any(cell.start >= 0 for cell in row)


def _place(body: _Squeezed, rows: Sequence[Sequence[str]], at: int) -> tuple[list[Row], int]:
    """Find the cells of rows from an offset on; a row that is not there keeps its texts without places."""
    placed: list[Row] = []
    above: Row = ()
    for texts in rows:
        found, end = _place_row(body, texts, at, above)
        if found is None:
            placed.append(tuple(Cell(text) for text in texts))
            continue
        placed.append(found)
        at, above = end, found
    return placed, at


def _place_row(body: _Squeezed, texts: Sequence[str], at: int, above: Row) -> tuple[Row | None, int]:
    cells: list[Cell] = []
    for column, text in enumerate(texts):
        bare = _squeeze(text)
        if not bare:
            cells.append(Cell(""))
        elif body.holds(bare, at):
            cells.append(body.cell(text, at, len(bare)))
            at += len(bare)
        elif column and texts[column - 1] == text:
            cells.append(cells[-1])
        elif column < len(above) and above[column].text == text:
            cells.append(above[column])
        else:
            return None, at
    return tuple(cells), at


def _spans(rows: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    """Return the span of each row that the body holds, cells reaching down from above left out."""
    spans, floor = [], -1
    for row in rows:
        own = [cell for cell in row if cell.text and cell.start >= floor]
        if own:
            floor = max(cell.end for cell in own)
            spans.append((min(cell.start for cell in own), floor))
    return tuple(spans)


def with_lines_above(body: str, grid: Grid) -> Grid:
    """Give a grid the caption and the unit line (单位:亿元) that stand right above it.

    Of these only the unit line and a caption that says 表 are table text: others may head a section.
    """
    if not grid.spans:
        return grid
    start, unit = grid.spans[0][0], grid.unit_note
    lines = body[max(0, start - 400) : start].rstrip("\n").split("\n")
    spans = list(grid.spans)
    for line in reversed(lines[-_ABOVE_MAX:]):
        start -= len(line) + 1
        text = line.strip(_FRAME)
        if not text:
            continue
        text, told = cut_unit(text)
        unit = told or unit
        if told:
            spans.insert(0, (start, start + len(line)))
        if told and not text:
            continue
        if not is_caption(text):
            break
        if not told and _NUMBERED.match(text):
            spans.insert(0, (start, start + len(line)))
        return replace(grid, caption=text, unit_note=unit, spans=tuple(spans))
    return replace(grid, unit_note=unit, spans=tuple(spans))


def cut_unit(text: str) -> tuple[str, str]:
    """Cut the unit off a line that ends in it: 表1 主要指标(单位:亿元) is 表1 主要指标 and 亿元."""
    if unit := unit_note(text):
        return "", unit
    found = _UNIT_TAIL.search(text)
    return (text[: found.start()].strip(), found["unit"]) if found else (text, "")


def is_caption(line: str) -> bool:
    """Tell whether a line above a table can be its caption: short, one cell, and no sentence."""
    return 2 < len(line) <= _CAPTION_MAX and not _SENTENCE.search(line)


def unit_note(text: str) -> str:
    """Return what a line or a merged cell says of the table's unit (单位:亿元), or an empty string."""
    found = _UNIT_LINE.match(text.strip())
    return found["unit"] if found else ""


def is_note(text: str) -> bool:
    """Tell whether a text is a note below a table: 注:, 资料来源:."""
    return _NOTE.match(text) is not None
