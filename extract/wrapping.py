"""Lines that were broken to fit a page's width: their breaks say nothing, and cut numbers and names in two.

Pages made from PDF or from e-mail break every line at one width, in the middle of 2701.73⏎亿元. Such a text
shows it by how many of its lines come to the same width.
"""

import re
from collections import Counter

from extract.fold import JOINER

_WIDTHS = range(40, 161)  # columns of a page; a Chinese character takes two
_RAGGED = 3  # columns that a line may fall short to keep a sign or a word whole
_LEAST_FULL, _LEAST_SHARE = 4, 0.3
_WIDE = re.compile("[\u2e80-\uffef]")
_ENDS = re.compile(r"[。!?！？:：]\s*$")
_BEGINS = re.compile(r"\s|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]")


def wraps(text: str) -> list[int]:
    """Return the offsets of the line breaks of `text` that only fit a width; empty where none does."""
    lines = text.split("\n")
    widths = [len(line) + len(_WIDE.findall(line)) for line in lines]
    counted = Counter(each for each in widths if each)
    width = max(_WIDTHS, key=lambda width: sum(counted[width - short] for short in range(_RAGGED + 1)))
    full = [width - _RAGGED <= each <= width for each in widths]
    if sum(full) < max(_LEAST_FULL, _LEAST_SHARE * counted.total()):
        return []
    found: list[int] = []
    end = -1
    for index, line in enumerate(lines[:-1]):
        end += len(line) + 1
        following = lines[index + 1]
        if full[index] and following and not (_ENDS.search(line) or _BEGINS.match(following)):
            found.append(end)
    return found


def unwrapped(text: str) -> str:
    """Return `text` with a joiner in the place of each break that only fits a width; offsets stay."""
    pieces: list[str] = []
    start = 0
    for at in wraps(text):
        pieces += [text[start:at], JOINER]
        start = at + 1
    return "".join([*pieces, text[start:]])
