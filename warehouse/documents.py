"""Which document is meant: people give its id, the beginning of it, or an address."""

import re

from duckdb import DuckDBPyConnection

from warehouse.errors import QueryError

PREFIX = re.compile(r"[0-9a-f]{4,15}")
CANDIDATES_SHOWN = 5

EXACT = """
    select document_id from mart.addresses
    where document_id = lower($given) or url = $given or fetch_url = $given
    order by (document_id = lower($given)) desc, (url = $given) desc
    limit 1
"""
BEGINNING = """
    select document_id, coalesce(last(title order by fetch_url), first(url)) from mart.addresses
    where starts_with(document_id, $given)
    group by document_id
    order by document_id
"""


def find(connection: DuckDBPyConnection, given: str) -> str:
    """Return the id of the document that is meant by its id, the beginning of it, or an address.

    A beginning has four characters or more. An address is the public one or the one that is fetched. Raise
    QueryError when several documents are meant, naming them, or none.
    """
    given = given.strip()
    exact = connection.execute(EXACT, {"given": given}).fetchone()
    if exact:
        return str(exact[0])
    beginning = given.lower()
    meant = (
        connection.execute(BEGINNING, {"given": beginning}).fetchall() if PREFIX.fullmatch(beginning) else []
    )
    if not meant:
        raise QueryError(
            f"{given}: no such document; `gongkai search` finds ids, of which four characters are enough"
        )
    if len(meant) > 1:
        shown = ", ".join(f"{document_id} {title}" for document_id, title in meant[:CANDIDATES_SHOWN])
        more = f" and {len(meant) - CANDIDATES_SHOWN} more" if len(meant) > CANDIDATES_SHOWN else ""
        raise QueryError(f"{given}: {len(meant)} documents begin so: {shown}{more}; give more of it")
    return str(meant[0][0])
