"""From archive and run files to a published warehouse: load new runs, read what is pending, publish.

Every step can be repeated: what is already there stays, so a killed load is simply run again.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from archive.errors import ArchiveError
from archive.exchange import Original
from archive.reader import read_payload
from extract.document import VERSION as DOCUMENT_VERSION
from extract.indicators import catalogue
from extract.metrics import VERSION as METRICS_VERSION
from flows.layout import Layout
from flows.reading import write_readings
from scrapers.attachments import PER_PAGE_MAX
from scrapers.capture import Earlier, History, KeptRobots, Known, KnownFiles
from warehouse.attachments import asked, owed
from warehouse.checks import Finding, IndicatorRange, run_checks
from warehouse.database import Rules, writer
from warehouse.errors import NotPublishedError
from warehouse.histories import AddressHistory, histories
from warehouse.load import load_run, loaded_runs
from warehouse.pending import KnownAddress, RobotsPlace, known, listed, originals, pending, robots
from warehouse.publish import current, publish
from warehouse.readings import load_readings

BATCH = 500
RULES = Rules(int(DOCUMENT_VERSION), int(METRICS_VERSION))

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load brought.

    `refused` names figures without evidence and payloads that cannot be read; `findings` are those of the
    data checks over the whole warehouse.
    """

    runs: int
    documents: int
    metrics: int
    refused: tuple[str, ...]
    findings: tuple[Finding, ...]
    published: Path

    @property
    def sound(self) -> bool:
        """Whether nothing was refused and no check found an error."""
        return not self.refused and all(finding.level != "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a crawl must know beforehand; `originals` tells where the bytes of a wire digest lie."""

    earlier: Earlier
    originals: Callable[[str], Original | None]


def knowledge(layout: Layout, site: str) -> Knowledge:
    """Return what earlier runs know of `site`; the database is closed again when this returns."""
    with writer(layout.data) as connection:
        files = KnownFiles(
            _by_address(known(connection, site, "attachment")),
            asked(connection, site),
            owed(connection, site, now=datetime.now(UTC), per_page_max=PER_PAGE_MAX),
        )
        earlier = Earlier(
            known=_by_address(known(connection, site)),
            histories={row.url: _history(row) for row in histories(connection, site)},
            listed=listed(connection, site),
            files=files,
            robots=_kept_robots(layout, robots(connection, site)),
        )
        return Knowledge(earlier, originals(connection))


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


def load_runs(layout: Layout, tell: Tell) -> int:
    """Load every run folder that raw does not have whole (a killed run has no report); return how many.

    A warehouse that an earlier version made is brought up: raw is migrated, core is to be read again.
    """
    with writer(layout.data, renew=RULES) as connection:
        loaded = loaded_runs(connection)
        new = [folder for folder in layout.run_folders() if folder.name not in loaded]
        for folder in new:
            tell(f"loading {folder.name}")
            load_run(connection, folder)
    return len(new)


def latest(layout: Layout) -> Path | None:
    """Return the newest published copy, None where there is none yet."""
    try:
        return current(layout.data)
    except NotPublishedError:
        return None


def load(layout: Layout, tell: Tell) -> LoadReport:
    """Load new runs, read what the current extractor has not read, publish. The caller owns the folder."""
    runs = load_runs(layout, tell)
    documents = metrics = 0
    refused: list[str] = []
    with writer(layout.data) as connection:
        waiting = pending(connection, extractor_version=DOCUMENT_VERSION, metrics_version=METRICS_VERSION)
        for start in range(0, len(waiting), BATCH):
            tell(f"reading {start} of {len(waiting)} documents")
            with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
                refused += write_readings(layout.archive, waiting[start : start + BATCH], Path(folder))
                loaded = load_readings(connection, Path(folder), metrics_version=METRICS_VERSION)
            documents += loaded.documents
            metrics += loaded.metrics
            refused += [f"{row.payload_digest}: {row.written}: {row.reason}" for row in loaded.refused]
        findings = tuple(run_checks(connection, _plausible()))
        published = publish(connection, layout.data, now=datetime.now(UTC))
    return LoadReport(runs, documents, metrics, tuple(refused), findings, published)


def _plausible() -> list[IndicatorRange]:
    """Return the plausible range of each indicator of seeds/indicators.toml, with all its spellings."""
    names: dict[str, list[str]] = defaultdict(list)
    indicators = {}
    for name, indicator in catalogue().items():
        names[indicator.id].append(name)
        indicators[indicator.id] = indicator
    return [
        IndicatorRange(key, tuple(names[key]), indicator.unit, _bound(indicator.low), _bound(indicator.high))
        for key, indicator in indicators.items()
    ]


def _bound(value: Decimal) -> Decimal | None:
    return value if value.is_finite() else None
