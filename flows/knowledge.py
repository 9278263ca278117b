"""What a crawl must know beforehand, asked before the network is opened (DESIGN, rule 5).

What is known of a site lies in a file until its turn comes: a thousand sites know more than fits in memory.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from archive.durable import blamed
from archive.errors import ArchiveError
from archive.exchange import Original
from archive.reader import read_payload
from flows.layout import Layout
from flows.scratch import scratch
from scrapers.attachments import PER_PAGE_MAX
from scrapers.capture import Earlier, History, KeptRobots, Known, KnownFiles
from warehouse.attachments import asked, owed
from warehouse.database import writer
from warehouse.histories import AddressHistory, histories
from warehouse.pending import KnownAddress, RobotsPlace, known, listed, originals, robots


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of some sites; `originals` tells where the bytes of a wire digest lie."""

    originals: Callable[[str], Original | None] = _nothing
    folder: Path | None = None

    def earlier(self, site: str) -> Earlier:
        """Return what earlier runs know of `site`."""
        if self.folder is None:
            return Earlier()
        with (self.folder / site).open("rb") as file:
            found: Earlier = pickle.load(file)  # noqa: S301 - written by this process
        return found


@contextmanager
def knowledge(layout: Layout, sites: Sequence[str]) -> Iterator[Knowledge]:
    """Give what earlier runs know of `sites` by their keys; the database is closed within the block."""
    with scratch(layout) as folder:
        with writer(layout.data) as connection:
            for site in sites:
                earlier, path = earlier_of(layout, connection, site), folder / site
                with blamed(path), path.open("wb") as file:
                    pickle.dump(earlier, file)
            found = Knowledge(originals(connection), folder)
        yield found


def earlier_of(layout: Layout, connection: DuckDBPyConnection, site: str) -> Earlier:
    """Return what the warehouse behind `connection` knows of a site by its key."""
    files = KnownFiles(
        _by_address(known(connection, site, "attachment")),
        asked(connection, site),
        owed(connection, site, now=datetime.now(UTC), per_page_max=PER_PAGE_MAX),
    )
    return Earlier(
        known=_by_address(known(connection, site)),
        histories={row.url: _history(row) for row in histories(connection, site)},
        listed=listed(connection, site),
        files=files,
        robots=_kept_robots(layout, robots(connection, site)),
    )


def _history(row: AddressHistory) -> History:
    """Return what is known of an address, of which the warehouse tells the outcome as text."""
    facts = asdict(row)
    del facts["url"]
    return History(**facts)


def _kept_robots(layout: Layout, places: Iterable[RobotsPlace]) -> dict[str, KeptRobots]:
    """Read the copies of robots.txt; one that the archive cannot give back is as good as none."""
    found: dict[str, KeptRobots] = {}
    for place in places:
        with suppress(ArchiveError):
            payload = read_payload(layout.archive, place.warc, place.offset)
            found[place.url] = KeptRobots(payload.body, place.fetched_at)
    return found


def _by_address(rows: Iterable[KnownAddress]) -> dict[str, Known]:
    return {row.url: Known(**asdict(row)) for row in rows}
