"""Where a key stands in a TOML file. `tomllib` tells values only, and people look for lines.

A line scanner, not a parser: it reads files that `tomllib` has accepted, and when it cannot tell
(inline tables), it names the line of the nearest parent.
"""

import re
from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_FENCE = re.compile(r'"""|' + "'''")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the 1-based line of the key `path`, e.g. ("columns", 1, "url"), or of its nearest parent."""
    places = dict(_places(text))
    for length in range(len(path), 0, -1):
        if (line := places.get(tuple(path[:length]))) is not None:
            return line
    return 1


def _places(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    fence: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if fence is None:
            if header := _HEADER.match(line):
                table = _parts(header[2])
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    yield table, number
                    table = (*table, counts[table])
                yield table, number
            elif key := _KEY.match(line):
                yield table + _parts(key[1]), number
        for mark in _FENCE.findall(line):
            fence = None if fence == mark else fence or mark


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
