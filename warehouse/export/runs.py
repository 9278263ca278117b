"""Which runs an export of pages brings along, and the rows of their files that tell of what is chosen."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.export.selection import stream
from warehouse.quoting import identifier
from warehouse.rows import table_columns

RUNS = """
    create table selected.runs as
    select run_id from raw.runs
    where
        site in (select site from mart.documents semi join selected.documents using (document_id))
        or run_id in (select run_id from raw.captures where url in (select fetch_url from selected.addresses))
"""
ENTRIES = (
    "from raw.entries semi join selected.runs using (run_id) semi join selected.addresses using (fetch_url)"
)
CAPTURES = (
    "from raw.captures semi join selected.runs using (run_id) "
    "where purpose in ('document', 'attachment') and url in (select fetch_url from selected.addresses)"
)
# the report of a run counts what goes along of it
REPORTS = f"""
    with outcomes as (
        select run_id, outcome, count(*) as captures
        from ({CAPTURES})
        where purpose = 'document'
        group by run_id, outcome
    ),

    counted as (
        select
            run_id,
            string_agg('"' || outcome || '": ' || captures, ', ' order by outcome) as counts,
            sum(captures) as captures
        from outcomes
        group by run_id
    ),

    whole as (
        select run_id, count(*) as captures from raw.captures where purpose = 'document' group by run_id
    ),

    listed as (
        select run_id, count(distinct url) as entries from ({ENTRIES}) group by run_id
    )

    select runs.* replace (
        if(
            counted.captures is not distinct from whole.captures,
            runs.counts,
            concat('{{', counted.counts, '}}')::json
        ) as counts,
        coalesce(listed.entries, 0) as entries
    )
    from raw.runs as runs
    semi join selected.runs using (run_id)
    left join counted using (run_id)
    left join whole using (run_id)
    left join listed using (run_id)
"""  # noqa: S608 - our own
ROWS = {
    "sites": "from raw.sites semi join selected.runs using (run_id)",
    "entries": ENTRIES,
    "captures": CAPTURES,
    "runs": REPORTS,
}


def choose_runs(connection: DuckDBPyConnection) -> None:
    """Make the table of the runs whose rows go along."""
    connection.execute(RUNS)


def run_ids(connection: DuckDBPyConnection) -> Iterator[tuple[str, bool]]:
    """Yield the runs of what was chosen in order, and whether their rows go along: an original may be of
    another site's run.
    """
    query = (
        "select run_id, run_id in (from selected.runs) "
        "from (select run_id from selected.runs union select run_id from selected.places) order by run_id"
    )
    return ((run_id, carried) for run_id, carried in stream(connection, query))


def run_rows(connection: DuckDBPyConnection, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a kind of run file, ordered by run and line, as they stood in the files."""
    types = table_columns(connection, f"raw.{kind}")
    names = ", ".join(map(identifier, types))
    line = "" if kind == "runs" else ", line"
    query = f"select {names} from ({ROWS[kind]}) order by run_id{line}"  # noqa: S608 - our own names
    for values in stream(connection, query):
        row = {
            name: _as_written(type_, value)
            for (name, type_), value in zip(types.items(), values, strict=True)
        }
        row.pop("line", None)
        yield row


def _as_written(type_: str, value: Any) -> Any:  # noqa: ANN401 - what a column holds
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return json.loads(value) if type_ == "JSON" and value is not None else value
