"""The plain text of a page, as a browser copies it: navigation, crumb, title, head line, body, tail.

The head line (来源, 发布时间 …) is the hinge: the title stands above it, the body begins below it. A text
without a head line is a document by itself: it is kept whole, and a first line that is plainly a title
becomes the title.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.dates import is_bare_day, read_day
from extract.headline import dated_title, fields_of, is_head_line, segments_of
from extract.labels import Field
from extract.lines import fold_spaces
from extract.metadata import Facts, number_in_text, publisher_of_crumbs
from extract.strip import document_lines, is_crumb, is_furniture, is_paragraph

_HEAD_LINES_MAX = 80
_TITLE_MAX = 90
_SPEAKER = re.compile(
    r".{0,30}(?:省长|市长|区长|县长|镇长|乡长|州长|盟长|旗长|主席|主任|书记|局长|院长|检察长)[\s\u3000]+[一-鿿·\s\u3000]{2,8}"
)
_SUBTITLE = re.compile(r"[-—–―－]{1,6}\s{0,3}\S.{0,80}|[（(].{2,80}[）)]")
_SENTENCE_END = re.compile(r"[。；！：:，,;]$")
_NAVIGATION = re.compile(r"[<×✕|丨]|^当前位置|^您|位置[:：]")
_SPACED_LETTERS = re.compile(r"(?:[一-鿿]\s){2,}[一-鿿]")
_DAY = r"(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?"
_DATELINE = re.compile(
    rf"(?:[一-鿿]{{2,10}}\s*)?[（(]?{_DAY}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[）)]?(?:\s*[一-鿿:：]{{2,16}})?"
)
_DATELINES_MAX = 2
_ANNEX = re.compile(r"附[件表]\s*[\d一二三四五六七八九十]{0,3}[:：]?")
_ABOVE_TITLE = 4  # lines
_REPORT = re.compile(
    r"(?:报告|总结|计划|要点|通知|公告|通告|公示|意见|办法|规定|规划|方案|决定|情况|分析|公报|开局|讲话|函|批复|工作|进展|成效|运行.{0,8})$"
)


@dataclass(frozen=True, slots=True)
class PlainPage:
    """What the lines of a page's text tell: its facts and the lines of its body."""

    facts: Facts
    body: tuple[str, ...]


def read_plain(text: str) -> PlainPage:
    """Split the text of a page into facts and body lines; linear in the text."""
    lines = [line for line in (fold_spaces(raw) for raw in text.splitlines()) if line.strip()]
    hinge = _hinge(lines)
    if hinge is None:
        return _without_head(lines)
    first, last = hinge
    title_at, title = _title_above(lines, first)
    between = [line for line in lines[title_at + 1 : first] if not _is_navigation(line)]
    body = [*between, *document_lines(lines[last + 1 :])]
    told = fields_of(lines[first : last + 1])
    return PlainPage(_facts(title, told, lines[:first], body), tuple(body))


def _facts(title: str | None, told: Mapping[Field, str], above: Sequence[str], body: Sequence[str]) -> Facts:
    published = told.get("published")
    day = read_day(published)
    unreadable = published is not None and day is None
    return Facts(
        title=title,
        published_on=day,
        issued_on=read_day(told.get("issued")),
        document_number=told.get("number") or number_in_text(title, body),
        index_number=told.get("index"),
        publisher=told.get("publisher") or told.get("office") or publisher_of_crumbs(above),
        source=told.get("source"),
        warnings=(f"published: {published!r} is no day that can be read",) if unreadable else (),
    )


def _hinge(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and the last of the head lines that stand together above the body.

    A bare day alone is no head line: some pages print a clock above the title.
    """
    for number, line in enumerate(lines[:_HEAD_LINES_MAX]):
        if not is_head_line(line) or is_bare_day(line) or _title_above(lines, number)[1] is None:
            continue
        first = last = number
        while first and is_head_line(lines[first - 1]):
            first -= 1
        while last + 1 < len(lines) and (is_head_line(lines[last + 1]) or is_furniture(lines[last + 1])):
            last += 1
        return first, last
    return None


def _title_above(lines: Sequence[str], head: int) -> tuple[int, str | None]:
    """Return the place and the text of the title above line `head`: the nearest line that can be one.

    A speaker's name and a subtitle in dashes or brackets stand between the two; a paragraph of text ends
    the search, for then the head line was none.
    """
    for number in range(head - 1, max(-1, head - 12), -1):
        line = lines[number]
        if is_paragraph(line) or is_crumb(line):
            break
        if _is_navigation(line) or is_head_line(line) or _is_below_title(line):
            continue
        if 4 <= len(line) <= _TITLE_MAX and not _SENTENCE_END.search(line):
            return number, close_letters(line)
        break
    return head - 1, None


def _is_below_title(line: str) -> bool:
    return _SPEAKER.fullmatch(line) is not None or _SUBTITLE.fullmatch(line) is not None


def _is_navigation(line: str) -> bool:
    return is_furniture(line) or is_crumb(line) or _NAVIGATION.search(line) is not None


def _without_head(lines: Sequence[str]) -> PlainPage:
    """Read a text without head lines: below a crumb where there is one, else the whole of it."""
    crumb = next((n for n, line in enumerate(lines[:_HEAD_LINES_MAX]) if is_crumb(line)), -1)
    body = document_lines(lines[crumb + 1 :])
    title = close_letters(body[0]) if body and _is_plain_title(body[0], body[1:2]) else None
    told: dict[Field, str] = {}
    if title:
        title, day = dated_title(title)
        datelines = [line for line in body[1 : 1 + _DATELINES_MAX] if _DATELINE.fullmatch(line)]
        if day or datelines:
            told["published"] = day or datelines[0]
    if title and crumb >= 0:
        body = body[1:]
    return PlainPage(_facts(title, told, lines[: crumb + 1], body), tuple(body))


def title_of_lines(lines: Sequence[str]) -> str | None:
    """Return the title that a document's own lines begin with; marks of an annex (附件1) stand above it."""
    named = [line for line in lines[:_ABOVE_TITLE] if not _ANNEX.fullmatch(line) and "\t" not in line]
    return close_letters(named[0]) if named and _is_plain_title(named[0], [*named[1:], *lines[-1:]]) else None


def _is_plain_title(line: str, following: Sequence[str]) -> bool:
    """Tell whether a first line is plainly a title: short, no sentence, and something follows it."""
    if not following or not 4 <= len(line) <= _TITLE_MAX or _SENTENCE_END.search(line):
        return False
    if _is_below_title(line) or "。" in line or segments_of(line)[0].field:
        return False
    return _REPORT.search(close_letters(line)) is not None or is_paragraph(following[0]) or len(line) >= 8


def close_letters(line: str) -> str:
    """Close the gaps of a title whose letters are set apart (工 作 要 点); any other keeps its blanks."""
    return re.sub(r"\s+", "", line) if _SPACED_LETTERS.fullmatch(line) else line.replace("\t", " ")
