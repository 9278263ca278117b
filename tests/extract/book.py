"""The book of constructions: invented sentences with the records that a careful reader writes down.

The files in `constructions/` are read here for the tests and for `benchmarks/metrics_rules.py`. A record of
the book names what the sentence gives; what it leaves out is a plain level: `measure` level, `qualifier`
exact, `status` actual, no unit, no range, no scope, and a period that the case is not about. `|` parts
answers that are all right, as in the gold tables.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.document import Document
from extract.metrics import Metric

FOLDER = Path(__file__).parent / "constructions"
MISSES = FOLDER / "misses.toml"

_UNSAID = {
    "measure": "level",
    "value_max": None,
    "unit": None,
    "qualifier": "exact",
    "status": "actual",
    "scope": None,
}

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the title and the day of the document that holds it, and its records in order."""

    group: str
    text: str
    title: str | None
    published: date | None
    records: tuple[Record, ...]

    @property
    def document(self) -> Document:
        """Return a document whose body is the text."""
        return Document(
            payload_digest="sha256:0", extractor_version="0", kind="article", title=self.title,
            published_on=self.published, issued_on=None, document_number=None, index_number=None,
            publisher=None, source=None, body=self.text, text_digest="sha256:0", tables=(), attachments=(),
            warnings=(),
        )  # fmt: skip


def read_cases(path: Path) -> Iterator[Case]:
    """Go through the cases of a file of the book."""
    content = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    for group in content["group"]:
        every = _UNSAID | group.get("every", {})
        for case in group["case"]:
            told = content | group | case
            yield Case(
                f"{path.stem}: {group['name']}",
                case["text"],
                told.get("title") or None,
                told.get("published"),
                tuple(every | record for record in case["records"]),
            )


def cases() -> list[Case]:
    """Return the cases that are read right."""
    return [case for path in sorted(FOLDER.glob("*.toml")) if path != MISSES for case in read_cases(path)]


def misses() -> list[Case]:
    """Return the cases that are known to be read wrong, with the right records."""
    return list(read_cases(MISSES))


def answer(metric: Metric) -> dict[str, Any]:
    """Return what was read in the fields of the book."""
    return {
        "name": metric.indicator,
        "measure": metric.measure,
        "value": metric.value,
        "value_max": metric.value_max,
        "unit": metric.unit,
        "qualifier": metric.qualifier,
        "status": metric.status,
        "period": f"{metric.period_start}/{metric.period_end}",
        "scope": metric.scope,
        "written": metric.written,
    }


def wrong_fields(record: Record, read: Mapping[str, Any]) -> list[str]:
    """Return the fields of a record that were read otherwise."""
    return [name for name, wanted in record.items() if not _accepted(wanted, read[name])]


def _accepted(wanted: object, read: object) -> bool:
    return read in wanted.split("|") if isinstance(wanted, str) else read == wanted
