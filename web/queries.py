"""What the pages ask the published warehouse: the mart views, and the text of a document out of core.

Every function takes a read-only connection and returns frozen rows, whose fields are columns of the views
by the same names. Times are UTC without a zone, as the warehouse keeps them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from duckdb import DuckDBPyConnection

PAGE_ROWS = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list of documents; `figures` counts the metrics of the newest version."""

    document_id: str
    office: str | None
    title: str | None
    published: date | None
    figures: int
    versions: int
    state: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A page of the list: its rows, and how many documents the filters leave in all."""

    rows: tuple[Listed, ...]
    total: int

    @property
    def page_count(self) -> int:
        """Number of pages; an empty list has one."""
        return max(1, -(-self.total // PAGE_ROWS))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list can be narrowed to: offices by name, years of publication, newest first."""

    offices: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document and the text of its newest version; `body` is None where only the title is known."""

    document_id: str
    title: str | None
    office: str | None
    district: str | None
    url: str
    published: date | None
    issued_on: date | None
    source: str | None
    document_number: str | None
    index_number: str | None
    state: str
    kind: str | None
    captured_at: datetime | None
    last_seen_at: datetime | None
    body: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric of the newest version; `span_start` and `span_end` count code points of the body."""

    span_start: int
    span_end: int
    written: str
    sentence: str | None
    indicator: str | None
    measure: str | None
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    qualifier: str | None
    status: str | None
    period_start: date | None
    period_end: date | None
    scope: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document, and where its first capture lies in the archive."""

    version: int
    title: str | None
    published: date | None
    captured_at: datetime
    last_captured_at: datetime
    captures: int
    payload_digest: str
    warc: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs between version - 1 and `version`; a side that is None was not there."""

    version: int
    change: str
    indicator: str | None
    period_start: date | None
    period_end: date | None
    old_written: str | None
    new_written: str | None
    old_sentence: str | None
    new_sentence: str | None
    captured_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a page names: `document_id` and `title` are the page's, `file_document_id` the file's."""

    document_id: str
    title: str | None
    name: str | None
    file_url: str
    type: str | None
    state: str
    still_named: bool
    file_document_id: str | None


def list_documents(
    connection: DuckDBPyConnection, *, office: str | None = None, year: int | None = None, page: int = 1
) -> DocumentList:
    """Return page `page` (from 1) of the documents of an office and year, the newest first."""
    chosen = {"office": office, "year": year}
    where = "($office is null or office = $office) and ($year is null or year(published) = $year)"
    total = connection.execute(f"select count(*) from mart.documents where {where}", chosen).fetchone()  # noqa: S608
    rows = rows_of(
        connection,
        Listed,
        f"""
        with counted as (select document_id, count(*) as figures from mart.metrics group by document_id)
        select document_id, office, title, published, coalesce(figures, 0) as figures, versions, state,
            kind
        from mart.documents left join counted using (document_id)
        where {where}
        order by published desc nulls last, document_id
        limit {PAGE_ROWS} offset $skipped
        """,  # noqa: S608 - the text is ours, the values are bound
        {**chosen, "skipped": (page - 1) * PAGE_ROWS},
    )
    return DocumentList(rows, int(total[0]) if total else 0)


def filters(connection: DuckDBPyConnection) -> Filters:
    """Return the offices and the years of publication that documents have."""
    found = connection.execute(
        """
        select
            list(distinct office order by office) filter (office is not null),
            list(distinct year(published) order by year(published) desc) filter (published is not null)
        from mart.documents
        """
    ).fetchone()
    offices, years = found or ((), ())
    return Filters(tuple(offices or ()), tuple(years or ()))


def find_document(connection: DuckDBPyConnection, document_id: str) -> Document | None:
    """Return a document with the text of its newest version, or None where the id is unknown."""
    found = rows_of(
        connection,
        Document,
        """
        select
            listed.document_id, listed.title, listed.office, listed.district, listed.url, listed.published,
            held.issued_on, held.source, listed.document_number, listed.index_number, listed.state,
            listed.kind, listed.captured_at, listed.last_seen_at, held.body
        from mart.documents as listed
        left join core.documents as held using (payload_digest)
        where listed.document_id = $document_id
        """,
        {"document_id": document_id},
    )
    return found[0] if found else None


def figures_of(connection: DuckDBPyConnection, document_id: str) -> tuple[Figure, ...]:
    """Return the metrics of a document's newest version, in reading order."""
    return rows_of(
        connection,
        Figure,
        """
        select
            span_start, span_end, written, sentence, indicator, measure, value, value_max, unit, qualifier,
            status, period_start, period_end, scope
        from mart.metrics where document_id = $document_id order by span_start, span_end
        """,
        {"document_id": document_id},
    )


def versions_of(connection: DuckDBPyConnection, document_id: str) -> tuple[Version, ...]:
    """Return the versions of a document, the newest first."""
    return rows_of(
        connection,
        Version,
        """
        select
            version, title, published, captured_at, last_captured_at, captures, payload_digest, warc,
            warc_offset
        from mart.versions where document_id = $document_id order by version desc
        """,
        {"document_id": document_id},
    )


def changes_of(connection: DuckDBPyConnection, document_id: str) -> tuple[Change, ...]:
    """Return the figures that changed between versions, the newest change first, in reading order."""
    return rows_of(
        connection,
        Change,
        """
        select
            version, change, indicator, period_start, period_end, old_written, new_written, old_sentence,
            new_sentence, captured_at
        from mart.changes where document_id = $document_id
        order by version desc, coalesce(new_span_start, old_span_start)
        """,
        {"document_id": document_id},
    )


def attachments_of(connection: DuckDBPyConnection, document_id: str) -> tuple[Attachment, ...]:
    """Return the files that a document's page names, or named once, in the order of their names."""
    return _attachments(connection, "document_id", document_id)


def pages_of(connection: DuckDBPyConnection, document_id: str) -> tuple[Attachment, ...]:
    """Return the pages that a document came with as a file, the one published first before the others."""
    return _attachments(connection, "file_document_id", document_id)


def _attachments(connection: DuckDBPyConnection, key: str, document_id: str) -> tuple[Attachment, ...]:
    return rows_of(
        connection,
        Attachment,
        f"""
        select document_id, title, name, file_url, "type", state, still_named, file_document_id
        from mart.attachments where {key} = $document_id order by published nulls last, name, file_url
        """,  # noqa: S608 - the key is ours, the value is bound
        {"document_id": document_id},
    )


def rows_of(
    connection: DuckDBPyConnection, kind: type[Row], query: str, values: dict[str, Any]
) -> tuple[Row, ...]:
    """Return the answer to a query as rows of `kind`, whose fields are its columns."""
    answer = connection.execute(query, values)
    names = [column[0] for column in answer.description or ()]
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in answer.fetchall())
