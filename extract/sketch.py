"""A text's sketch: a few numbers by which two renderings of one report know each other, on whatever site.

`minima` estimate how much of two texts is the same: of the shingles (five characters in a row) of both, the
share that is in either equals the share of places at which their minima agree (MinHash). One hash of each
shingle serves all places (P. Li, A. Owen, C.-H. Zhang, One permutation hashing, 2012); a place that no
shingle fell on borrows from another by the rule of A. Shrivastava (Optimal densification, 2017). Of the
shingles only those count whose first character has a code that four divides: a choice that depends on the
shingle alone leaves the estimate as it is (A. Broder, On the resemblance and containment of documents, 1997).

A template that two offices fill in, or one office year after year, is alike almost wholly. What is filled in
are numbers and names, so these are kept apart: those of the text, and those of the title, which has the year
and the place.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress, count

from extract.strip import comparable

PLACES = 128  # minima: the estimate is off by 0.03 at a similarity of 0.9
LENGTH_MIN = 200  # letters and digits: what is shorter is alike by chance

_SHINGLE_BYTES = 10  # five characters in UTF-16
_COUNTS = bytes(code % 4 == 0 for code in range(256))  # by the lower byte of a shingle's first character
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?")
_ZERO = re.compile(r"0+(?:\.0+)?")
# places and offices: the two characters before the word are enough to tell one from another
_NAME = re.compile(r"[\u4e00-\u9fff]{2}(?:街道|社区|[省市区县旗镇乡村局委厅处所院])")


@dataclass(frozen=True, slots=True)
class Sketch:
    """`minima` are 128 hashes by place; the others are sorted, `titled` of the title's numbers and names.

    All are CRC-32. A number or name that stands three times in the text has three hashes.
    """

    minima: tuple[int, ...]
    numbers: tuple[int, ...]
    names: tuple[int, ...]
    titled: tuple[int, ...]


def sketch_of(title: str | None, body: str, text: str) -> Sketch | None:
    """Return the sketch of a document; None where it is too short to be known again.

    `text` is its body as `extract.strip.comparable` gives it. Width of signs, white space and punctuation
    make no difference.
    """
    letters = _NO_LETTERS.sub("", text)
    minima = _minima(letters) if len(letters) >= LENGTH_MIN else None
    if minima is None:
        return None
    told = comparable(title or "")
    return Sketch(
        minima,
        _hashes(_numbers(body)),
        _hashes(_NAME.findall(text)),
        _hashes([*_numbers(told), *_NAME.findall(told)]),
    )


def _minima(letters: str) -> tuple[int, ...] | None:
    """Return the least hash of the shingles that fall on each place; None where none counts."""
    data = letters.encode("utf-16-le", "surrogatepass")
    starts = compress(range(0, len(data) - _SHINGLE_BYTES + 2, 2), data[::2].translate(_COUNTS))
    least: dict[int, int] = {}
    for value in map(zlib.crc32, [data[start : start + _SHINGLE_BYTES] for start in starts]):
        place = value % PLACES
        if value < least.get(place, value + 1):
            least[place] = value
    return tuple(least[_lender(place, least)] for place in range(PLACES)) if least else None


def _lender(place: int, filled: dict[int, int]) -> int:
    """Return the place itself where it is filled, else the first that its own random walk meets."""
    if place in filled:
        return place
    walk = (zlib.crc32(b"%d %d" % (place, step)) % PLACES for step in count())
    return next(other for other in walk if other in filled)


def _numbers(body: str) -> list[str]:
    """Return the numbers of a text, half-width and without separators; zeros fill a form with nothing."""
    written = unicodedata.normalize("NFKC", "\n".join(_NUMBER.findall(body))).replace(",", "")
    return [number for number in written.splitlines() if not _ZERO.fullmatch(number)]


def _hashes(marks: Iterable[str]) -> tuple[int, ...]:
    """Return a sorted hash for each mark; the second and third of the same have hashes of their own."""
    return tuple(
        sorted(
            zlib.crc32(f"{mark} {copy}".encode())
            for mark, copies in Counter(marks).items()
            for copy in range(copies)
        )
    )
