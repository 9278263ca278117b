"""Full text side by side: this project's index, a plain scan, and texts in SQLite with FTS5.

    .venv/bin/python benchmarks/scale.py --documents 10000 --keep DIR
    .venv/bin/python benchmarks/search_peers.py DIR/10000 [--words 60]

All have the same texts and are asked the same words of one to six characters: how many documents have the
word, and the twenty newest of them with its place. FTS5 is tried with its own tokenizer, with trigrams, and
with every character as a word. Each row: CPU seconds to build and as a ratio to the first row, MB on disk,
the middle and the slowest answer, and for how many words the count is that of a plain scan.
"""

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
from questions import LENGTHS, SHOWN, slowest_ms, word_of

from warehouse.publish import current
from warehouse.query import reader
from warehouse.search import Filters, scan, search
from warehouse.text_index import index_path, write_index

TEXTS = """
    select document_id, coalesce(published::varchar, ''), body
    from mart.documents inner join core.documents using (payload_digest)
    order by published desc nulls last, document_id
"""
Text = tuple[str, str, str]
Ask = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Built:
    """A way to search: CPU seconds to build it, its size in bytes, and how it counts a word."""

    name: str
    cpu_s: float
    size_bytes: int
    ask: Ask


def indexed(copy: Path, connection: duckdb.DuckDBPyConnection, folder: Path) -> Built:
    """Build the index of this project anew, say what it takes to carry it over, and ask the one beside the
    copy.
    """
    began_s = time.process_time()
    write_index(connection, folder, None)
    built_s = time.process_time()
    write_index(connection, folder.with_name("carried"), folder)
    cpu_s, carried_s = built_s - began_s, time.process_time() - built_s
    sys.stdout.write(f"to carry the index over, nothing changed: {carried_s / cpu_s:.0%} of building it\n")
    size_bytes = sum(path.stat().st_size for path in index_path(copy).iterdir())
    return Built(
        "gongkai's index", cpu_s, size_bytes, lambda word: search(connection, copy, word, limit=SHOWN).count
    )


def scanned(connection: duckdb.DuckDBPyConnection) -> Built:
    """Ask by reading every text in DuckDB."""
    return Built("DuckDB, plain scan", 0, 0, lambda word: scan(connection, [word], Filters(), SHOWN)[0])


def in_sqlite(texts: list[Text], path: Path, name: str, tokenizer: str, spell: Callable[[str], str]) -> Built:
    """Build a table of texts and an FTS5 index; `spell` writes text and word as the tokenizer wants it."""
    database = sqlite3.connect(path)
    began_s = time.process_time()
    with database:
        database.execute("create table documents (id text primary key, published text, body text)")
        database.execute(
            f"create virtual table words using fts5 (body, content='', tokenize=\"{tokenizer}\")"
        )
        database.executemany("insert into documents values (?, ?, ?)", texts)
        database.executemany(
            "insert into words (rowid, body) values (?, ?)",
            ((number, spell(body)) for number, (_, _, body) in enumerate(texts, start=1)),
        )
    cpu_s = time.process_time() - began_s

    def ask(word: str) -> int:
        phrase = '"' + spell(word).replace('"', '""') + '"'
        numbers = "select rowid from words where words match ?"
        newest = f"from documents where rowid in ({numbers}) order by published desc limit ?"
        database.execute(f"select id, instr(body, ?) {newest}", (word, phrase, SHOWN)).fetchall()
        return int(database.execute(f"select count(*) from ({numbers})", (phrase,)).fetchone()[0])  # noqa: S608

    return Built(name, cpu_s, path.stat().st_size, ask)


def blobs(texts: list[Text], path: Path) -> Built:
    """Build a table of texts alone, asked with instr."""
    database = sqlite3.connect(path)
    began_s = time.process_time()
    with database:
        database.execute("create table documents (id text primary key, published text, body text)")
        database.executemany("insert into documents values (?, ?, ?)", texts)
    cpu_s = time.process_time() - began_s

    def ask(word: str) -> int:
        found = "from documents where instr(body, ?) > 0"
        database.execute(
            f"select id, instr(body, ?) {found} order by published desc limit ?",
            (word, word, SHOWN),
        ).fetchall()
        return int(database.execute(f"select count(*) {found}", (word,)).fetchone()[0])

    return Built("SQLite, texts alone", cpu_s, path.stat().st_size, ask)


def by_character(text: str) -> str:
    """Return a text with every character as a word that FTS5's tokenizers leave as it is."""
    return " ".join(f"x{ord(character):x}" for character in text)


def ways(data: Path, folder: Path) -> Iterator[Built]:
    """Yield every way, built over the texts of a data folder."""
    copy = current(data)
    with reader(copy) as connection:
        texts: list[Text] = connection.execute(TEXTS).fetchall()
        yield indexed(copy, connection, folder / "index")
        yield scanned(connection)
        yield blobs(texts, folder / "blobs.db")
        yield in_sqlite(texts, folder / "own.db", "FTS5, unicode61", "unicode61", str)
        yield in_sqlite(texts, folder / "trigram.db", "FTS5, trigram", "trigram", str)
        yield in_sqlite(texts, folder / "characters.db", "FTS5, a character a word", "ascii", by_character)


def words_of(data: Path, count: int) -> dict[str, int]:
    """Return words out of the texts, and how many texts have each."""
    with closing(duckdb.connect(str(current(data)), read_only=True)) as connection:
        texts = [body for _, _, body in connection.execute(TEXTS).fetchall()]
    chance = random.Random(1)  # noqa: S311 - words to ask for, no secret
    words = [word_of(chance, texts, length) for length in LENGTHS for _ in range(count)]
    return {word: sum(word in text for text in texts) for word in words}


def main() -> None:
    """Print a row for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--words", type=int, default=60, help="of each length")
    options = parser.parse_args()
    words = words_of(options.data, options.words)
    first_s = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for way in ways(options.data, Path(folder)):
            first_s = first_s or way.cpu_s
            took_ms = [slowest_ms(lambda word=word, ask=way.ask: ask(word), times=1) for word in words]
            exact = sum(way.ask(word) == count for word, count in words.items())
            sys.stdout.write(
                f"| {way.name} | {way.cpu_s:.1f} s | {way.cpu_s / first_s:.1f} "
                f"| {way.size_bytes / 1e6:.0f} MB "
                f"| {statistics.median(took_ms):.0f} ms | {max(took_ms):.0f} ms | {exact} of {len(words)} |\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
