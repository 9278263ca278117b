"""The words that a text may be known by, counted; the warehouse says which of them tell it from others."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicon import lexicon
from extract.wording import words

__all__ = ["Word", "count_words"]

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_SHORT = 8  # characters: most runs in reports are shorter, and many of these come again


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how often it stands there, and where first (code points from 0)."""

    word: str
    occurrences: int
    span_start: int


def count_words(body: str) -> tuple[Word, ...]:
    """Count the words of two Han characters or more that tell a thing or a doing, in the order of the text.

    Words come from `extract.lexicon`; seeds/wording.toml says which kinds count and which words are empty.
    A name that no dictionary has, as of most villages and persons, is cut into characters and not counted.
    """
    known, lists = lexicon(), words("keywords")
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for run in _HAN.finditer(body):
        place = run.start()
        for word in _often_met(run[0]) if len(run[0]) <= _SHORT else known.cut(run[0]):
            if len(word) > 1:
                counts[word] += 1
                first.setdefault(word, place)
            place += len(word)
    kinds, empty = frozenset(lists["kinds"]), frozenset(lists["empty"])
    return tuple(
        Word(word, counts[word], start)
        for word, start in first.items()
        if word not in empty and known.kinds[word] in kinds
    )


@lru_cache(maxsize=50_000)
def _often_met(run: str) -> tuple[str, ...]:
    return tuple(lexicon().cut(run))
