"""What a crawl would ask for: the listings read into a throw-away folder, nothing stored."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from archive.runs import read_rows
from flows.layout import Layout
from flows.loading import Tell, knowledge
from flows.pipeline import crawl_site, owned
from flows.run_results import CrawlOptions
from scrapers.site import Site


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document that a crawl would ask for; `known` tells that a copy is held."""

    url: str
    title: str
    published_on: str | None
    known: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a crawl of one site would ask for, and the errors of its listings."""

    site: str
    rows: tuple[PlannedDocument, ...]
    errors: tuple[str, ...]


def preview(layout: Layout, site: Site, options: CrawlOptions, tell: Tell) -> Preview:
    """Read the listings of `site` and return what they name, each document once."""
    known = knowledge(layout, site.key).earlier.known if layout.warehouse.exists() else {}
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        elsewhere = Layout(Path(folder))
        with owned(elsewhere):
            result = crawl_site(elsewhere, site, replace(options, limit=0), tell)
        entries = {row["url"]: row for row in read_rows(elsewhere.runs / str(result.run_id), "entries")}
    rows = tuple(
        PlannedDocument(
            row["url"], row["title"], row["published_on"], row["fetch_url"] in known or row["url"] in known
        )
        for row in entries.values()
        if options.since is None
        or not row["published_on"]
        or row["published_on"] >= options.since.isoformat()
    )
    return Preview(site.key, rows[: options.limit], result.errors)
