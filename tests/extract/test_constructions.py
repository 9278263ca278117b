"""The book of constructions holds: each sentence gives the records written down for it, and no others.

A case of `constructions/misses.toml` is read wrong today. When a rule mends it, its test fails and asks
for the case to be moved to the file of its construction; `floors.toml` keeps their number from growing.
"""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from extract.metrics import read_metrics
from tests.extract.book import Case, answer, cases, misses, wrong_fields

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["constructions"]
CASES, MISSES = cases(), misses()


def differences(case: Case) -> list[str]:
    """Return what was read otherwise than the book has it, a line for each number."""
    read = [answer(metric) for metric in read_metrics(case.document)]
    if len(read) != len(case.records):
        return [f"{len(case.records)} records wanted, read: {read}"]
    return [
        f"{dict(record)} wanted, wrong: {wrong} in {given}"
        for record, given in zip(case.records, read, strict=True)
        if (wrong := wrong_fields(record, given))
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.group)
def test_a_construction_is_read(case: Case):
    assert differences(case) == []


@pytest.mark.parametrize("case", MISSES, ids=lambda case: case.group)
def test_a_known_miss_is_still_one(case: Case):
    assert differences(case) != [], "read right now: move the case to the file of its construction"


def test_the_book_grows_and_its_misses_do_not():
    assert len(CASES) >= FLOORS["cases"]
    assert len(MISSES) <= FLOORS["misses"]


def test_no_case_stands_twice():
    told = Counter((case.text, case.title, case.published) for case in CASES + MISSES)
    assert [text for (text, *_), count in told.items() if count > 1] == []
