"""A text with marks in it: cut at code points on the server, so that no browser has to count.

Offsets count Unicode code points of the stored body, as everywhere in gongkai. JavaScript would count UTF-16
units and be wrong behind the first character outside the basic plane.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A place body[start:end] and what is said of it; `anchor` names the place, `tone` is its style."""

    start: int
    end: int
    anchor: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under no mark, one, or several that overlap; `anchor` of one that begins here."""

    text: str
    marks: tuple[Mark, ...] = ()
    anchor: str | None = None


Cell = tuple[Segment, ...]
Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line of one cell), or a table (neighbouring lines of several cells)."""

    is_table: bool
    lines: tuple[Line, ...]


def blocks(body: str, marks: Iterable[Mark]) -> tuple[Block, ...]:
    """Return a body as paragraphs and tables with its marks in place.

    Lines end at line breaks, cells at tabs; empty lines are left out. Marks that do not lie within the body
    are left out too. Joined again, the segments give every character of the body but tabs and line breaks.
    """
    lines = [line for line in _lines(segments(body, marks)) if any(cell for cell in line)]
    found: list[Block] = []
    for is_table, group in groupby(lines, key=lambda line: len(line) > 1):
        if is_table:
            found.append(Block(True, tuple(group)))
        else:
            found += [Block(False, (line,)) for line in group]
    return tuple(found)


def segments(body: str, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cut a body at the ends of its marks; every piece carries the marks that cover it."""
    within = sorted(
        (mark for mark in marks if 0 <= mark.start < mark.end <= len(body)),
        key=lambda mark: (mark.start, mark.end),
    )
    cuts = sorted({0, len(body), *(mark.start for mark in within), *(mark.end for mark in within)})
    found: list[Segment] = []
    open_marks: list[Mark] = []
    following = 0
    for start, end in pairwise(cuts):
        while following < len(within) and within[following].start == start:
            open_marks.append(within[following])
            following += 1
        open_marks = [mark for mark in open_marks if mark.end > start]
        anchor = next((mark.anchor for mark in open_marks if mark.start == start), None)
        found.append(Segment(body[start:end], tuple(open_marks), anchor))
    return tuple(found)


def _lines(pieces: Iterable[Segment]) -> list[Line]:
    lines: list[list[list[Segment]]] = [[[]]]
    for piece in pieces:
        for part in re.split(r"([\n\t])", piece.text):
            if part == "\n":
                lines.append([[]])
            elif part == "\t":
                lines[-1].append([])
            elif part:
                lines[-1][-1].append(replace(piece, text=part))
    return [tuple(tuple(cell) for cell in line) for line in lines]
