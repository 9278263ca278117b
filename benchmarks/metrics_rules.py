"""What each rule of the reading earns: records of the gold and of the book by rule; prints Markdown.

Run it from the project's folder, which has the texts and the gold beside it (`../shared`):

    .venv/bin/python benchmarks/metrics_rules.py

A record's `rule` is the construction that gave its name. Each rule's records are scored by themselves with
`../shared/score/score_metrics.py`: found have the place, value and unit of a gold record, right have all its
fields, wrong is a record of the gold that was read otherwise, spurious what the gold does not have (optional
rows count nowhere). The book is `tests/extract/constructions`: a rule's records there are right or wrong.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from metrics_speed import SHARED, scorer

from extract.metrics import read_metrics
from extract.records import read, to_json
from tests.extract.book import Case, Record, answer, cases, misses, wrong_fields

RULES = {
    "left": "the phrase left of the number",
    "right": "the noun right of the unit",
    "elided": "the clause or the sentence before",
    "part": "the whole before, for a part in brackets or after 其中",
    "invested": "总投资 or 投资 before a project",
    "growth": "what a verb or sign of growth is applied to",
    "rate": "what 增速, 涨幅, 降幅 are of",
    "object": "the object of 压减, 增加, 净增",
    "doubled": "what 翻一番 is said of",
    "beside": "what is compared with others: 高于全省",
    "pull": "拉动, 下拉 with what they move",
    "dealt": "its place among the names that 分别 or a list deals out",
    "share": "part and whole: 占…的比重",
    "progress": "what a target is for: 完成目标的",
    "rank": "the clause before an ordinal",
}

Prediction = dict[str, Any]  # the JSON of a document, as `gongkai extract` prints it


@dataclass
class Tally:
    """The records of a rule: against the gold, and against the book."""

    found: int = 0
    right: int = 0
    wrong: int = 0
    spurious: int = 0
    book: Counter[bool] = field(default_factory=Counter)  # right or not


def documents(score: ModuleType) -> Iterator[tuple[Path, Prediction]]:
    """Go through the gold tables, each with the reading of the text that holds its quotes."""
    files = sorted([*SHARED.glob("docs/*.txt"), *SHARED.glob("seeds/*.txt")])
    readings = [
        to_json(read(file.read_bytes(), content_type="text/plain"), path=file.name, url=None)
        for file in files
    ]
    for table in sorted(SHARED.glob("gold/*.tsv")):
        yield table, min(readings, key=lambda reading: len(score.read_gold(table, reading["body"])[1]))


def of_gold(pairs: Sequence[tuple[Path, Prediction]], score: ModuleType, rules: dict[str, Tally]) -> None:
    """Add to each rule what its records are worth against the gold."""
    for table, reading in pairs:
        for rule in {metric["rule"] for metric in reading["metrics"]}:
            own = [metric for metric in reading["metrics"] if metric["rule"] == rule]
            figures, errors = score.score(table, reading | {"metrics": own})
            kinds = Counter(kind for kind, *_ in errors)
            tally = rules.setdefault(rule, Tally())
            tally.found += figures["found"]
            tally.right += figures["strict"]
            tally.wrong += figures["found"] - figures["strict"] + kinds["wrong value"]
            tally.spurious += kinds["spurious"]


def of_book(book: Sequence[Case], rules: dict[str, Tally]) -> None:
    """Add to each rule how many of its records in the book are right, and how many are not."""
    for case in book:
        open_records: list[Record] = list(case.records)
        for metric in read_metrics(case.document):
            given = answer(metric)
            meant = next((each for each in open_records if each["value"] == metric.value), None)
            if meant is not None:
                open_records.remove(meant)
            tally = rules.setdefault(metric.rule, Tally())
            tally.book[meant is not None and not wrong_fields(meant, given)] += 1


def rule_rows(rules: dict[str, Tally]) -> Iterator[str]:
    """Yield the table of the rules, those that find most first."""
    yield (
        "| rule | the name comes from | gold records found | right in all fields | wrong | spurious "
        "| right in the book | wrong |\n|---|---|---|---|---|---|---|---|"
    )
    ordered = sorted(rules, key=lambda rule: (rules[rule].found, rules[rule].book[True]), reverse=True)
    for rule in ordered:
        tally = rules[rule]
        yield (
            f"| {rule} | {RULES.get(rule, '')} | {tally.found} | {tally.right} | {tally.wrong} "
            f"| {tally.spurious} | {tally.book[True]} | {tally.book[False]} |"
        )


def field_rows(pairs: Sequence[tuple[Path, Prediction]], score: ModuleType) -> Iterator[str]:
    """Yield the table of the fields: of the gold records found, how many are right in each."""
    figures = [score.score(table, reading)[0] for table, reading in pairs]
    wanted, found, strict = (sum(each[name] for each in figures) for name in ("gold", "found", "strict"))
    yield "| field | right | wrong |\n|---|---|---|"
    yield f"| place, value and unit | {found} | {wanted - found} |"
    for name in score.FIELDS:
        right = sum(each["fields"][name] for each in figures)
        yield f"| {name} | {right} | {found - right} |"
    yield f"| all of them | {strict} | {wanted - strict} |"


def report() -> Iterator[str]:
    """Yield the Markdown: the rules, the fields, the size of the book."""
    score, rules = scorer(), dict[str, Tally]()
    pairs = list(documents(score)) if score else []
    known, missed = cases(), misses()
    of_book([*known, *missed], rules)
    if score:
        of_gold(pairs, score, rules)
    yield from rule_rows(rules)
    if score:
        yield f"\nBy field, of the {len(pairs)} gold tables:\n"
        yield from field_rows(pairs, score)
    records = sum(len(case.records) for case in [*known, *missed])
    yield (
        f"\nThe book of constructions has {len(known) + len(missed)} cases with {records} records; "
        f"{len(known)} are read right in all fields, {len(missed)} are known misses."
    )


def main() -> None:
    """Print the tables."""
    if not SHARED.is_dir():
        print("no gold beside the project: the book only", file=sys.stderr)  # noqa: T201
    for line in report():
        print(line)  # noqa: T201


if __name__ == "__main__":
    main()
