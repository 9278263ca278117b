"""Which records of the archive an export of pages takes, and which rows of the run files go with them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from archive.errors import ArchiveError
from archive.reader import original_place
from archive.wacz import Page
from warehouse.export.selection import ROWS_AT_ONCE, stream
from warehouse.quoting import identifier
from warehouse.rows import table_columns

# the records of an answer lie between the answer before it and itself
ANSWERS = """
    create table selected.answers as
    select
        warc,
        "offset" as place,
        min(run_id) as run_id,
        min(url) as url,
        lag("offset") over (partition by warc order by "offset") as previous,
        bool_or(coalesce(revisit, false)) as revisit
    from raw.captures
    where warc is not null
    group by warc, "offset"
"""
CHOSEN = """
    create table selected.chosen as
    select distinct warc, "offset" as place
    from raw.captures
    where
        warc is not null
        and purpose in ('document', 'attachment')
        and url in (select fetch_url from selected.addresses)
"""
REVISITS = """
    select url, warc, place
    from selected.chosen
    inner join selected.answers using (warc, place)
    where revisit
    order by warc, place
"""
# an original that no row names, a redirect on the way, is among the records of the answer behind it
PLACES = """
    create table selected.places as
    with wanted as (
        from selected.chosen
        union
        from selected.originals
    )

    select
        coalesce(answers.run_id, '') as run_id,
        wanted.warc,
        wanted.place,
        greatest(
            answers.previous, lag(wanted.place) over (partition by wanted.warc order by wanted.place)
        ) as previous,
        answers.warc is null as alone,
        coalesce(answers.url, '') as url
    from wanted
    asof left join selected.answers as answers
        on answers.warc = wanted.warc and answers.place >= wanted.place
"""
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
# by which a file of an export that was interrupted is known to be a beginning of this one
DIGEST = (
    "select md5(string_agg(concat_ws(' ', run_id, warc, place), chr(10) order by all)) from selected.places"
)
PAGES = """
    select
        versions.document_id || '-' || versions.version as id,
        min(captures.fetch_url) as url,
        versions.captured_at,
        coalesce(min(versions.title), min(captures.fetch_url)) as title
    from mart.versions as versions
    semi join selected.documents using (document_id)
    inner join mart.captures as captures
        on
            captures.document_id = versions.document_id
            and captures.warc = versions.warc
            and captures.warc_offset = versions.warc_offset
    group by versions.document_id, versions.version, versions.captured_at
    order by versions.document_id, versions.version
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer lies in the archive: WARC, offset (bytes), and the offset of the answer before it.

    `previous` is None for a file's first answer; `alone`: the record is taken without what lies before it;
    `url` is the address that was asked for.
    """

    run_id: str
    warc: str
    offset: int
    previous: int | None
    alone: bool
    url: str


def choose(connection: DuckDBPyConnection, archive: Path) -> list[str]:
    """Make the tables of what is taken: the captures of the chosen addresses, and every payload they need.

    Return a line for each revisit whose payload the archive cannot give.
    """
    for statement in (ANSWERS, CHOSEN, "create table selected.originals (warc varchar, place bigint)"):
        connection.execute(statement)
    found: set[tuple[str, int]] = set()
    missing = []
    for url, warc, offset in stream(connection, REVISITS):
        try:
            found |= {place} if (place := original_place(archive, warc, offset)) else set()
        except ArchiveError as error:
            missing.append(f"{url}: {error}")
        if len(found) >= ROWS_AT_ONCE:
            _insert(connection, found)
            found = set()
    _insert(connection, found)
    connection.execute(PLACES)
    connection.execute(RUNS)
    return missing


def digest_of_places(connection: DuckDBPyConnection) -> str:
    """Return a digest of what `choose` chose."""
    return str(connection.execute(DIGEST).fetchall()[0][0])


def places(connection: DuckDBPyConnection) -> Iterator[Place]:
    """Yield the records to take, run by run, in the order they were archived in."""
    query = "from selected.places order by run_id, warc, place"
    return (Place(*row) for row in stream(connection, query))


def run_ids(connection: DuckDBPyConnection) -> Iterator[tuple[str, bool]]:
    """Yield the runs in order, and whether their rows go along: an original may be of another site's run."""
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


def pages(connection: DuckDBPyConnection) -> Iterator[Page]:
    """Yield the versions of the chosen documents under the addresses that were captured, titled as ours."""
    for page_id, url, captured_at, title in stream(connection, PAGES):
        yield Page(page_id, url, captured_at.replace(tzinfo=UTC), title)


def _insert(connection: DuckDBPyConnection, found: set[tuple[str, int]]) -> None:
    if found:
        warcs, offsets = zip(*sorted(found), strict=True)
        connection.execute(
            "insert into selected.originals select unnest(?), unnest(?)", [list(warcs), list(offsets)]
        )


def _as_written(type_: str, value: Any) -> Any:  # noqa: ANN401 - what a column holds
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return json.loads(value) if type_ == "JSON" and value is not None else value
