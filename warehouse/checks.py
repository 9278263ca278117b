"""The checks of checks/*.sql: each query names what a person should look at, with a level and a message."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from duckdb import DuckDBPyConnection

CHECKS = Path(__file__).resolve().parent / "checks"
RANGES = """[{
    "name": "varchar", "unit_range": "varchar", "minimum": "decimal(38, 10)", "maximum": "decimal(38, 10)"
}]"""


@dataclass(frozen=True, slots=True)
class IndicatorRange:
    """What is plausible for an indicator under any of its `names`; None where there is no bound.

    The bounds are in `unit`, the base unit: a figure in another unit is of something else.
    """

    indicator_id: str
    names: tuple[str, ...]
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: the check's name, `warning` or `error`, the digest, document or run, and why."""

    check: str
    level: str
    subject: str
    message: str


def run_checks(
    connection: DuckDBPyConnection, ranges: Iterable[IndicatorRange] = (), folder: Path = CHECKS
) -> Iterator[Finding]:
    """Run every check over a writer's connection and yield what it names, in the order of the checks' names.

    `ranges` are those of seeds/indicators.toml; without them nothing is out of range. They go by name: the
    extractor gives no indicator_id to a figure that its range does not fit.
    """
    rows = [
        {"name": name, "unit_range": known.unit, "minimum": known.minimum, "maximum": known.maximum}
        for known in ranges
        for name in known.names
    ]
    # as one text: DuckDB looks for numpy, in vain and at length, for each value that is bound
    connection.execute(
        "create or replace temp table indicator_ranges as select unnest(from_json(?, ?), recursive := true)",
        [json.dumps(rows, default=str), RANGES],
    )
    try:
        for path in sorted(folder.glob("*.sql")):
            query = f"from ({path.read_text(encoding='utf-8')}\n) order by all"
            for level, subject, message in connection.execute(query).fetchall():
                yield Finding(path.stem, level, subject, message)
    finally:
        connection.execute("drop table indicator_ranges")
