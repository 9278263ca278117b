"""Office and district of documents, set when they are loaded and again when their site becomes known."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.places import Regions, find_place
from warehouse.rows import temporary

# region and name of the site that captured a payload first; a run keeps the site file that it ran with, so
# the answer does not depend on the order in which runs are loaded
SITE_OF_PAYLOAD = """
    select
        captures.payload_digest,
        first(sites.region order by captures.fetched_at, captures.run_id, captures.line) as site_region,
        first(sites.name order by captures.fetched_at, captures.run_id, captures.line) as site_name
    from raw.captures as captures
    inner join raw.sites as sites on sites.run_id = captures.run_id and sites.key = captures.site
    where sites.region is not null and captures.payload_digest in ({payloads})
    group by captures.payload_digest
"""

# one text of JSON: DuckDB takes 0.1 ms for each Python object that it is given
PLACED = """
    select unnest(from_json(?, '[{
        "payload_digest": "varchar", "site_region": "varchar", "site_name": "varchar",
        "office": "varchar", "district": "varchar", "district_code": "varchar"
    }]'), recursive := true)
"""


@contextmanager
def place_staged(connection: DuckDBPyConnection, regions: Regions) -> Iterator[None]:
    """Keep the place of every document in `staged_documents` in the temporary table `placed` for the body."""
    sites = SITE_OF_PAYLOAD.format(payloads="select payload_digest from staged_documents")
    documents = connection.execute(
        "select payload_digest, publisher, source, title, site_region, site_name "  # noqa: S608 - our own text
        f"from staged_documents left join ({sites}) using (payload_digest)"
    ).fetchall()
    with temporary(connection, "placed", PLACED, _placed(documents, regions)):
        yield


def place_again(connection: DuckDBPyConnection, run_id: str, regions: Regions) -> None:
    """Set the place of documents that a run captured and whose site was not known, or another."""
    sites = SITE_OF_PAYLOAD.format(payloads="select payload_digest from raw.captures where run_id = ?")
    documents = connection.execute(
        "select payload_digest, publisher, source, title, site.site_region, site.site_name "  # noqa: S608
        f"from core.documents as documents inner join ({sites}) as site using (payload_digest) "
        "where site.site_region is distinct from documents.site_region "
        "or site.site_name is distinct from documents.site_name",
        [run_id],
    ).fetchall()
    if not documents:
        return
    connection.execute(
        "update core.documents set site_region = placed.site_region, site_name = placed.site_name, "  # noqa: S608
        "office = placed.office, district = placed.district, district_code = placed.district_code "
        f"from ({PLACED}) as placed where placed.payload_digest = documents.payload_digest",
        [_placed(documents, regions)],
    )


def _placed(documents: Sequence[tuple[Any, ...]], regions: Regions) -> str:
    """Return the places of documents as a JSON array.

    A row is (payload_digest, publisher, source, title, site_region, site_name).
    """
    rows = []
    for payload_digest, publisher, source, title, site_region, site_name in documents:
        place = find_place(
            regions,
            publisher=publisher,
            source=source,
            title=title,
            site_region=site_region,
            site_name=site_name,
        )
        site = {"site_region": site_region, "site_name": site_name}
        rows.append({"payload_digest": payload_digest, **site, **asdict(place)})
    return json.dumps(rows, ensure_ascii=False)
