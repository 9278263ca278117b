"""The index page of a gkmlpt catalogue: the site's number and the tree of its columns.

`/gkmlpt/index`, of a site or of a department (`/<dept>/gkmlpt/index`), is a shell whose script holds
`window._CONFIG={…SID:'755099',TREE:[{id, name, parent, jump_url, children}],…}`. The outer object is
JavaScript, the tree is JSON.
"""

import json
import re
from collections import deque
from dataclasses import dataclass

from scrapers.platforms.answers import clean

_TREE = re.compile(r"\bTREE[\"']?\s{0,3}:\s{0,3}(?=\[)")
_SID = re.compile(r"\bSID[\"']?\s{0,3}:\s{0,3}['\"]?(\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class IndexColumn:
    """A column of the catalogue."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """What an index page tells: the site's number and its columns, broad before deep."""

    sid: str | None
    columns: tuple[IndexColumn, ...]


def read_index(html: str) -> Index | None:
    """Return what an index page tells; None for a page without a tree."""
    tree = _TREE.search(html)
    if tree is None:
        return None
    try:
        nodes, _ = json.JSONDecoder().raw_decode(html, tree.end())
    except (ValueError, RecursionError):
        return None
    sid = _SID.search(html)
    return Index(sid[1] if sid else None, _columns(nodes))


def _columns(nodes: list[object]) -> tuple[IndexColumn, ...]:
    columns: list[IndexColumn] = []
    waiting = deque(nodes)
    while waiting:
        node = waiting.popleft()
        # a node with a jump_url leaves the catalogue
        if not isinstance(node, dict) or node.get("jump_url"):
            continue
        name, number, children = clean(node.get("name")), node.get("id"), node.get("children")
        if name and isinstance(number, int) and not isinstance(number, bool) and number >= 0:
            columns.append(IndexColumn(number, name))
        waiting.extend(children if isinstance(children, list) else ())
    return tuple(columns)
