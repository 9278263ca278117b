"""The difference of two texts by sentence: Chinese has no spaces, and a figure is read in its sentence."""

import difflib
import re
from typing import Literal

_SENTENCE = re.compile(r"[^。！？；\n]{1,2000}[。！？；]?")


def sentence_changes(before: str, after: str) -> list[tuple[Literal["-", "+"], str]]:
    """Return the sentences that went (-) and came (+), in the order of the texts."""
    old, new = sentences(before), sentences(after)
    changes: list[tuple[Literal["-", "+"], str]] = []
    for _, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:j] != new[k:m]:
            changes += [("-", text) for text in old[i:j]]
            changes += [("+", text) for text in new[k:m]]
    return changes


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, each with its end mark and without the space around it."""
    return [sentence for match in _SENTENCE.finditer(text) if (sentence := match[0].strip())]
