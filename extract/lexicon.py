"""Words of running text: jieba's dictionary and the terms of seeds/userdict.txt, and the best cut by both.

The words are those that jieba itself cuts without its model of unknown words: of all ways to cut a run of
Han characters the one whose words have the greatest product of frequencies. It is done here because jieba
takes twice as long for it, and because its tokenizer keeps its tables in a file that any program may have
put there.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import IO

from extract.errors import GongkaiError
from extract.units import SEEDS

USERDICT = SEEDS / "userdict.txt"


class LexiconError(GongkaiError):
    """The terms cannot be read."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words.

    `weights` has the logarithm of each word's share of all words, `kinds` its part of speech in jieba's
    letters (n, v, ns), `longest` the characters of the longest word that begins with two characters, and
    `pairs` any two characters that stand side by side in a word.
    """

    weights: Mapping[str, float]
    kinds: Mapping[str, str]
    longest: Mapping[str, int]
    pairs: AbstractSet[str]
    unknown: float

    def parts(self, text: str) -> Iterator[str]:
        """Yield the parts of a run of Han characters that no word reaches over: each can be cut by itself."""
        start = 0
        for end in range(1, len(text)):
            if text[end - 1 : end + 1] not in self.pairs:
                yield text[start:end]
                start = end
        yield text[start:]

    def cut(self, text: str) -> list[str]:
        """Cut a run of Han characters into words; what no word is known of is cut into characters.

        Takes time and memory in proportion to the text.
        """
        size = len(text)
        best = [0.0] * (size + 1)  # of the text from a place to its end
        ends = [0] * size
        weight_of, longest_of, unknown = self.weights.get, self.longest.get, self.unknown
        for start in range(size - 1, -1, -1):
            score, end = weight_of(text[start], unknown) + best[start + 1], start + 1
            longest = longest_of(text[start : start + 2], 0)
            for stop in range(start + 2, min(start + longest, size) + 1):
                weight = weight_of(text[start:stop])
                if weight is not None and weight + best[stop] >= score:
                    score, end = weight + best[stop], stop
            best[start], ends[start] = score, end
        words = []
        start = 0
        while start < size:
            words.append(text[start : ends[start]])
            start = ends[start]
        return words


@cache
def lexicon(userdict: Path = USERDICT) -> Lexicon:
    """Return the lexicon, read once in a process; most of a second.

    A line of `userdict` is as jieba takes it: word, frequency, kind. Raises LexiconError that names the line.
    """
    import jieba

    entries = jieba.Tokenizer().get_dict_file()
    with entries:
        words, frequencies, kinds = _columns(entries)
    total = sum(frequencies)
    for word, frequency, kind in _terms(userdict):
        words.append(word)
        frequencies.append(frequency)
        kinds.append(kind)
        total += frequency
    all_words = log(total)
    longest = {word[:2]: len(word) for word in sorted(words, key=len)}
    pairs = {word[place : place + 2] for word in words for place in range(len(word) - 1)}
    weights = {word: log(count) - all_words for word, count in zip(words, frequencies, strict=True)}
    return Lexicon(weights, dict(zip(words, kinds, strict=True)), longest, pairs, -all_words)


def _columns(entries: IO[bytes]) -> tuple[list[str], list[int], list[str]]:
    fields = entries.read().decode().split()
    return fields[0::3], [int(count) for count in fields[1::3]], fields[2::3]


def _terms(path: Path) -> list[tuple[str, int, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read ({error}); mend the file") from error
    return [_term(line, f"{path}:{number}") for number, line in enumerate(lines, start=1)]


def _term(line: str, place: str) -> tuple[str, int, str]:
    match line.split(" "):
        case [word, count, kind] if word and count.isdecimal() and int(count) and kind.isalpha():
            return word, int(count), kind
    raise LexiconError(f"{place}: {line!r} is not a word, its frequency and its kind, parted by blanks")
