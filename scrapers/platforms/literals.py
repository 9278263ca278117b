"""Literals in page scripts: `{col:1, path:'/'}` and `[{'title':'…'},]` as Python values.

They are nearly JSON: names may stand without quotes, strings in single quotes, a comma before the end.
Nothing is run: tokens are rewritten as JSON, and what does not become JSON is no value.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice

from scrapers.platforms.answers import strict_json

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<mark>[\[\]{}:,])|(?P<space>\s+)|"""
    r"""(?P<number>-?\d+(?:\.\d+)?(?![\w.]))|(?P<name>[A-Za-z_$][\w$]*)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_MOST_PIECES = 400_000  # a list of thousands of rows has fewer; more would take many seconds
_CONSTANTS = {"true": "true", "false": "false", "null": "null", "undefined": "null"}


def read_literal(text: str, start: int = 0) -> object | None:
    """Return the array or object literal that begins at `start` of a script; None where none is whole, or
    one has more than 400,000 tokens.
    """
    pieces: list[str] = []
    try:
        for piece in islice(_pieces(text, start), _MOST_PIECES):
            if piece in "]}" and pieces and pieces[-1] == ",":
                pieces.pop()
            pieces.append(piece)
        return strict_json("".join(pieces)) if pieces else None
    except (ValueError, RecursionError):
        return None


def _pieces(text: str, start: int) -> Iterator[str]:
    """Yield the JSON of each token up to the end of the first literal; ValueError where it has none."""
    depth, place = 0, start
    while token := _TOKEN.match(text, place):
        place = token.end()
        kind, written = token.lastgroup, token[0]
        if kind == "space":
            continue
        if depth == 0 and written not in ("[", "{"):
            break
        depth += (written in ("[", "{")) - (written in ("]", "}"))
        yield _as_json(kind, written)
        if depth == 0:
            return
    raise ValueError("no literal, or one that does not end")


def _as_json(kind: str | None, written: str) -> str:
    if kind == "text":
        return json.dumps(_ESCAPE.sub(_unescaped, written[1:-1]))
    if kind == "name":
        return _CONSTANTS.get(written) or json.dumps(written)
    if kind == "number":
        return (written.lstrip("0") or "0") if written.isdigit() else json.dumps(float(written))
    return written


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _PLAIN.get(code, code)
