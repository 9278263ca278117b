"""Which attachments a crawl need not ask for, and which it should: asked before the network is opened."""

from collections import Counter
from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from extract.attachments import Attachment, is_kept

RESTS_DAYS_MAX = 30  # as long as an unchanged page goes without a request in full


def asked(connection: DuckDBPyConnection, site: str) -> frozenset[str]:
    """Return the addresses of attachments that any run of a site asked for, whatever came of it."""
    rows = connection.execute(
        "select distinct url from raw.captures where site = ? and purpose = 'attachment'", [site]
    ).fetchall()
    return frozenset(url for (url,) in rows)


def owed(
    connection: DuckDBPyConnection, site: str, *, now: datetime, per_page_max: int
) -> tuple[Attachment, ...]:
    """Return the attachments that a site's pages name and that are not held, those never asked for first.

    One that failed is owed by the next run, and then rests for as long as it has been failing, 30 days at
    most: a file that is put up late is fetched soon, and a dead link is not asked for every night. Of a page
    with more than `per_page_max` the rest has its turn in later runs.
    """
    rows = connection.execute(
        """
        select document_id, name, file_url, "type"
        from mart.attachments
        where
            site = $site
            and still_named
            and state <> 'held'
            and (
                asked_at is null
                or asked_at + least(asked_at - first_asked_at, to_days($rests_days_max)) <= $now
            )
        order by asked_at nulls first, captured_at desc, document_id, file_url
        """,
        {
            "site": site,
            "rests_days_max": RESTS_DAYS_MAX,
            "now": now.astimezone(UTC).replace(tzinfo=None),
        },
    ).fetchall()
    found: dict[str, Attachment] = {}
    taken: Counter[str] = Counter()
    for document_id, name, url, kind in rows:
        file = Attachment(name or "", url, kind or "")
        if is_kept(file) and taken[document_id] < per_page_max:
            taken[document_id] += 1
            found.setdefault(url, file)
    return tuple(found.values())
