"""Breakdowns: what the classes of a whole are called, in tables and where a sentence splits it (分产业看)."""

import re
from functools import cache

from extract.enumeration import shared_tail
from extract.wording import words

_SPLITS = re.compile(r"^(?:其中,?)?(?:从|分|按)(?P<by>[^,;]{1,10}?)(?:上|来|分|划分|划)?看?$")
_CLASS = re.compile(r"(?:[业类型品区部]|经济|企业|单位)$")
_LONGEST_CLASS, _LONGEST_PRODUCT = 18, 8  # characters
_OF_PRODUCTS = ("产量", "销量", "价格")


@cache
def _tails() -> tuple[tuple[str, str], ...]:
    """Return (ending of what is counted, what its classes are called), the longest ending first."""
    pairs = [(ending, tail) for tail, endings in words("table_classes").items() for ending in endings]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def class_tail(noun: str) -> str | None:
    """Return what classes of what is counted are called: 投资 for 固定资产投资; None where not known."""
    return next((tail for ending, tail in _tails() if noun.endswith(ending)), None)


def tail_of_split(clause: str, whole: str) -> str:
    """Return what the classes of `whole` are called where a clause splits it, else an empty string.

    从产品产量看 says so itself; 分产业看 takes it from the whole.
    """
    found = _SPLITS.match(clause)
    if found is None:
        return ""
    return shared_tail(found["by"]) or class_tail(whole) or ""


def of_split(name: str, tail: str) -> str:
    """Name a class with the tail of its split: 第一产业 is 第一产业投资; other names stay as they are."""
    product = tail in _OF_PRODUCTS and len(name) <= _LONGEST_PRODUCT
    is_class = product or (_CLASS.search(name) and len(name) <= _LONGEST_CLASS)
    return name + tail if is_class and not shared_tail(name) else name
