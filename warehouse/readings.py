"""Loading what the extractor read into core. Rows are replaced by payload, so a load can be repeated at will.

A figure whose span does not hold its written form is refused here, in SQL, so that nothing above can show a
number that has no place in the text.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.database import batch
from warehouse.errors import LoadError
from warehouse.places import REGIONS, load_regions
from warehouse.placing import place_staged
from warehouse.quoting import identifier
from warehouse.rows import staged, table_columns, temporary

# set here, not by the extractor
OURS = frozenset({"metrics_version", "site_region", "site_name", "office", "district", "district_code"})
SPAN = {"span_start": "start", "span_end": "end"}

DECIMALS = ("value", "value_max", "value_base")


def _decimal(name: str) -> str:
    """Return SQL for the number in a column of text; null where it is none or has more than 28 digits.

    DuckDB reads a number of 38 digits a hundred times more slowly than one of 18, and most have fewer.
    """
    return f"""case
            when regexp_full_match({name}, '-?[0-9]{{1,18}}') then {name}::bigint
            when regexp_full_match({name}, '-?[0-9]{{1,10}}[.][0-9]{{1,8}}') then {name}::decimal(18, 8)
            else try_cast({name} as decimal(38, 10))
        end::decimal(38, 10)"""


REFUSALS = f"""
    select
        metrics.line,
        metrics.payload_digest,
        metrics."start",
        metrics."end",
        metrics.written,
        case
            when documents.payload_digest is null then 'its document is not in the batch'
            when metrics."start" is null or metrics."start" < 0 or metrics."end" <= metrics."start"
                or substr(documents.body, metrics."start" + 1, metrics."end" - metrics."start")
                is distinct from metrics.written
                then 'body[start:end] is not its written form'
            when {_decimal("metrics.value")} is null
                or metrics.value_max is not null and {_decimal("metrics.value_max")} is null
                or metrics.value_base is not null and {_decimal("metrics.value_base")} is null
                then 'its value is not a number of at most 28 digits'
        end as reason
    from staged_metrics as metrics
    left join staged_documents as documents using (payload_digest)
    where reason is not null
"""  # noqa: S608 - our own names


# a page cannot have been published after it was fetched; a day is allowed for clocks that go wrong
DOCUMENTS = """
    insert into core.documents by name
    with fetched as (
        select payload_digest, (min(fetched_at) + interval 32 hours)::date as last_day
        from raw.captures
        where payload_digest in (select payload_digest from staged_documents)
        group by payload_digest
    )

    select
        staged_documents.* exclude (line) replace (
            if(published_on > last_day, null, published_on) as published_on,
            if(
                published_on > last_day,
                list_append(warnings, 'published: ' || published_on || ' lies after the day it was fetched'),
                warnings
            ) as warnings
        ),
        ? as metrics_version,
        placed.* exclude (payload_digest)
    from staged_documents
    inner join placed using (payload_digest)
    left join fetched using (payload_digest)
    order by line
"""


HELD = "select payload_digest from core.documents semi join staged_documents using (payload_digest)"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure that was not loaded: its payload, span in characters, written form and the reason."""

    payload_digest: str | None
    start: int | None
    end: int | None
    written: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class LoadedReadings:
    """What a load of readings put in place, and the figures that were refused."""

    documents: int
    metrics: int
    cells: int
    refused: tuple[Refusal, ...]


def load_readings(
    connection: DuckDBPyConnection, folder: Path, *, metrics_version: str, regions: Path = REGIONS
) -> LoadedReadings:
    """Put the rows of `folder`/{documents,metrics,tables}.jsonl in place of those of the same payloads.

    The rows are those of `extract.records`; `metrics_version` is the version of the metric rules that read
    them, also where they found nothing. One transaction; raise LoadError naming the file that does not fit.
    """
    if not (folder / "documents.jsonl").is_file():
        raise LoadError(f"{folder}: has no documents.jsonl; write what was read there first")
    table = load_regions(regions)
    try:
        with (
            batch(connection),
            staged(
                connection,
                folder / "documents.jsonl",
                _given(connection, "documents"),
                name="staged_documents",
            ),
            staged(
                connection, folder / "metrics.jsonl", _given(connection, "metrics"), name="staged_metrics"
            ),
            staged(connection, folder / "tables.jsonl", _given(connection, "tables"), name="staged_tables"),
        ):
            _refuse_repeated(connection, folder)
            with place_staged(connection, table), temporary(connection, "refused", REFUSALS):
                return _replace(connection, metrics_version)
    except duckdb.Error as error:
        raise LoadError(f"{folder}: cannot be loaded: {str(error).splitlines()[0]}") from error


def _given(connection: DuckDBPyConnection, table: str) -> dict[str, str]:
    """Return the columns that the extractor gives for a table of core, under its names."""
    columns = table_columns(connection, f"core.{table}")
    return {SPAN.get(name, name): type_ for name, type_ in columns.items() if name not in OURS}


def _refuse_repeated(connection: DuckDBPyConnection, folder: Path) -> None:
    repeated = connection.execute(
        "select payload_digest from staged_documents group by all having count(*) > 1 limit 1"
    ).fetchone()
    if repeated:
        raise LoadError(f"{folder / 'documents.jsonl'}: {repeated[0]} is there twice; a payload is read once")


def _replace(connection: DuckDBPyConnection, metrics_version: str) -> LoadedReadings:
    # most payloads are new, and to look for the figures of none would read all figures
    if connection.execute(f"{HELD} limit 1").fetchone():
        for table in ("metrics", "tables", "documents"):
            connection.execute(f"delete from core.{table} where payload_digest in ({HELD})")  # noqa: S608
    documents = _count(
        connection,
        DOCUMENTS,
        metrics_version,
    )
    metrics = _count(
        connection,
        f"insert into core.metrics by name select {_metric_columns(connection)} from staged_metrics "  # noqa: S608
        "anti join refused using (line) order by line",
    )
    cells = _count(
        connection,
        "insert into core.tables by name select * exclude (line) from staged_tables "
        "semi join staged_documents using (payload_digest) order by line",
    )
    refused = connection.execute(
        'select payload_digest, "start", "end", written, reason from refused order by line'
    ).fetchall()
    return LoadedReadings(documents, metrics, cells, tuple(Refusal(*row) for row in refused))


def _metric_columns(connection: DuckDBPyConnection) -> str:
    columns = table_columns(connection, "core.metrics")
    given = {
        name: _decimal(name) if name in DECIMALS else f"{identifier(SPAN.get(name, name))}::{type_}"
        for name, type_ in columns.items()
    }
    return ", ".join(f"{given[name]} as {identifier(name)}" for name in given)


def _count(connection: DuckDBPyConnection, insert: str, *parameters: str) -> int:
    row = connection.execute(insert, list(parameters)).fetchone()
    return int(row[0]) if row else 0
