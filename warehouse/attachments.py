"""Which attachments a crawl need not ask for, and which it should: asked before the network is opened."""

from datetime import UTC, datetime, timedelta

from duckdb import DuckDBPyConnection

from extract.attachments import Attachment

REFUSED_FOR = timedelta(days=30)  # as long as an unchanged page goes without a request in full


def asked(connection: DuckDBPyConnection, site: str) -> frozenset[str]:
    """Return the addresses of attachments that any run of a site asked for, whatever came of it."""
    rows = connection.execute(
        "select distinct url from raw.captures where site = ? and purpose = 'attachment'", [site]
    ).fetchall()
    return frozenset(url for (url,) in rows)


def owed(connection: DuckDBPyConnection, site: str, *, now: datetime) -> tuple[Attachment, ...]:
    """Return the attachments that a site's pages name and that are not held, those never asked for first.

    After an answer that may be another tomorrow (a server error, a timeout, a block) a file is owed at once;
    after a refusal (404, a page in its place, too large) when it is 30 days old at `now`.
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
                outcome is null
                or outcome in ('blocked', 'server_error', 'network_error', 'disallowed')
                or asked_at <= $refused_before
            )
        group by file_url
        order by max(asked_at) nulls first, max(captured_at) desc, file_url
        """,
        {"site": site, "refused_before": (now - REFUSED_FOR).astimezone(UTC).replace(tzinfo=None)},
    ).fetchall()
    return tuple(Attachment(name or "", url, kind or "") for name, url, kind in rows)
