"""The outline of a document: headings 一、 (一) 1. and sentence headings, their sections, and the sentences.

A section tells what its numbers are (a review or a plan) and of which period, as far as its headings do. The
title fills what the headings leave open: 2022年一季度工作情况及二季度工作打算 gives the period of both parts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extract.fold import fold
from extract.frames import Frame, Role, frame, role_of
from extract.period import Mention, Period, mentions
from extract.units import lexicon

_MARKS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"第[一二三四五六七八九十]{1,3}(?:部分|方面|章|篇)[,:、]?|[一二三四五六七八九十]{1,3}[、.](?![一二三四五六七八九十][、产次级])"
    ),
    re.compile(r"[(][一二三四五六七八九十]{1,3}[)]"),
    re.compile(r"\d{1,2}[.、](?!\d)"),
    re.compile(r"[(]\d{1,2}[)]"),
)
# The serial number of a list, of which folding has dropped the blank: 07 新建公园3个.
_SERIAL, _SERIAL_LEVEL = re.compile(r"\d{2}(?=[\u4e00-\u9fff“])(?![余多万千百亿年月日])"), 2
_MARK_SIGNS = frozenset("第一二三四五六七八九十(0123456789")
_FIGURE = re.compile(r"\d[余多]?(?![年月日号届期])[%‰㎡\u4e00-\u9fff]")
_DECIMAL = re.compile(r"\d\.\d")
_TELLS_NUMBER = re.compile(
    r"[,;:\d]|第[一二三四五六七八九十]|前[一二两三四五六七八九十]|[一二两三四五六七八九十百千万亿][余多]?[个项家户人名元万亿倍成]"
    r"|番|首位|榜首|分之"
)
_STRONG_PLAN = re.compile(
    r"(?:工作|发展)(?:计划|安排|打算|思路)|下一步|下阶段|预期目标|主要目标|工作(?:总体)?要求"
)
# A line that leads to what follows it, where no heading tells the role: 今年的主要预期目标是:
_LEADS_TO_PLAN = re.compile(
    r"(?:预期|主要|奋斗|总体|发展|工作)目标(?:任务)?(?:是|为|如下|安排如下)[:。]$"
    r"|^(?:围绕|为实现|为完成|实现|按照)(?:上述|以上|这些|这一|今年的?)[^。]{0,16}(?:目标|要求|任务)[^。]{2,30}[:。]$"
    r"|^(?:今年|明年|新的一年|下一步|下一阶段)[^。]{0,8}(?:要|将|重点)[^。]{0,8}[做抓]好[^了。]{0,16}[:。]$"
)
_STOP = re.compile(r"[。!?]")
_LONGEST_SENTENCE = 500  # characters; bounds the work of every rule
_LONGEST_HEADING = 60
_LONGEST_SENTENCE_HEADING = 24


@dataclass(frozen=True, slots=True)
class Section:
    """What the headings above a sentence tell: their path, whether it is a review or a plan, the period.

    `told` is false where no heading tells the role, and it is that of the title; `years` is the span of years
    that a heading names beside (“十二五”发展和2015年工作回顾).
    """

    path: tuple[str, ...]
    role: Role
    period: Period | None
    told: bool
    years: Period | None = None


class Sentence(NamedTuple):
    """A sentence at folded offsets start to end, and its section; `opens` marks the first of a paragraph."""

    start: int
    end: int
    section: Section
    opens: bool


def _marker(line: str) -> tuple[int, int] | None:
    """Return level (from 0) and end of the mark that begins a heading or an item: 一、 (一) 1. (1)."""
    if line[:1] not in _MARK_SIGNS:
        return None
    for level, pattern in enumerate(_MARKS):
        if found := pattern.match(line):
            return level, found.end()
    serial = _SERIAL.match(line)
    if serial and lexicon().match(line, serial.end()) is None:
        return _SERIAL_LEVEL, serial.end()
    return None


def _heading_end(line: str, level: int, mark_end: int) -> int | None:
    """Return where a marked line's heading ends, or None where the line is an item that reports numbers."""
    stop = line.find("。", mark_end)
    end = len(line) if stop < 0 else stop + 1
    figures = len(_FIGURE.findall(line, mark_end, end))
    decimals = len(_DECIMAL.findall(line, mark_end, end))
    reports = figures > 1 or decimals > 1 or (figures == 1 and level > 1)
    longest = _LONGEST_HEADING if level > 1 else 2 * _LONGEST_HEADING
    return None if reports or end > longest else end


def _title_line(line: str) -> bool:
    """Tell whether an unnumbered line announces a review or a plan, and not both as a title does."""
    if len(line) > _LONGEST_SENTENCE_HEADING or re.search(r"[。;,:!]", line):
        return False
    return bool(_STRONG_PLAN.search(line)) != bool(re.search(r"工作(?:总结|回顾|情况)", line))


class _Outline:
    """The headings open at a place of the text."""

    def __init__(self, title: Frame) -> None:
        self._title = title
        self._open: list[tuple[int, str, Role | None, Period | None]] = []
        self._here: dict[str, Section] = {}
        self._leads_to_plan = False

    def lead_to_plan(self) -> None:
        """Take what follows for a plan as far as no heading tells otherwise."""
        self._leads_to_plan = True
        self._here.clear()

    def leave(self, level: int) -> None:
        """Close the headings of a level and below."""
        self._here.clear()
        while self._open and self._open[-1][0] >= level:
            self._open.pop()

    def enter(self, level: int, text: str) -> None:
        """Open a heading."""
        self.leave(level)
        tells = level == 0 or _STRONG_PLAN.search(text) or mentions(text)
        role = role_of(text) if tells and not _says_both(text) else None
        self._open.append((level, text, role, self._period(text, role)))
        self._here.clear()

    def _period(self, text: str, role: Role | None) -> Period | None:
        named: list[Mention] = mentions(text)
        if not named:
            return None
        named.sort(key=lambda mention: mention.period.last_year is not None)
        inherited = self.section().period or self._title.of(role or self._title.role) or self._title.review
        return named[0].resolved(inherited)

    def section(self, headline: str = "") -> Section:
        """Return the section here; the innermost heading that tells decides."""
        if headline not in self._here:
            self._here[headline] = self._section(headline)
        return self._here[headline]

    def _section(self, headline: str) -> Section:
        told: Role | None = next((r for _, _, r, _ in reversed(self._open) if r), None)
        role = told or ("plan" if self._leads_to_plan else self._title.role)
        period = next((p for _, _, _, p in reversed(self._open) if p), None)
        path = tuple(text for _, text, _, _ in self._open)
        path += (headline,) if headline else ()
        return Section(path, role, period or self._title.of(role), told is not None, self._years())

    def _years(self) -> Period | None:
        """Return the span of years that the open headings name, if one does."""
        named = (mention for _, text, _, _ in reversed(self._open) for mention in mentions(text))
        periods = (mention.resolved(self._title.review) for mention in named)
        return next((period for period in periods if period.year and period.last_year), None)


def _is_sentence_heading(text: str) -> bool:
    return len(text) <= _LONGEST_SENTENCE_HEADING and text.endswith("。") and not _TELLS_NUMBER.search(text)


def _sentence_end(text: str, start: int, end: int) -> int:
    """Return where the sentence that begins at `start` ends; one that is too long is cut at a clause."""
    limit = min(end, start + _LONGEST_SENTENCE)
    if stop := _STOP.search(text, start, limit):
        return stop.end()
    if limit == end:
        return end
    cut = max(text.rfind(";", start, limit), text.rfind(",", start, limit))
    return cut + 1 if cut > start else limit


def _sentences(text: str, start: int, end: int, outline: _Outline) -> Iterator[Sentence]:
    """Split a paragraph; a short sentence without numbers heads those that follow it."""
    headline, opens = "", True
    while start < end:
        stop = _sentence_end(text, start, end)
        piece = text[start:stop]
        if _is_sentence_heading(piece):
            headline = piece.rstrip("。")
        else:
            yield Sentence(start, stop, outline.section(headline), opens)
            opens = False
        start = stop


def _enter(line: str, outline: _Outline) -> int:
    """Enter the heading that begins a line, if one does, and return where the line's own text begins."""
    level, mark_end = _marker(line) or (0, 0)
    if not mark_end and not _title_line(line):
        if len(line) <= _LONGEST_HEADING and _LEADS_TO_PLAN.search(line):
            outline.lead_to_plan()
        return 0
    end = _heading_end(line, level, mark_end)
    if end is None:
        outline.leave(level)
        return mark_end
    outline.enter(level, line[:end].rstrip("。"))
    return end


def _says_both(text: str) -> bool:
    """Tell whether a heading names a review and a plan side by side: 完成情况及下一步打算."""
    pieces = re.split(r"[及和与暨]", text, maxsplit=1)
    return len(pieces) == 2 and [role_of(piece) for piece in pieces] == ["actual", "plan"]


def sentences(text: str, title: str | None = None, told: Frame | None = None) -> Iterator[Sentence]:
    """Go through a folded text sentence by sentence; headings themselves are left out.

    `title` is the document's title, folded or not, `told` what it tells if that is known. Sentences are at
    most 500 characters long.
    """
    outline = _Outline(told or frame(title, text))
    heading = fold(title).text if title else None
    start = 0
    for line in text.split("\n"):
        begin, end = start, start + len(line)
        start = end + 1
        if "\t" in line or line == heading:
            continue  # a row of a table is no sentence
        begin += _enter(line, outline)
        if begin < end:
            yield from _sentences(text, begin, end, outline)
