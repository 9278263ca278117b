"""The questions that commands ask the published warehouse, and their answers as rows or objects."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.query import reader

CHANGED = """
    select
        title, indicator, period_end, change, old_written, new_written,
        new_sentence as sentence, url, captured_at
    from mart.changes
    order by captured_at desc, title, coalesce(new_span_start, old_span_start)
"""
GONE = """
    select title, office, url, status, gone_at, captured_at as last_good_copy_at, warc, warc_offset
    from mart.gone
    order by gone_at desc, title
"""
RETURNED = """
    select title, office, url, gone_status as status, gone_at, returned_at
    from mart.returned
    order by returned_at desc, title
"""
VERSIONS = """
    select version, versions.title, url, captured_at, body
    from mart.versions as versions inner join core.documents using (payload_digest)
    where document_id = $document
    order by version
"""
CHANGED_IN = """
    select version, change, indicator, old_written, new_written, new_sentence as sentence
    from mart.changes
    where document_id = $document
    order by version, coalesce(new_span_start, old_span_start)
"""


HELD_OF_LISTED = """
    select count(*) filter (state = 'held'), count(*)
    from mart.documents
    where document_id in (
        select document_id
        from raw.entries inner join mart.addresses as addresses using (fetch_url)
        where run_id = $run
    )
"""
NO_DOCUMENTS = """
    select captures.url, documents.kind
    from raw.captures as captures inner join core.documents as documents using (payload_digest)
    where
        run_id = $run and purpose = 'document' and outcome in ('ok', 'unchanged')
        and kind in ('challenge', 'shell', 'error')
    order by captures.line
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names and rows."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def objects(self) -> list[dict[str, Any]]:
        """Return the rows as JSON-ready objects."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(database: Path, question: str, **values: object) -> Answer:
    """Return the answer of a published copy to one of the questions above."""
    with reader(database) as connection:
        cursor = connection.execute(question, values)
        columns = tuple(column[0] for column in cursor.description or ())
        return Answer(columns, cursor.fetchall())
