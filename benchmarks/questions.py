"""How long questions take: every saved query, and searches of words taken from the texts by chance.

    .venv/bin/python benchmarks/scale.py --documents 10000 --keep DIR
    .venv/bin/python benchmarks/questions.py DIR/10000 [--words 60]

Prints the slowest of three runs of each saved query and of each length of word, each also as a ratio to a
count of all figures in the same run, and holds the count of each search against a plain scan of all texts.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.publish import current
from warehouse.query import reader, run
from warehouse.saved_queries import saved_queries
from warehouse.search import search

TIMES = 3
LENGTHS = range(1, 7)
SHOWN = 20
YARDSTICK = "select count(*), sum(value) from mart.metrics where sentence is not null"


def slowest_ms(ask: Callable[[], object], times: int = TIMES) -> float:
    """Return the longest of some runs, in milliseconds."""
    took_ms = []
    for _ in range(times):
        began_s = time.perf_counter()
        ask()
        took_ms.append((time.perf_counter() - began_s) * 1000)
    return max(took_ms)


def ask_saved(connection: DuckDBPyConnection, yardstick_ms: float) -> None:
    """Print a row for each saved query."""
    for query in saved_queries():
        rows = len(list(run(connection, query.sql, query.values({})).rows))
        took_ms = slowest_ms(lambda query=query: list(run(connection, query.sql, query.values({})).rows))
        sys.stdout.write(f"| {query.name} | {rows:,} | {took_ms:.0f} ms | {took_ms / yardstick_ms:.1f} |\n")


def ask_words(connection: DuckDBPyConnection, copy: Path, words: int, yardstick_ms: float) -> None:
    """Print a row for each length of word: the middle and the slowest search, and how many are exact."""
    query = "select body from mart.documents inner join core.documents using (payload_digest)"
    texts = [body for (body,) in connection.execute(query).fetchall()]
    chance = random.Random(1)  # noqa: S311 - words to ask for, no secret
    for length in LENGTHS:
        took_ms, exact = [], 0
        for word in [word_of(chance, texts, length) for _ in range(words)]:
            took_ms.append(slowest_ms(lambda word=word: search(connection, copy, word, limit=SHOWN)))
            found = search(connection, copy, word, limit=SHOWN)
            exact += found.without_index is None and found.count == sum(word in text for text in texts)
        middle_ms, most_ms = statistics.median(took_ms), max(took_ms)
        ratio = most_ms / yardstick_ms
        sys.stdout.write(
            f"| {length} | {middle_ms:.0f} ms | {most_ms:.0f} ms | {ratio:.1f} | {exact} of {words} |\n"
        )


def word_of(chance: random.Random, texts: list[str], length: int) -> str:
    """Return a word of so many characters out of a text, without white space."""
    while True:
        text = chance.choice(texts)
        start = chance.randrange(max(len(text) - length, 1))
        if len(word := text[start : start + length]) == length and word.split() == [word]:
            return word


def main() -> None:
    """Print both tables for a data folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--words", type=int, default=60, help="of each length")
    options = parser.parse_args()
    copy = current(options.data)
    with reader(copy) as connection:
        yardstick_ms = slowest_ms(lambda: connection.execute(YARDSTICK).fetchall())
        sys.stdout.write(f"{YARDSTICK}: {yardstick_ms:.0f} ms\n")
        ask_saved(connection, yardstick_ms)
        ask_words(connection, copy, options.words, yardstick_ms)


if __name__ == "__main__":
    main()
