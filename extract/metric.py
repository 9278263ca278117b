"""The record of a number that a document states, with its evidence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from extract.reading import Measure
from extract.status import Status

VERSION = "5"


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that the document states, with its evidence: `body[start:end] == written`, in code points.

    `value` is signed and as written, `unit` as written with its 万 or 亿; `value_base` and `unit_base` are
    the same in the base unit of its dimension. `period_start` and `period_end` are inclusive. `rule` names
    the construction that gave the name.
    """

    payload_digest: str
    extractor_version: str
    start: int
    end: int
    written: str
    sentence: str
    section: tuple[str, ...]
    indicator: str
    indicator_id: str | None
    subject: str | None
    measure: Measure
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    value_base: Decimal | None
    unit_base: str | None
    qualifier: Literal["exact", "approx", "gt", "lt"]
    status: Status
    period_start: date | None
    period_end: date | None
    scope: str | None
    rule: str
