"""The canonical indicators as a table: what a figure's indicator_id means, and what is plausible for it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from duckdb import DuckDBPyConnection

from extract.indicators import Indicator
from warehouse.database import batch

ROWS = """[{
    "indicator_id": "varchar", "name": "varchar", "spellings": "varchar[]", "unit_base": "varchar",
    "minimum": "decimal(38, 10)", "maximum": "decimal(38, 10)", "better": "varchar"
}]"""


def store_indicators(connection: DuckDBPyConnection, catalogue: Mapping[str, Indicator]) -> None:
    """Put a catalogue (`extract.indicators.catalogue`: indicators by spelling) in place of the one before.

    Its plausible ranges are in the indicator's base unit; one without a bound has none there.
    """
    spellings: dict[str, list[str]] = defaultdict(list)
    for spelling, indicator in catalogue.items():
        spellings[indicator.id].append(spelling)
    indicators = {indicator.id: indicator for indicator in catalogue.values()}
    rows = [
        {
            "indicator_id": id_,
            "name": one.name,
            "spellings": spellings[id_],
            "unit_base": one.unit,
            "minimum": _bound(one.low),
            "maximum": _bound(one.high),
            "better": one.better,
        }
        for id_, one in indicators.items()
    ]
    with batch(connection):
        connection.execute("delete from core.indicators")
        # as one text: DuckDB looks for numpy, in vain and at length, for each value that is bound
        connection.execute(
            "insert into core.indicators by name select unnest(from_json(?, ?), recursive := true)",
            [json.dumps(rows, default=str), ROWS],
        )


def _bound(value: Decimal) -> Decimal | None:
    return value if value.is_finite() else None
