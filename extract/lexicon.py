"""Words of running text: those that jieba cuts by its own dictionary and the terms of seeds/userdict.txt.

Its model of unknown words stays off: what it makes of names differs from text to text. Its tokenizer is
filled by hand, for it would keep its tables in a file that any program may have put there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import GongkaiError
from extract.units import SEEDS

if TYPE_CHECKING:
    import jieba

USERDICT = SEEDS / "userdict.txt"


class LexiconError(GongkaiError):
    """The terms cannot be read."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words; `kinds` is each word's part of speech in jieba's letters (n, v, ns)."""

    kinds: Mapping[str, str]
    tokenizer: "jieba.Tokenizer"

    def cut(self, text: str) -> list[str]:
        """Cut a run of Han characters into words; what no word is known of is cut into characters."""
        return list(self.tokenizer.cut(text, HMM=False))


@cache
def lexicon(userdict: Path = USERDICT) -> Lexicon:
    """Return the lexicon, read once in a process; most of a second.

    A line of `userdict` is as jieba takes it: word, frequency, kind. Raises LexiconError that names the line.
    """
    import jieba  # a quarter of a second, for those who count words only

    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as entries:
        fields = entries.read().decode().split()
        entries.seek(0)
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(entries)
    tokenizer.initialized = True
    kinds = dict(zip(fields[0::3], fields[2::3], strict=True))
    for word, frequency, kind in _terms(userdict):
        tokenizer.add_word(word, frequency)
        kinds[word] = kind
    return Lexicon(kinds, tokenizer)


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
