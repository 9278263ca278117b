"""Where a word stands in a text: the sentence of its first place, and how often it comes."""

from dataclasses import dataclass

SENTENCE_ENDS = "。！？；\n"
WINDOW = 120


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text in which a word stands: its document, the first offset in characters, and the sentence."""

    document_id: str
    offset: int
    occurrences: int
    sentence: str


def snippet(document_id: str, text: str, word: str) -> Snippet:
    """Return where `word` stands in a text that has it; of a long sentence, what is near to the word."""
    offset = text.index(word)
    begin = max(offset - WINDOW, 0)
    window = text[begin : offset + len(word) + WINDOW]
    sentence = sentence_around(window, offset - begin, len(word))
    return Snippet(document_id, offset, text.count(word), sentence)


def sentence_around(text: str, start: int, length: int) -> str:
    """Return the sentence of `text` around `length` characters from `start`, its end mark included."""
    begin = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    ends = [found for mark in SENTENCE_ENDS if (found := text.find(mark, start + length)) >= 0]
    return text[begin : min(ends) + 1 if ends else len(text)].strip()
