"""How exactly and how fast one report is known again on another site: `mart.duplicates` on invented reports.

Run it from the project's folder:

    .venv/bin/python benchmarks/near_duplicates.py [--documents 1000 10000 20000]

First pairs by construction: each report beside what another site makes of it, and beside reports that only
look like it. Half of the templates were there to choose the limits in `warehouse/marts/duplicates.sql` by;
the figures are told for both halves. Then the time of the view over warehouses of growing size, of which a tenth are near copies, a
tenth exact ones, and three in ten crowd into fifty templates.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from extract.document import read_document
from extract.records import Reading, document_row
from tests.extract.made_reports import RENDERINGS, Report, half, report
from warehouse.database import writer
from warehouse.load import load_run
from warehouse.near import find_near
from warehouse.readings import load_readings

RUN = "20260101T000000000Z-made-0001"
TEMPLATES = 24
SIZES = {"short": 2, "middle": 4, "long": 12}
COPIES = list(RENDERINGS.values())

OTHERS = {
    "next year": lambda made, size: report(made.template, paragraphs=size, year=made.year + 1),
    "other office": lambda made, size: report(made.template, paragraphs=size, place="清河"),
    "other report": lambda made, size: report(made.template + 1000, paragraphs=size, place=made.place),
    "first half": lambda made, _: half(made),
}
WITHOUT_NUMBERS = {
    "next year, no numbers": {"year": 2025},
    "other office, no numbers": {"place": "清河"},
}


def pairs(template: int) -> Iterator[tuple[str, bool, Report, Report]]:
    """Yield the pairs of a template: what was done, whether both are one report, and the two."""
    for size, paragraphs in SIZES.items():
        made = report(template, paragraphs=paragraphs)
        for name, rendering in RENDERINGS.items():
            yield f"{name}, {size}", True, made, rendering(made)
        for name, other in OTHERS.items():
            yield f"{name}, {size}", False, made, other(made, paragraphs)
        empty = report(template, paragraphs=paragraphs, numbers=False)
        for name, changes in WITHOUT_NUMBERS.items():
            other = report(template, paragraphs=paragraphs, numbers=False, **changes)
            yield f"{name}, {size}", False, empty, other


@contextmanager
def warehouse(texts: Iterable[tuple[str, Report]]) -> Iterator[DuckDBPyConnection]:
    """Yield a warehouse that holds each text under its address."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        run, read = data / "runs" / RUN, data / "read"
        run.mkdir(parents=True)
        read.mkdir()
        seen = set()
        with (run / "captures.jsonl").open("w") as captures, (read / "documents.jsonl").open("w") as documents:
            for url, made in texts:
                payload = f"{made.title}\n{made.text}".encode()
                document = replace(read_document(payload), kind="article")
                row = {"site": "made", "url": url, "fetched_at": "2026-01-01T00:00:00Z", "outcome": "ok"}
                row |= {"purpose": "document", "payload_digest": document.payload_digest}
                captures.write(json.dumps(row) + "\n")
                if document.payload_digest not in seen:
                    documents.write(json.dumps(document_row(Reading(document, ()))) + "\n")
                seen.add(document.payload_digest)
        with writer(data) as connection:
            load_run(connection, run)
            load_readings(connection, read, metrics_version="0")
            yield connection


def exactness(templates: range) -> None:
    """Print what was linked of the pairs of some templates, by what was done to them."""
    made = [(f"http://made.example/{t}/{n}", *pair) for t in templates for n, pair in enumerate(pairs(t))]
    found: dict[str, list[bool]] = {}
    for name in dict.fromkeys(name for _, name, *_ in made):
        chosen = [(url, one, other) for url, of, _, one, other in made if of == name]
        sides = [(f"{url}/{side}", text) for url, *both in chosen for side, text in enumerate(both)]
        with warehouse(sides) as connection:
            find_near(connection)
            rows = connection.execute("select url, other_url from mart.duplicates").fetchall()
        linked = {frozenset(row) for row in rows}
        found[name] = [frozenset((f"{url}/0", f"{url}/1")) in linked for url, *_ in chosen]
        print(name, sum(found[name]), len(chosen), len(linked))


def corpus(count: int) -> Iterator[tuple[str, Report]]:
    """Yield `count` reports by address: distinct ones, crowded templates, near copies and exact ones."""
    for number in range(count):
        of, place = number % 10, f"{chr(0x4E00 + number % 5000)}{chr(0x5E00 + number // 5000)}"
        if of < 3:
            made = report(number % 50, place=place, paragraphs=6)
        elif of < 8:
            made = report(number, place=place, paragraphs=6)
        else:
            made = report(number - of + 3, place=f"{chr(0x4E00 + (number - of + 3) % 5000)}{chr(0x5E00 + (number - of + 3) // 5000)}", paragraphs=6)
            made = COPIES[number // 10 % len(COPIES)](made) if of == 8 else made
        yield f"http://made{number % 40}.example/{number}", made


def speed(counts: list[int]) -> None:
    for count in counts:
        start = time.perf_counter()
        with warehouse(corpus(count)) as connection:
            loaded = time.perf_counter()
            find_near(connection)
            linked = time.perf_counter()
            rows = connection.execute("select kind, count(*) from mart.duplicates group by all order by all").fetchall()
            asked = time.perf_counter()
            connection.execute("select count(*) from mart.documents").fetchall()
            end = time.perf_counter()
            print(count, "made+loaded", round(loaded - start, 1), "find", round(linked-loaded,2), "view", round(asked - linked, 2), "mart.documents", round(end - asked, 2), rows, flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, nargs="*", default=[1000, 10_000, 20_000])
    parsed = arguments.parse_args()
    speed(parsed.documents)
