"""What is still to be read, and what earlier runs know: asked before the network is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from duckdb import DuckDBPyConnection

from archive.exchange import Original


@dataclass(frozen=True, slots=True)
class Pending:
    """A payload to be read and where it lies: WARC name, offset in bytes, the address that gave it, its size.

    `body_selector` is what the site file says of the element that holds the document, as the newest run of
    the site knew it: a selector that was mended holds for pages that came before.
    """

    payload_digest: str
    warc: str
    offset: int
    url: str
    content_type: str | None
    length_bytes: int
    body_selector: str | None


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What earlier runs know of an address that documents are fetched from; times are UTC.

    `fetched_at` is its last good capture, be it a 304; `full_at` the last that came in full. `text_digest`
    is that of the text read in its payload, None where it was not read yet.
    """

    url: str
    etag: str | None
    last_modified: str | None
    payload_digest: str
    fetched_at: datetime
    full_at: datetime | None
    text_digest: str | None


@dataclass(frozen=True, slots=True)
class RobotsPlace:
    """Where the robots.txt of an address lies in the archive, and when it was fetched (UTC)."""

    url: str
    warc: str
    offset: int
    fetched_at: datetime


def pending(
    connection: DuckDBPyConnection, *, extractor_version: str, metrics_version: str
) -> tuple[Pending, ...]:
    """Return the payloads of documents and files that these versions have not read, earliest captured first.

    A payload is named once, by its first capture that holds the bytes themselves where there is one.
    """
    rows = connection.execute(
        """
        select
            payload_digest,
            warc,
            "offset",
            coalesce(final_url, captures.url),
            content_type,
            coalesce(length, 0),
            case when purpose = 'document' then sites.profile ->> '$.body' end
        from raw.captures as captures
        left join (
            from raw.sites qualify row_number() over (partition by key order by run_id desc) = 1
        ) as sites on sites.key = captures.site
        where
            purpose in ('document', 'attachment')
            and outcome in ('ok', 'unchanged')
            and payload_digest is not null
            and warc is not null
            and payload_digest not in (
                select payload_digest from core.documents where extractor_version = ? and metrics_version = ?
            )
        qualify row_number() over (
            partition by payload_digest
            order by coalesce(revisit, false), fetched_at, captures.run_id, captures.line
        ) = 1
        order by fetched_at, captures.run_id, captures.line
        """,
        [extractor_version, metrics_version],
    ).fetchall()
    return tuple(Pending(*row) for row in rows)


def known(
    connection: DuckDBPyConnection, site: str, purpose: Literal["document", "attachment"] = "document"
) -> tuple[KnownAddress, ...]:
    """Return what is known of each address of a site that gave a document, after its last good capture.

    A 304 may leave the validators out; then those stand that came with the same payload last.
    """
    rows = connection.execute(
        """
        with good as (
            select
                *,
                last(payload_digest) over whole as held
            from raw.captures
            where
                site = ?
                and purpose = ?
                and outcome in ('ok', 'unchanged')
                and payload_digest is not null
            window whole as (
                partition by url
                order by fetched_at, run_id, line
                rows between unbounded preceding and unbounded following
            )
        )

        select
            url,
            last(etag order by fetched_at, run_id, line) filter (etag is not null),
            last(last_modified order by fetched_at, run_id, line) filter (last_modified is not null),
            held,
            max(fetched_at),
            max(fetched_at) filter (status = 200),
            any_value(text_digest)
        from good
        left join core.documents as documents on documents.payload_digest = held
        where good.payload_digest = held
        group by url, held
        order by url
        """,
        [site, purpose],
    ).fetchall()
    return tuple(
        KnownAddress(url, etag, modified, digest, _utc(fetched_at), _utc(full_at) if full_at else None, text)
        for url, etag, modified, digest, fetched_at, full_at, text in rows
    )


def robots(connection: DuckDBPyConnection, site: str) -> tuple[RobotsPlace, ...]:
    """Return the last good robots.txt of each of a site's origins, and where it lies in the archive."""
    rows = connection.execute(
        """
        select url, warc, "offset", fetched_at
        from raw.captures
        where site = ? and purpose = 'robots' and outcome = 'ok' and warc is not null
        qualify row_number() over (partition by url order by fetched_at desc, run_id desc, line desc) = 1
        order by url
        """,
        [site],
    ).fetchall()
    return tuple(RobotsPlace(url, warc, offset, _utc(fetched_at)) for url, warc, offset, fetched_at in rows)


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC)


def listed(connection: DuckDBPyConnection, site: str) -> tuple[str, ...]:
    """Return the fetch addresses that a site's listings named and that are not held, in listing order.

    Those that answered 404 or 410 last are left out: there is nothing to fetch.
    """
    rows = connection.execute(
        """
        select fetch_url
        from raw.entries
        where
            site = $site
            and fetch_url not in (
                select url from raw.captures
                where site = $site and purpose = 'document' and outcome in ('ok', 'unchanged')
            )
            and fetch_url not in (
                select url from raw.captures
                where site = $site and purpose = 'document'
                group by url
                having last(outcome order by fetched_at, run_id, line) in ('not_found', 'gone')
            )
        group by fetch_url
        order by min((run_id, line))
        """,
        {"site": site},
    ).fetchall()
    return tuple(url for (url,) in rows)


def originals(connection: DuckDBPyConnection) -> Callable[[str], Original | None]:
    """Return a lookup from the digest of wire bytes to where they were first stored in full.

    Captures that were cut (`network_error`, `too_large`) are no originals: their records hold a part.
    Everything is read now: the lookup works while the network is open and the database is not.
    """
    rows = connection.execute(
        """
        select wire_digest, coalesce(final_url, url), fetched_at, warc, "offset"
        from raw.captures
        where
            wire_digest is not null
            and warc is not null
            and not coalesce(revisit, false)
            and outcome not in ('network_error', 'too_large')
        qualify row_number() over (partition by wire_digest order by fetched_at, run_id, line) = 1
        """
    ).fetchall()
    stored = {
        digest: Original(url, fetched_at.replace(tzinfo=UTC), warc, offset)
        for digest, url, fetched_at, warc, offset in rows
    }
    return stored.get
