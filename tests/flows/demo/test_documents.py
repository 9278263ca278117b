"""Protects the demo's texts: each has its place, and a figure agrees with the year before and its growth."""

import re
from itertools import pairwise

import pytest

from flows.demo.documents import DemoDocument, after, before, load_changes, load_documents
from flows.demo.pages import load_faces

YEARLY = ("{}-2023", "{}-2024", "{}-2025")
HALF_YEARLY = ("{}-2024h1", "{}-2025h1", "{}-2026h1")
PLAN = re.compile(r"\n[二三]、\d{4}年(?:下半年)?工作(?:计划|安排)")


def reviews(office: str, names: tuple[str, ...]) -> list[str]:
    """Return the reviews of an office, oldest first, as corrected and each without its plan."""
    corrected = {document.id: document for document in after(load_documents(), load_changes())}
    series = [load_documents().get(name.format(office)) for name in names]
    return [PLAN.split(corrected.get(one.id, one).body)[0] for one in series if one is not None]


def hits(pattern: str, texts: list[str]) -> list[re.Match[str]]:
    found = [re.search(pattern, text) for text in texts]
    assert None not in found, f"{pattern} is not in every text"
    return [hit for hit in found if hit]


@pytest.mark.parametrize("names", [YEARLY, HALF_YEARLY], ids=["yearly", "half-yearly"])
@pytest.mark.parametrize("office", ["huaipu", "weiting"])
@pytest.mark.parametrize("indicator", ["规上工业总产值", "固定资产投资", "一般公共预算收入", "刑事警情"])
def test_a_level_is_that_of_the_period_before_with_its_growth(
    office: str, names: tuple[str, ...], indicator: str
) -> None:
    pattern = rf"{indicator}(?:完成)?([\d.]+)(亿元|起)，(?:同比)?(增长|下降)([\d.]+)%"
    for earlier, later in pairwise(hits(pattern, reviews(office, names))):
        growth = float(later[4]) * (1 if later[3] == "增长" else -1)
        rounding = 0.5 if later[2] == "起" else 0.06
        assert float(later[1]) == pytest.approx(float(earlier[1]) * (1 + growth / 100), abs=rounding)


@pytest.mark.parametrize("names", [YEARLY, HALF_YEARLY], ids=["yearly", "half-yearly"])
@pytest.mark.parametrize("office", ["huaipu", "weiting"])
@pytest.mark.parametrize("indicator", ["信访化解率", "空气质量优良率"])
def test_a_rate_is_that_of_the_period_before_with_its_points(
    office: str, names: tuple[str, ...], indicator: str
) -> None:
    pattern = rf"{indicator}达到([\d.]+)%(?:，(?:比上年|同比)?提高([\d.]+)个百分点)?"
    series = hits(pattern, reviews(office, names))
    for earlier, later in pairwise(series):
        assert later[2] is not None
        assert float(later[1]) - float(earlier[1]) == pytest.approx(float(later[2]))


def test_before_the_correction_the_wrong_figure_disagrees_with_its_growth() -> None:
    wrong = next(one.body for one in before(load_documents(), load_changes()) if "672.2亿元" in one.body)
    earlier, growth = 589.5, 6.4
    assert f"672.2亿元，同比增长{growth}%" in wrong
    assert round(earlier * (1 + growth / 100), 1) == 627.2


def test_the_parts_of_a_table_make_its_total() -> None:
    budget = next(block for block in load_documents()["huaipu-budget-2025"].blocks if block.rows)
    amounts = [int(row[1]) for row in budget.rows[1:]]
    assert sum(amounts[:-1]) == amounts[-1]


def test_every_document_has_its_place_and_the_length_of_its_kind() -> None:
    documents = load_documents()
    places = {(face.key, column) for face in load_faces() for column in face.columns}
    assert {(document.site, document.column) for document in documents.values()} == places
    assert len({document.id for document in documents.values()}) == len(documents) == 15
    texts = {name: one.attachment.body if one.attachment else one.body for name, one in documents.items()}
    assert [name for name, text in texts.items() if not 900 <= len(text) <= 2500] == []
    assert len(before(documents, load_changes())) == len(after(documents, load_changes())) == 14


def test_headings_and_tables_are_blocks_of_their_own() -> None:
    document = load_documents()["weiting-statistics-2024"]
    assert [block.text for block in document.blocks if block.heading][:2] == ["一、总体情况", "二、工业"]
    table = next(block for block in document.blocks if block.rows)
    assert table.rows[1] == ("规上工业总产值", "亿元", "153.7", "148.2", "3.7")


def test_a_correction_that_fits_nowhere_is_an_error() -> None:
    changes = load_changes()
    corrected: dict[str, DemoDocument] = dict(load_documents())
    right = next(one for one in after(corrected, changes) if one.republished)
    corrected[changes.corrected.document] = right
    with pytest.raises(ValueError, match=r"changes\.toml: 672\.2亿元 is not there once"):
        after(corrected, changes)
