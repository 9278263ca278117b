"""The gold gate: real documents through the whole way, scored as ../shared/score does.

`floors.toml` holds the figures of the five documents together; they only go up.
"""

import json
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from extract.records import read, to_json

TEXTS = {
    "songgang-2024h1": "seeds/000_f929db92e51dd644.txt",
    "henggang-2023": "seeds/002_ce14459eb2a566a9.txt",
    "hailar-2017": "docs/hailar-2017.txt",
    "daqing-q1": "docs/daqing-q1.txt",
    "qinghai-2026": "docs/qinghai-2026.txt",
}
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["gold"]


@pytest.fixture(scope="module")
def scorer(load_scorer) -> ModuleType:
    return load_scorer("score_metrics")


@pytest.fixture(scope="module")
def reached(shared, scorer) -> tuple[dict[str, float], list[str]]:
    """Return the figures of all documents together, and each difference as a line."""
    counts = dict.fromkeys(("gold", "predicted", "found", "strict"), 0)
    fields, differences = dict.fromkeys(scorer.FIELDS, 0), []
    for stem, text in TEXTS.items():
        figures, errors = scorer.score(shared / "gold" / f"{stem}.tsv", _prediction(shared / text))
        counts = {name: count + figures[name] for name, count in counts.items()}
        fields = {name: count + figures["fields"][name] for name, count in fields.items()}
        differences += [f"{stem}: {kind}: {gold and gold['quote']}: {got}" for kind, gold, got in errors]
    return scorer.summary(counts | {"fields": fields}), differences


def _prediction(path: Path) -> dict:
    payload = path.read_bytes()
    return json.loads(json.dumps(to_json(read(payload, content_type="text/plain"), path=path.name, url=None)))


@pytest.mark.parametrize("figure", FLOORS)
def test_gold_floor(reached, figure):
    figures, differences = reached
    assert figures[figure] >= FLOORS[figure], "\n".join(differences)


def test_every_record_shows_its_place(shared):
    for path in sorted((shared / "docs").rglob("*.txt")):
        reading = read(path.read_bytes(), content_type="text/plain")
        for metric in reading.metrics:
            assert reading.document.body[metric.start : metric.end] == metric.written
