"""Rows of JSON listings: what gkmlpt and nfcms have in common.

A row of the wrong shape is dropped and told; the good ones beside it are kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scrapers.errors import UnreadableError
from scrapers.platforms.answers import clean
from scrapers.platforms.protocol import Listed, Note, Row
from scrapers.platforms.rows import off_list_note, public_address, unusable_note

Article = Mapping[str, Any]
_COUNT_MAX = 10**12  # far above any count or number of a post, and within what a database counts


@dataclass(frozen=True, slots=True)
class Reader:
    """How one platform writes an article: its address, the address of its text, its day and extras."""

    link: Callable[[Article], str | None]
    row: Callable[[Article, str, str], Row]


def read_articles(
    listed: Listed, base: str, articles: object, reader: Reader, *, name: str = "articles"
) -> tuple[tuple[Row, ...], tuple[str, ...], tuple[Note, ...]]:
    """Return the rows of an array of articles, what names those that were dropped, and notes on them.

    `base` is the address that relative links start from, `name` the array's. Raises UnreadableError where it
    is no array.
    """
    if not isinstance(articles, list):
        raise UnreadableError(f"has no `{name}` array")
    rows: list[Row] = []
    unusable: list[str] = []
    off_list: list[str] = []
    dropped: list[str] = []
    for number, article in enumerate(articles, start=1):
        if not isinstance(article, dict):
            unusable.append(f"row {number} is no object")
            dropped.append(repr(article))
            continue
        title, link = clean(article.get("title")), reader.link(article)
        address = public_address(listed.hosts, base, link) if link else None
        if title is None or address is None:
            missing = "title" if title is None else "address"
            unusable.append(f"row {number} (id {str(article.get('id'))[:40]}) has no usable {missing}")
            dropped.append(repr(article.get("id") or article))
        elif listed.hosts.refusal(address):
            off_list.append(address)
            dropped.append(address)
        else:
            rows.append(reader.row(article, address, title))
    notes = unusable_note(unusable) + off_list_note(off_list)
    return tuple(rows), tuple(dropped), notes


def count(value: object) -> int | None:
    """Return a JSON value as a count, or None where it is no whole number from 0 to a million millions."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _COUNT_MAX else None


def number_path(number: int) -> str:
    """Return the folders that a post with this number lies in: millions, then thousands (`9/9914`)."""
    return f"{number // 1_000_000}/{number // 1_000}"


def chosen(article: Article, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the named fields that are there and say something, strings cleaned."""
    fields = {name: article.get(name) for name in names}
    tidy = {name: clean(value) if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in tidy.items() if value not in (None, "", [], {})}
