"""One shape of text for all rules: half-width signs and no blanks, with the way back to the stored text.

Pages write 46.3亿元 and ４６.３ 亿 元. Rules should not care, and every record must still be shown in its
place, so folding keeps for each character where it stood.
"""

import re
from array import array
from dataclasses import dataclass

_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_NARROW |= dict.fromkeys("–−‐‑―", "-") | {"∶": ":", "︰": ":", "﹪": "%"}
_FOOTNOTE = re.compile(
    r"(?<=[\u4e00-\u9fff)”》])(?:\[\d{1,2}\]|〔\d{1,2}〕)|(?<=[\d%])\*(?=[\u4e00-\u9fff%,;。])"
)
_POINT = re.compile(r"(?<=\d)[·・](?=\d)")
JOINER = "\u2060"  # stands where a line was broken inside a word or a number
_RUN = re.compile(r"[\n\t]|[^\s\u200b\ufeff\u2060]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset of its origin."""

    text: str
    origin: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the stored text of folded characters start to end (end > start)."""
        return self.origin[start], self.origin[end - 1] + 1


def _both_ascii(before: str, after: str) -> bool:
    """Tell whether dropping the blank between two characters would glue two words or numbers."""
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def fold(body: str) -> Folded:
    """Fold signs to half width, drop blanks and footnote marks; breaks, tabs, blanks of two words stay."""
    narrow = body
    for sign in _NARROW.keys() & set(body):  # each replaced at once beats a look at every character
        narrow = narrow.replace(sign, _NARROW[sign])
    if "·" in narrow or "・" in narrow:
        narrow = _POINT.sub(".", narrow)
    if "[" in narrow or "〔" in narrow or "*" in narrow:
        narrow = _FOOTNOTE.sub(lambda mark: " " * len(mark.group()), narrow)
    parts: list[str] = []
    origin = array("I")
    last, last_end = "\n", 0
    for run in _RUN.finditer(narrow):
        text, start = run.group(), run.start()
        if start > last_end and narrow[last_end] != JOINER and _both_ascii(last, text[0]):
            parts.append(" ")
            origin.append(last_end)
        parts.append(text)
        origin.extend(range(start, run.end()))
        last, last_end = text[-1], run.end()
    return Folded("".join(parts), origin)
