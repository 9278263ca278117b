"""Where else the report of a document was published."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duckdb import DuckDBPyConnection

from web.queries import rows_of


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document with the same report; `kind` is payload, text or near, `similarity` at most 1."""

    document_id: str
    title: str | None
    site: str
    published: date | None
    kind: str
    similarity: Decimal
    is_earlier: bool


def copies_of(connection: DuckDBPyConnection, document_id: str) -> tuple[Copy, ...]:
    """Return the documents that are linked with one as duplicates, in the order of their publication."""
    return rows_of(
        connection,
        Copy,
        """
        select document_id, title, site, published, kind, similarity, true as is_earlier
        from mart.duplicates where other_document_id = $document_id
        union all
        select other_document_id, other_title, other_site, other_published, kind, similarity, false
        from mart.duplicates where document_id = $document_id
        order by is_earlier desc, published nulls last, document_id
        """,
        {"document_id": document_id},
    )
