"""Listing answers as trees: JSON and HTML with limits, because servers send anything.

The parser takes quadratic time over some pages, and no thread can be stopped: `extract.kind` knows which
to refuse.
"""

import json
import math
from typing import Any, Never

from selectolax.lexbor import LexborHTMLParser

from extract.decode import clean as without_controls
from extract.decode import decode
from extract.limits import too_much
from scrapers.errors import UnreadableError
from scrapers.platforms.protocol import Answered


def html_of(answered: Answered) -> LexborHTMLParser:
    """Return the parsed page; raise UnreadableError where it is too large to parse safely."""
    return tree_of(text_of(answered))


def text_of(answered: Answered) -> str:
    """Return the answer as text."""
    return decode(answered.payload, answered.content_type).text


def tree_of(html: str) -> LexborHTMLParser:
    """Return the tree of a page's text; raise UnreadableError where it is too large to parse safely."""
    if (reason := too_much(html)) is not None:
        raise UnreadableError(f"is too large to be parsed safely ({reason})")
    return LexborHTMLParser(html)


def json_of(answered: Answered) -> dict[str, Any]:
    """Return the JSON object of an answer; raise UnreadableError with the reason where there is none."""
    text = text_of(answered)
    try:
        value = strict_json(text.lstrip("\ufeff"))
    except RecursionError:
        raise UnreadableError("is nested too deeply to be read") from None
    except ValueError as error:
        raise UnreadableError(f"is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise UnreadableError(f"holds a JSON {type(value).__name__} where an object is expected")
    return value


def strict_json(text: str) -> object:
    """Return what JSON text says. Raise ValueError where it is none, or has numbers that JSON cannot hold
    (NaN, 1e999), RecursionError where it is nested beyond reason.
    """
    return json.loads(text, parse_constant=_refuse, parse_float=_finite)


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is no JSON number")


def _finite(written: str) -> float:
    number = float(written)
    return number if math.isfinite(number) else _refuse(written[:20])


def clean(value: object) -> str | None:
    """Return a string folded to one line, free of control characters; None if nothing is left."""
    if not isinstance(value, str):
        return None
    return " ".join(without_controls(value).split()) or None
