"""How exactly and how fast one report is known again on another site, tried on invented reports.

Run it from the project's folder:

    .venv/bin/python benchmarks/near_duplicates.py [--documents 1000 10000 20000]

First pairs by construction: a report beside what another site makes of it, and beside reports that only look
like it. The limits in `warehouse/marts/near.sql` were chosen by half of the templates; the other half is told
apart. Then the CPU time over warehouses of growing size: of ten documents three crowd into fifty templates,
one is a near copy, one an exact one. Ratios are to the making of `mart.documents` in the same warehouse.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

import warehouse as warehouse_room
from extract.digest import payload_digest
from extract.document import read_document
from extract.records import Reading, document_row
from tests.extract.made_reports import RENDERINGS, Report, half, report
from warehouse.database import writer
from warehouse.load import load_run
from warehouse.mart import store_mart
from warehouse.readings import load_readings

MARTS = Path(warehouse_room.__file__).with_name("marts")
RUN = "20260101T000000000Z-made-0001"
CHOSEN_BY, REPORTED = range(12), range(12, 24)  # templates
PARAGRAPHS = {"short": 2, "middle": 4, "long": 12}
FORMS: dict[str, dict[str, bool]] = {
    "": {},
    ", no numbers": {"numbers": False},
    ", named once": {"named": False},
    ", no numbers, named once": {"numbers": False, "named": False},
}
COPIES = tuple(RENDERINGS.values())


@dataclass(frozen=True)
class Pair:
    """Two texts, what was done to the first to make the second, and whether both are one report."""

    name: str
    is_copy: bool
    reports: tuple[Report, Report]


def pairs(template: int) -> Iterator[Pair]:
    """Yield the pairs that are made of a template, short ones to long ones."""
    for size, paragraphs in PARAGRAPHS.items():
        made = report(template, paragraphs=paragraphs)
        for name, rendering in RENDERINGS.items():
            yield Pair(f"{name}, {size}", True, (made, rendering(made)))
        for name, form in FORMS.items():
            one = report(template, paragraphs=paragraphs, **form)
            later = report(template, paragraphs=paragraphs, year=one.year + 1, **form)
            yield Pair(f"next year{name}, {size}", False, (one, later))
            elsewhere = report(template, paragraphs=paragraphs, place="清河", **form)
            yield Pair(f"other office{name}, {size}", False, (one, elsewhere))
        other = report(template + 1000, paragraphs=paragraphs, place=made.place)
        yield Pair(f"other report, {size}", False, (made, other))
        yield Pair(f"first half, {size}", False, (made, half(made)))


@contextmanager
def warehouse(reports: Iterable[Report]) -> Iterator[DuckDBPyConnection]:
    """Yield a warehouse that holds each text at an address of its own."""
    with tempfile.TemporaryDirectory() as folder:
        run, read = Path(folder, "runs", RUN), Path(folder, "read")
        run.mkdir(parents=True)
        read.mkdir()
        _write(reports, run / "captures.jsonl", read / "documents.jsonl")
        with writer(Path(folder)) as connection:
            load_run(connection, run)
            load_readings(connection, read, metrics_version="0")
            yield connection


def _write(reports: Iterable[Report], captures: Path, documents: Path) -> None:
    rows: dict[str, str] = {}
    with captures.open("w", encoding="utf-8") as file:
        for number, made in enumerate(reports):
            document = read_document(_payload(made))
            rows.setdefault(document.payload_digest, json.dumps(document_row(Reading(document, ()))))
            capture = {
                "site": f"site{number % 40}",
                "url": f"http://site{number % 40}.example/{number}",
                "fetched_at": "2026-01-01T00:00:00Z",
                "outcome": "ok",
                "purpose": "document",
                "payload_digest": document.payload_digest,
            }
            file.write(json.dumps(capture) + "\n")
    documents.write_text("\n".join([*rows.values(), ""]), encoding="utf-8")


def _payload(made: Report) -> bytes:
    return f"{made.title}\n{made.text}".encode()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def exactness(templates: Iterable[int]) -> None:
    """Print how many of the pairs of some templates were linked, and where that is wrong."""
    made = [pair for template in templates for pair in pairs(template)]
    with warehouse(one for pair in made for one in pair.reports) as connection:
        store_mart(connection)
        texts = dict(connection.execute("select payload_digest, text_digest from core.documents").fetchall())
        near = connection.execute("select payload_digest, other_payload_digest from mart.near").fetchall()
    linked = {frozenset((texts[one], texts[other])) for one, other in near}
    found: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair in made:
        both = frozenset(texts[payload_digest(_payload(one))] for one in pair.reports)
        found[pair.is_copy, pair.name].append(len(both) == 1 or both in linked)
    for (is_copy, name), hits in found.items():
        if hits != [is_copy] * len(hits):
            _say(f"{name}: {sum(hits)} of {len(hits)} linked")
    copies, others = (
        [hit for (kind, _), hits in found.items() if kind is of for hit in hits] for of in (True, False)
    )
    _say(f"of one report {sum(copies)} of {len(copies)} linked, of two {sum(others)} of {len(others)}")


def corpus(count: int) -> Iterator[Report]:
    """Yield reports by tens: three of crowded templates, five distinct, a near and an exact copy."""
    for number in range(count):
        kind = number % 10
        own = number - max(0, kind - 7)
        place = chr(0x4E00 + own % 5000) + chr(0x5E00 + own // 5000)
        made = report(own % 50 if kind < 3 else own, place=place, paragraphs=6)
        yield COPIES[number // 10 % len(COPIES)](made) if kind == 8 else made


def speed(counts: Iterable[int]) -> None:
    """Print how long finding near pairs and linking take, beside the making of `mart.documents`."""
    for count in counts:
        with warehouse(corpus(count)) as connection:
            store_mart(connection)
            finding, linking, plain = (
                _seconds_to_make(connection, mart) for mart in ("near", "duplicates", "documents")
            )
            found = connection.execute("select count(*) from mart.near").fetchall()[0][0]
        ratios = f"{finding:.2f} s | {finding / plain:.1f} | {linking:.2f} s | {linking / plain:.1f}"
        _say(f"| {count:,} | {found:,} | {ratios} |")


def _seconds_to_make(connection: DuckDBPyConnection, mart: str) -> float:
    """Return the CPU time of the best of three makings of a mart."""
    query = (MARTS / f"{mart}.sql").read_text(encoding="utf-8")
    times = []
    for _ in range(3):
        start = time.process_time()
        connection.execute(f"create or replace temp table again as {query}")
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, nargs="*", default=[1000, 10_000, 20_000])
    arguments = parser.parse_args()
    for label, chosen in (("chosen by", CHOSEN_BY), ("not seen", REPORTED)):
        _say(f"\nTemplates {label}:\n")
        exactness(chosen)
    _say("\n| documents | near pairs | found in | ratio | linked in | ratio |\n|---|---|---|---|---|---|")
    speed(arguments.documents)
