"""What a crawl would ask for: the listings read into a throw-away folder, nothing stored."""

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from archive.runs import read_rows
from flows.knowledge import Knowledge, earlier_of
from flows.layout import Layout
from flows.loading import Tell, latest
from flows.manners import turns
from flows.pipeline import Shared, crawl_site, owned
from flows.run_results import CrawlOptions
from scrapers.capture import Earlier, Entry
from scrapers.documents import Wanted, plan
from scrapers.politeness import Manners
from scrapers.site import Site
from warehouse.query import reader


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document that a crawl would ask for; `known` tells that a copy is held."""

    url: str
    title: str | None
    published_on: date | None
    known: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a crawl of one site would ask for, how many documents are listed, and what fails there."""

    site: str
    listed: int
    rows: tuple[PlannedDocument, ...]
    errors: tuple[str, ...]


def preview(layout: Layout, site: Site, options: CrawlOptions, tell: Tell) -> Preview:
    """Read the listings of `site` and return which documents a crawl would ask for now.

    What is known is taken from the published copy, so that a run which goes on is not disturbed.
    """
    earlier = _published(layout, site.key)
    with _nowhere() as (elsewhere, unknowing):
        shared = Shared(unknowing, Manners(turns(layout)))
        result = asyncio.run(crawl_site(elsewhere, site, replace(options, limit=0), shared, tell))
        entries = {
            row["url"]: _entry(row) for row in read_rows(elsewhere.runs / str(result.run_id), "entries")
        }
    planned = plan(
        entries.values(),
        earlier,
        now=datetime.now(UTC),
        complete=result.report is not None and result.report.complete,
        since=options.since,
        everything=options.everything,
    )
    rows = tuple(_planned(wanted, earlier) for wanted in planned[: options.limit])
    return Preview(site.key, len(entries), rows, result.errors)


@contextmanager
def _nowhere() -> Iterator[tuple[Layout, Knowledge]]:
    """Give a data folder that is gone afterwards, and the knowledge of one where nothing is known."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        elsewhere = Layout(Path(folder))
        with owned(elsewhere):
            yield elsewhere, Knowledge()


def _published(layout: Layout, site: str) -> Earlier:
    """Return what the published copy knows of a site; nothing where there is none."""
    copy = latest(layout)
    if copy is None:
        return Earlier()
    with reader(copy) as connection:
        return earlier_of(layout, connection, site)


def _entry(row: Mapping[str, Any]) -> Entry:
    listed_on = row["published_on"]
    values = {field.name: row[field.name] for field in fields(Entry)}
    return Entry(**values | {"published_on": date.fromisoformat(listed_on) if listed_on else None})


def _planned(wanted: Wanted, earlier: Earlier) -> PlannedDocument:
    history = earlier.histories.get(wanted.fetch_url)
    told = history.row if history and history.row else (None, None)
    if wanted.entry is not None:
        told = (wanted.entry.title, wanted.entry.published_on)
    url = wanted.entry.url if wanted.entry else wanted.fetch_url
    return PlannedDocument(url, *told, known=wanted.known is not None)
