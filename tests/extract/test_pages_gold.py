"""The page gate: the saved pages of real sites through the whole way, scored as ../shared/score does.

`floors.toml` holds the figures; they only go up. The last one reads every page as if no platform's anchor
were known, for most sites have none.
"""

import statistics
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.document import Document, read_document

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["pages"]


@pytest.fixture(scope="module")
def scorer(load_scorer) -> ModuleType:
    return load_scorer("score_text")


def _scored(shared: Path, scorer: ModuleType) -> list[dict[str, Any]]:
    return [
        scorer.score_page(row, _prediction(read_document((shared / "pages/html" / row["file"]).read_bytes())))
        for row in scorer.load_gold()
    ]


def _prediction(document: Document) -> dict[str, str | None]:
    published = str(document.published_on or "")
    facts = {"title": document.title, "published": published, "source": document.source}
    return facts | {"body": document.body}


@pytest.fixture(scope="module")
def reached(shared, scorer) -> tuple[dict[str, float], list[str]]:
    """Return the figures of all pages, and each page that falls short as a line."""
    results = _scored(shared, scorer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extract.container._ANCHORS", "#no-such-anchor")
        unanchored = [result["F1"] for result in _scored(shared, scorer)]
    figures = {
        "body_f1": statistics.mean(result["F1"] for result in results),
        "body_f1_genuine": statistics.mean(r["F1"] for r in results if r["genuine"] == "y"),
        "body_f1_unanchored": statistics.mean(unanchored),
        "good": statistics.mean(result["F1"] >= 0.98 for result in results),
        "title": statistics.mean(result["title_ok"] for result in results),
        "published": statistics.mean(result["date_ok"] for result in results),
        "source": statistics.mean(result["source_ok"] for result in results),
    }
    return figures, [f"{result['file']}: F1 {result['F1']:.4f}" for result in results if result["F1"] < 1]


@pytest.mark.parametrize("figure", FLOORS)
def test_page_floor(reached, figure: str):
    figures, short = reached
    assert figures[figure] >= FLOORS[figure], "\n".join(short)
