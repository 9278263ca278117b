"""A document with its metrics, and the rows and JSON that other rooms store and print."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from extract.document import Document, read_document, unread_document
from extract.keywords import count_words
from extract.metrics import VERSION as METRICS_VERSION
from extract.metrics import Metric, read_metrics
from extract.tabular.celled import Heads, heads_of

_NO_HEADS = Heads("", "")
_METRIC_KEYS = (
    "start end written sentence section indicator indicator_id measure value value_max unit value_base "
    "unit_base qualifier status period_start period_end scope subject rule"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One payload, read: its document and the document's metrics."""

    document: Document
    metrics: tuple[Metric, ...]


def read(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    body_selector: str | None = None,
) -> Reading:
    """Read a payload's document and metrics. Never raises for bad input: kind and warnings tell."""
    document = read_document(payload, url=url, content_type=content_type, body_selector=body_selector)
    return Reading(document, read_metrics(document) if document.body else ())


def unread(payload_digest: str, reason: str) -> Reading:
    """Return the reading of a payload that could not be read: a document without text that says why."""
    return Reading(unread_document(payload_digest, reason), ())


def to_json(reading: Reading, *, path: str, url: str | None) -> dict[str, Any]:
    """Return the JSON object that `gongkai extract` prints for one file (shape in the docs, dates in ISO
    8601).
    """
    document = reading.document
    return {
        "path": path,
        "url": url,
        "kind": document.kind,
        "title": document.title,
        "published": _plain(document.published_on),
        "source": document.source,
        "publisher": document.publisher,
        "index_number": document.index_number,
        "document_number": document.document_number,
        "body": document.body,
        "tables": [_fields(table) for table in document.tables],
        "attachments": [_fields(attachment) for attachment in document.attachments],
        "metrics": [_metric(metric) for metric in reading.metrics],
        "warnings": list(document.warnings),
        "versions": {"document": document.extractor_version, "metrics": METRICS_VERSION},
    }


def _metric(metric: Metric) -> dict[str, Any]:
    return {name: _plain(getattr(metric, name)) for name in _METRIC_KEYS.split()}


def document_row(reading: Reading) -> dict[str, Any]:
    """Return the row of `core.documents`: the document and the words of its text; lists are JSON text."""
    document = reading.document
    row = _fields(document) | {
        "sketch": _fields(document.sketch) if document.sketch else None,
        "tables": _text([_fields(table) for table in document.tables]),
        "attachments": _text([_fields(attachment) for attachment in document.attachments]),
        "warnings": _text(document.warnings),
        "words": [_fields(word) for word in count_words(document.body)],
    }
    return _json_ready(row)


def metric_rows(reading: Reading) -> list[dict[str, Any]]:
    """Return the rows of `core.metrics`, in the order of the text."""
    return [_json_ready(_fields(metric)) for metric in reading.metrics]


def table_rows(reading: Reading) -> list[dict[str, Any]]:
    """Return the rows of `core.tables`, one per cell; table, row and column are counted from 0.

    A cell below a head has what its row and its column are called.
    """
    document = reading.document
    rows = []
    for table_no, table in enumerate(document.tables):
        heads = heads_of(table)
        for row_no, row in enumerate(table.rows):
            for column_no, text in enumerate(row):
                head = heads.get((row_no, column_no), _NO_HEADS)
                rows.append(
                    {
                        "payload_digest": document.payload_digest,
                        "extractor_version": document.extractor_version,
                        "table_no": table_no,
                        "row_no": row_no,
                        "column_no": column_no,
                        "text": text,
                        "row_head": head.row or None,
                        "column_head": head.column or None,
                    }
                )
    return rows


def _fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """Return the fields of a dataclass by name, and copy nothing of what they hold, as `asdict` does."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _json_ready(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    """Return dates as ISO text, decimals as numbers (whole ones as integers), tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
