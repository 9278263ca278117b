"""Which records of the archive an export of pages takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from duckdb import DuckDBPyConnection

from archive.errors import ArchiveError
from archive.reader import original_place
from archive.wacz import Page
from warehouse.export.selection import ROWS_AT_ONCE, stream

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
    return missing


def digest_of_places(connection: DuckDBPyConnection) -> str:
    """Return a digest of what `choose` chose."""
    return str(connection.execute(DIGEST).fetchall()[0][0])


def places(connection: DuckDBPyConnection) -> Iterator[Place]:
    """Yield the records to take, run by run, in the order they were archived in."""
    query = "from selected.places order by run_id, warc, place"
    return (Place(*row) for row in stream(connection, query))


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
