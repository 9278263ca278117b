"""The text of a PDF as paragraphs: lines joined where the layout goes on, page numbers and headers out.

A PDF holds lines at places and no paragraphs. A line goes on where it reaches the right margin and the next
begins at the left one: Chinese paragraphs begin two characters further in. Lines of one larger size that
follow one another are one heading. Wide gaps in a line part the cells of a table's row.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2
from pypdfium2 import raw

from extract.decode import clean
from extract.files.content import FileContent
from extract.lines import fold_spaces

PAGES_MAX = 500
_CHARACTERS_MAX = 3_000_000
_EDGE = 0.1  # of the page's height: where headers, footers and page numbers stand
_WIDE = 15  # letters: a narrower column tells nothing by its margins
_REACHES = 1.6  # characters short of the right margin that a full line may be
_INDENTED = 0.7  # characters in from the left margin where a paragraph begins
_LARGER = 1.12  # times the size of the text: a heading
_GAP = 1.2  # characters between two cells of a row
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]{0,4}(?:第\s?)?\d{1,4}(?:\s?页)?(?:\s?[/,，]?\s?共?\s?\d{1,4}\s?页?)?[-—–·\s]{0,4}"
)
_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d))"
)
_ENDS = re.compile(r"[。！？：:!?]$")
_REPEATED_MIN = 3  # pages
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its edges and lower end in points, the size of its letters."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    page: int

    @property
    def is_row(self) -> bool:
        """Whether wide gaps part it into cells."""
        return "\t" in self.text


def read_pdf(payload: bytes) -> FileContent:
    """Return the paragraphs of a PDF; raises pypdfium2's PdfiumError for a broken or locked file."""
    document = pypdfium2.PdfDocument(payload)
    try:
        pages = min(len(document), PAGES_MAX)
        warnings: list[str] = []
        if len(document) > PAGES_MAX:
            warnings.append(f"page: {len(document)} pages, {PAGES_MAX} are read")
        lines: list[Line] = []
        characters = 0
        for number in range(pages):
            page = document[number]
            new = _without_edges(list(_lines(page, number)), page.get_height())
            lines += new
            characters += sum(len(line.text) for line in new)
            if characters > _CHARACTERS_MAX:
                warnings.append(f"page: more than {_CHARACTERS_MAX} characters, {number + 1} pages are read")
                break
    finally:
        document.close()
    if not lines:
        warnings.append("page: a PDF without text, perhaps scanned pictures")
    return FileContent(tuple(paragraphs(lines)), (), tuple(warnings))


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterable[Line]:
    """Yield the lines of a page that have text."""
    text = page.get_textpage()
    start = 0
    for written in text.get_text_range().split("\r\n"):
        end = start + len(written)
        first, last = start + len(written) - len(written.lstrip()), start + len(written.rstrip()) - 1
        if first <= last:
            left, bottom, _, _ = text.get_charbox(first)
            right = text.get_charbox(last)[2]
            size = raw.FPDFText_GetFontSize(text, first)
            told = fold_spaces(clean(_with_cells(text, written, start, size)))
            if told.strip():
                yield Line(told, left, right, bottom, size, number)
        start = end + 2


def _with_cells(text: pypdfium2.PdfTextPage, written: str, start: int, size: float) -> str:
    """Put a tab where the gap at a blank is wider than a blank."""
    parts = list(written)
    for at, sign in enumerate(written):
        if sign == " " and 0 < at < len(written) - 1:
            gap = text.get_charbox(start + at + 1)[0] - text.get_charbox(start + at - 1)[2]
            if gap > _GAP * size:
                parts[at] = "\t"
    return "".join(parts)


def _without_edges(lines: Sequence[Line], height: float) -> list[Line]:
    """Drop page numbers at the edges of a page."""
    return [line for line in lines if not (_at_edge(line, height) and _PAGE_NUMBER.fullmatch(line.text))]


def _at_edge(line: Line, height: float) -> bool:
    return not _EDGE * height < line.bottom < (1 - _EDGE) * height


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Join the lines of all pages into paragraphs, headings and rows."""
    lines = _without_running(lines)
    if not lines:
        return []
    size = median(line.size for line in lines)
    text = [line for line in lines if not line.is_row] or list(lines)
    right = max(line.right for line in text)
    full = [line.left for line in text if line.right >= right - _REACHES * size] or [
        line.left for line in text
    ]
    left = Counter(round(edge) for edge in full).most_common(1)[0][0]
    joined: list[str] = []
    before: Line | None = None
    for line in lines:
        goes_on = before is not None and _goes_on(before, line, (left, right), size)
        if goes_on and joined:
            joined[-1] = _glued(joined[-1], line.text)
        else:
            joined.append(line.text)
        before = line
    return joined


def _goes_on(before: Line, line: Line, margins: tuple[float, float], size: float) -> bool:
    """Tell whether a line goes on with the one before."""
    left, right = margins
    if before.is_row or line.is_row:
        return False
    if min(before.size, line.size) > _LARGER * size:
        return abs(before.size - line.size) < 1 and before.page == line.page
    if max(before.size, line.size) > _LARGER * size:
        return False
    if _MARK.match(line.text) and _ENDS.search(before.text):
        return False
    is_full = before.right >= right - _REACHES * size and right - left >= _WIDE * size
    return is_full and line.left <= left + _INDENTED * size


def _glued(before: str, after: str) -> str:
    """Glue two lines of a paragraph; a blank stays between Latin words only."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if latin else before + after


def _without_running(lines: Sequence[Line]) -> list[Line]:
    """Drop headers and footers: the first or last line of a page that many pages have, numbers aside."""
    edges: Counter[str] = Counter()
    ends = _ends(lines)
    for at in ends:
        edges[_DIGITS.sub("", lines[at].text)] += 1
    repeated = {text for text, count in edges.items() if count >= _REPEATED_MIN}
    return [
        line for at, line in enumerate(lines) if not (at in ends and _DIGITS.sub("", line.text) in repeated)
    ]


def _ends(lines: Sequence[Line]) -> set[int]:
    """Return the places of the first and the last line of each page."""
    ends: set[int] = set()
    for at, line in enumerate(lines):
        first = at == 0 or lines[at - 1].page != line.page
        last = at == len(lines) - 1 or lines[at + 1].page != line.page
        if first or last:
            ends.add(at)
    return ends
