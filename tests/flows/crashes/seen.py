"""What readers see in a data folder, for two of them to be compared."""

from collections.abc import Sequence
from typing import Any

from flows.layout import Layout
from warehouse.publish import current
from warehouse.query import reader

# without times, runs, and how often something was seen
SEEN = {
    "documents": "document_id, title, office, url, published, versions, state, kind, payload_digest",
    "versions": "document_id, version, title, published, payload_digest",
    "metrics": "* exclude (captured_at)",
    "changes": "document_id, version, change, indicator, old_written, new_written, new_sentence",
    "gone": "document_id, url, status, payload_digest",
    "answers": "document_id, fetch_url, streak, answer, status, payload_digest",
    "attachments": "document_id, file_document_id, state, outcome",
}


def seen(layout: Layout) -> dict[str, Sequence[tuple[Any, ...]]]:
    """Return what readers see, view by view."""
    with reader(current(layout.data)) as connection:
        return {
            view: connection.execute(f"select {columns} from mart.{view} order by all").fetchall()
            for view, columns in SEEN.items()
        }
