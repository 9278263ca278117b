"""Which attachments a crawl need not ask for, and which it should: asked before the network is opened."""

from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from extract.attachments import Attachment

RESTS_DAYS_MAX = 30  # as long as an unchanged page goes without a request in full


def asked(connection: DuckDBPyConnection, site: str) -> frozenset[str]:
    """Return the addresses of attachments that any run of a site asked for, whatever came of it."""
    rows = connection.execute(
        "select distinct url from raw.captures where site = ? and purpose = 'attachment'", [site]
    ).fetchall()
    return frozenset(url for (url,) in rows)


def owed(connection: DuckDBPyConnection, site: str, *, now: datetime) -> tuple[Attachment, ...]:
    """Return the attachments that a site's pages name and that are not held, those never asked for first.

    One that failed is owed by the next run, and then rests for as long as it has been failing, 30 days at
    most: a file that is put up late is fetched soon, and a dead link is not asked for every night.
    """
    rows = connection.execute(
        """
        select any_value(name), file_url, any_value("type")
        from mart.attachments
        where
            site = $site
            and still_named
            and state <> 'held'
            and (
                asked_at is null
                or asked_at + least(asked_at - first_asked_at, to_days($rests_days_max)) <= $now
            )
        group by file_url
        order by max(asked_at) nulls first, max(captured_at) desc, file_url
        """,
        {
            "site": site,
            "rests_days_max": RESTS_DAYS_MAX,
            "now": now.astimezone(UTC).replace(tzinfo=None),
        },
    ).fetchall()
    return tuple(Attachment(name or "", url, kind or "") for name, url, kind in rows)
