"""A document's text as the checking page shows it: headings, tables, records in place, numbers left out.

A checker looks for two faults: a record that says something else than the text, and a number that should be a
record and is none. So every number of the text is either marked with its records or faintly underlined. Dates
and the marks of headings are neither: they stand everywhere and are never records.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.metrics import Metric
from web.marks import Block, Mark, Segment, blocks

Level = Literal[0, 1, 2, 3, 4]

_NUMERALS = "一二三四五六七八九十"
_HEADING_MARKS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第[{_NUMERALS}]{{1,3}}(?:部分|章|篇)|[{_NUMERALS}]{{1,3}}[、.．]")),
    (2, re.compile(rf"[(（][{_NUMERALS}]{{1,3}}[)）]")),
    (3, re.compile(r"\d{1,2}[、.．](?!\d)")),
    (4, re.compile(r"[(（]\d{1,2}[)）]")),
)
_LONGEST_HEADING = 60  # characters
_LONGEST_LONE_LINE = 24
_PUNCTUATION = re.compile(r"[，。；：！？,;:!?]")
_DATE = (
    r"\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{4}(?=[和、至到—-]\d{4}年)"
    r"|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}(?=[、至到—-]\d{1,2}月)|\d{4}-\d{1,2}-\d{1,2}"
)
_ITEM = rf"第[{_NUMERALS}百]{{1,5}}条|(?<=[。；;：:])\d{{1,2}}[.．、](?!\d)"
# A single Chinese numeral is part of many words (统一, 一体化): it counts only with a sign of a number.
_WRITTEN = (
    r"\d+(?:,\d{3})*(?:[.．]\d+)?"
    rf"|[第前][{_NUMERALS}]{{1,3}}"
    rf"|[{_NUMERALS}两百千][余多]?[成倍番]|[{_NUMERALS}百千万亿][余多]"
    rf"|[{_NUMERALS}两百千万亿零〇]{{2,12}}"
)
_NUMBER = re.compile(rf"(?P<date>{_DATE})|(?P<item>{_ITEM})|{_WRITTEN}")
_LEFT_OUT, _LEAD = "left", "lead"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `records` are the numbers (from 1) of the records that cover it, `anchors` those of them
    that begin here; `left_out` marks a number without a record, `lead` the heading that opens a paragraph.
    """

    text: str
    records: tuple[int, ...]
    anchors: tuple[int, ...]
    left_out: bool
    lead: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text; `level` is 1 to 4 for a numbered heading, `lone` marks a short line of one phrase."""

    pieces: tuple[Piece, ...]
    level: Level
    lone: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Neighbouring lines with tabs: the rows of a table, each cell in pieces."""

    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


def left_out(body: str, metrics: Sequence[Metric]) -> list[tuple[int, int]]:
    """Return the offsets of the numbers of a text that no record touches, dates and heading marks aside."""
    covered = bytearray(len(body))
    for metric in metrics:
        covered[metric.start : metric.end] = b"\1" * (metric.end - metric.start)
    for start, line in _lines(body):
        end = start + _heading(line)[1]
        covered[start:end] = b"\1" * (end - start)
    return [
        found.span()
        for found in _NUMBER.finditer(body)
        if not (found["date"] or found["item"]) and not any(covered[found.start() : found.end()])
    ]


def parts(body: str, metrics: Sequence[Metric]) -> Iterator[Paragraph | Grid]:
    """Yield the text as paragraphs and tables with its records (numbered from 1 in their order) in place."""
    seen: set[int] = set()
    marks = [
        *(Mark(metric.start, metric.end, str(n), "", "") for n, metric in enumerate(metrics, 1)),
        *(Mark(start, end, "", "", _LEFT_OUT) for start, end in left_out(body, metrics)),
        *(Mark(start, end, "", "", _LEAD) for start, end in _leads(body)),
    ]
    for block in blocks(body, marks):
        yield _grid(block, seen) if block.is_table else _paragraph(block, seen)


def _lines(body: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in body.split("\n"):
        yield start, line
        start += len(line) + 1


def _heading(line: str) -> tuple[Level, int]:
    """Return the level of the mark that begins a line and where the mark ends; 0 and 0 where none does."""
    indent = len(line) - len(line.lstrip())
    for level, pattern in _HEADING_MARKS:
        if found := pattern.match(line, indent):
            return level, found.end()
    return 0, 0


def _leads(body: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of headings that open a paragraph: (一)规范办事。全年办理……"""
    for start, line in _lines(body):
        stop = line.find("。") + 1
        if _heading(line)[0] and 0 < stop <= _LONGEST_HEADING and stop < len(line.rstrip()):
            yield start, start + stop


def _paragraph(block: Block, seen: set[int]) -> Paragraph:
    pieces = _pieces(block.lines[0][0], seen)
    line = "".join(piece.text for piece in pieces)
    recorded = any(piece.records for piece in pieces)
    level, _ = _heading(line)
    # an item that reports (1. 投资3亿元) is no heading, a chapter that does is one
    whole = len(line) <= _LONGEST_HEADING and "。" not in line.rstrip("。") and (level < 3 or not recorded)
    short = len(line) <= _LONGEST_LONE_LINE and not _PUNCTUATION.search(line.rstrip("。"))
    lone = short and not level and not recorded
    return Paragraph(pieces, level if whole else 0, lone)


def _grid(block: Block, seen: set[int]) -> Grid:
    return Grid(tuple(tuple(_pieces(cell, seen) for cell in line) for line in block.lines))


def _pieces(segments: Sequence[Segment], seen: set[int]) -> tuple[Piece, ...]:
    """Return the pieces of a line; `seen` takes the records that have begun, each begins in one piece."""
    pieces = []
    for segment in segments:
        tones = {mark.tone for mark in segment.marks}
        records = tuple(int(mark.anchor) for mark in segment.marks if mark.anchor)
        anchors = tuple(number for number in records if number not in seen)
        seen.update(anchors)
        pieces.append(Piece(segment.text, records, anchors, _LEFT_OUT in tones, _LEAD in tones))
    return tuple(pieces)
