"""The table of regions is a tree whose codes, names and levels agree.

Source: provinces, cities and districts by GB/T 2260; sub-districts by the statistics bureau's 统计用区划代码,
list of 2023 (state of 2023-06-30, published 2023-09-11, the last one found), from a public copy. Other public
lists number the same sub-districts differently; seeds/README.md says what is left out and why.
"""

import csv
import re
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
COLUMNS = ["code", "name", "full_name", "parent", "level"]
CODE_OF_LEVEL = {
    "province": r"\d{2}0000",
    "city": r"\d{2}(?!00)\d{2}00",
    "district": r"\d{4}(?!00)\d{2}",
    "subdistrict": r"\d{6}(?!000)\d{3}",
}
LEVELS = list(CODE_OF_LEVEL)
SUFFIXES = {
    "province": ("省", "市", "自治区", "特别行政区"),
    "city": ("市",),
    "district": ("区",),
    "subdistrict": ("街道",),
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (SEEDS / "regions.csv").open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        assert table.fieldnames == COLUMNS
        return list(table)


@pytest.fixture(scope="module")
def by_code(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows}


def test_codes_are_unique_and_in_order(rows):
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert codes == sorted(codes), "keep the rows sorted by code as text: a region is followed by its parts"


def test_full_names_are_unique(rows):
    full_names = [row["full_name"] for row in rows]
    assert len(full_names) == len(set(full_names))


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_has_codes_and_names_of_its_form(rows, level):
    of_level = [row for row in rows if row["level"] == level]
    assert of_level
    for row in of_level:
        assert re.fullmatch(CODE_OF_LEVEL[level], row["code"]), row
        assert row["name"].endswith(SUFFIXES[level]), row


def test_no_other_level_is_used(rows):
    assert {row["level"] for row in rows} == set(LEVELS)


def test_parents_exist_and_levels_chain(rows, by_code):
    for row in rows:
        if row["level"] == "province":
            assert row["parent"] == "", row
            continue
        parent = by_code[row["parent"]]
        assert LEVELS.index(parent["level"]) + 1 == LEVELS.index(row["level"]), row
        assert row["code"].startswith(parent["code"].removesuffix("00").removesuffix("00")), row


def test_a_full_name_is_the_parents_full_name_and_the_name(rows, by_code):
    for row in rows:
        parent = by_code.get(row["parent"])
        assert row["full_name"] == (parent["full_name"] if parent else "") + row["name"]


def test_values_have_no_stray_spaces(rows):
    for row in rows:
        assert all(value == value.strip() for value in row.values()), row


@pytest.mark.parametrize(
    ("parent", "level", "count"),
    [
        ("", "province", 34),
        ("440000", "city", 21),
        ("440100", "district", 11),
        ("440300", "district", 9),
        ("440303", "subdistrict", 10),
        ("440304", "subdistrict", 10),
        ("440305", "subdistrict", 8),
        ("440306", "subdistrict", 10),
        ("440307", "subdistrict", 14),
        ("440308", "subdistrict", 4),
        ("440309", "subdistrict", 6),
        ("440310", "subdistrict", 6),
        ("440311", "subdistrict", 6),
    ],
)
def test_no_part_is_missing(rows, parent, level, count):
    """Counts of the sources: a row lost in an edit shows here."""
    assert sum((row["parent"], row["level"]) == (parent, level) for row in rows) == count
