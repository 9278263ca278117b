"""No pattern of the room can be made to work long: runs of 20,000 characters of its own alphabet end soon.

The runs are built from the parsed pattern: what each repeat repeats, again and again, behind what leads to
it, and before a character that fits nothing. Backtracking that doubles or squares shows there at once.
"""

import importlib
import pkgutil
import random
import re
import signal
import string
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

import extract
from extract.units import lexicon

_LENGTH = 20_000
_LINE = 119  # characters: rules for lines read no longer ones
_LIMIT_S = 1.0
_ROUNDS = 2
_SIGNS = "年月日大中小、，。；：()（）【】丨·>〉 \t\u3000"
_CATEGORIES = {sre.CATEGORY_DIGIT: string.digits, sre.CATEGORY_SPACE: " \t\u3000", sre.CATEGORY_WORD: "a年"}


def _compiled(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _compiled(each)


def _patterns() -> dict[str, re.Pattern[str]]:
    """Return all patterns that the room's modules hold, and the lexicon's, by a name of their own."""
    found = {}
    for info in pkgutil.walk_packages(extract.__path__, "extract."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for number, pattern in enumerate(_compiled(value)):
                found[f"{info.name.removeprefix('extract.')}.{name}.{number}"] = pattern
    units = lexicon()
    return found | {f"lexicon.{name}": getattr(units, name) for name in ("simple", "double", "divisor")}


PATTERNS = _patterns()


class _Writer:
    """Writes texts that parts of a parsed pattern match, near enough."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def text(self, nodes: Iterable[tuple[object, object]]) -> str:
        return "".join(self._node(operation, argument) for operation, argument in nodes)

    def _node(self, operation, argument) -> str:
        if operation is sre.LITERAL:
            return chr(argument)
        if operation in (sre.NOT_LITERAL, sre.ANY):
            return self.chance.choice(_SIGNS)
        if operation is sre.IN:
            return self._one_of(argument)
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            low, high, inner = argument
            count = self.chance.randint(low, min(high, low + 3))
            return "".join(self.text(inner) for _ in range(count))
        if operation is sre.SUBPATTERN:
            return self.text(argument[-1])
        if operation is sre.ATOMIC_GROUP:
            return self.text(argument)
        if operation is sre.BRANCH:
            return self.text(self.chance.choice(argument[1]))
        return self.text(argument[1]) if operation is sre.ASSERT and argument[0] > 0 else ""

    def _one_of(self, choices) -> str:
        told = [choice for choice in choices if choice[0] is not sre.NEGATE]
        if len(told) < len(choices):
            return self.chance.choice(_SIGNS)
        operation, argument = self.chance.choice(told)
        if operation is sre.RANGE:
            return chr(self.chance.choice(argument))
        if operation is sre.CATEGORY:
            return self.chance.choice(_CATEGORIES.get(argument, "年"))
        return chr(argument)


def _repeats(nodes, lead: tuple = ()) -> Iterator[tuple[tuple, object]]:
    """Go through the repeats of a parsed pattern: what leads to each, and what it repeats."""
    for operation, argument in nodes:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            yield lead, argument[2]
            yield from _repeats(argument[2], lead)
        elif operation is sre.SUBPATTERN:
            yield from _repeats(argument[-1], lead)
        elif operation is sre.ATOMIC_GROUP:
            yield from _repeats(argument, lead)
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, lead)
        lead = (*lead, (operation, argument))


def _hostile(pattern: re.Pattern[str], rounds: int) -> Iterator[str]:
    nodes = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    writer = _Writer(len(pattern.pattern))
    units = [((), nodes), *_repeats(nodes)]
    for lead, repeated in units:
        for turn in range(rounds):
            parts = [writer.text(repeated) or "年" for _ in range(1 if turn % 2 else 3)]
            run = "".join(parts)
            run *= _LENGTH // len(run) + 1
            yield (writer.text(lead) + run[:_LENGTH]) + "☒"[: turn % 3]


@contextmanager
def _alarm(text: str) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise AssertionError(f"more than {_LIMIT_S} s of work for {text[:60]!r}…{text[-20:]!r}")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("name", PATTERNS)
def test_65_hostile_runs_end_soon(name: str):
    pattern = PATTERNS[name]
    for text in _hostile(pattern, _ROUNDS):
        with _alarm(text):
            pattern.fullmatch(text)
            for start in range(0, _LENGTH, _LINE):
                pattern.fullmatch(text[start : start + _LINE] + "☒")
            for _ in pattern.finditer(text):
                pass
