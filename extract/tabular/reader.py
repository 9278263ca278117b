"""Statistical tables become figures, and the body's lines that are table text are told.

The tables of a page are placed in its body, those of a plain text are found by their lines; each is cut into
blocks under one head, and the blocks are read one by one.
"""

import re
from dataclasses import dataclass

from extract.document import Document
from extract.tabular.blocks import blocks
from extract.tabular.figures import TableFigure, figures_of
from extract.tabular.grids import placed_grids
from extract.tabular.lined import lined_grids

_FIGURES_MAX = 20_000  # of a document
_PROSE = re.compile(r"[。；！？]")
_PROSE_CELL_MIN = 30  # characters: a longer cell may hold a sentence for the prose reader


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
    title = document.title or ""
    figures: dict[int, TableFigure] = {}
    spans: list[tuple[int, int]] = []
    for grid in grids:
        found = [figure for block in blocks(grid) for figure in figures_of(block, document.body, title)]
        for figure in found[: _FIGURES_MAX - len(figures)]:
            figures.setdefault(figure.start, figure)
        if found or document.tables:
            spans.extend(span for span in grid.spans if not _is_prose(document.body, span))
    return TableReading(tuple(figures[start] for start in sorted(figures)), tuple(sorted(set(spans))))


def _is_prose(body: str, span: tuple[int, int]) -> bool:
    """Tell whether a row has a cell of running text."""
    row = body[slice(*span)]
    return _PROSE.search(row) is not None and any(len(cell) >= _PROSE_CELL_MIN for cell in row.split("\t"))
