"""From archive and run files to a published warehouse: load new runs, read what is pending, publish.

Every step can be repeated: what is already there stays, so a killed load is simply run again.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from duckdb import DuckDBPyConnection

from archive.durable import blamed
from extract.document import VERSION as DOCUMENT_VERSION
from extract.indicators import catalogue
from extract.metrics import VERSION as METRICS_VERSION
from flows.found import write_found
from flows.keeping import kept_for
from flows.layout import Layout
from flows.reading import Reading
from flows.scratch import scratch
from warehouse.checks import Finding, findings
from warehouse.database import Rules, writer
from warehouse.errors import NotPublishedError, UnfitRowsError
from warehouse.indicators import store_indicators
from warehouse.load import load_run, loaded_runs
from warehouse.pending import Pending, pending
from warehouse.publish import current, publish
from warehouse.query import reader
from warehouse.readings import LoadedReadings, load_readings

# a batch is held in memory while it is loaded, and lost when the load is killed
BATCH_PAGES_MAX = 1_000
BATCH_BYTES_MAX = 16_000_000
RULES = Rules(int(DOCUMENT_VERSION), int(METRICS_VERSION))

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load brought.

    `refused` names runs whose files are damaged, figures without evidence and payloads that cannot be read;
    `findings` are those of the data checks over the whole warehouse.
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


def load_runs(layout: Layout, tell: Tell) -> tuple[int, list[str]]:
    """Load every run folder that raw does not have whole (a killed run has no report).

    Return how many were loaded, and why the others could not: a run whose files are damaged waits until they
    are restored, is told by every load until then, and keeps no other run from being loaded. A warehouse that
    an earlier version made is brought up: raw is migrated, core is to be read again.
    """
    refused: list[str] = []
    with writer(layout.data, renew=RULES) as connection:
        loaded = loaded_runs(connection)
        new = [folder for folder in layout.run_folders() if folder.name not in loaded]
        for folder in new:
            tell(f"loading {folder.name}")
            try:
                load_run(connection, folder)
            except UnfitRowsError as error:
                refused.append(
                    f"run {folder.name} is not loaded until its files are restored from a copy: {error}"
                )
    return len(new) - len(refused), refused


def latest(layout: Layout) -> Path | None:
    """Return the newest published copy, None where there is none yet."""
    try:
        return current(layout.data)
    except NotPublishedError:
        return None


def batches(waiting: Sequence[Pending]) -> Iterator[Sequence[Pending]]:
    """Yield payloads in order, as many at once as are loaded together: many small ones, or a large one."""
    start = size_bytes = 0
    for end, payload in enumerate(waiting):
        size_bytes += payload.length_bytes
        if end > start and (end - start == BATCH_PAGES_MAX or size_bytes > BATCH_BYTES_MAX):
            yield waiting[start:end]
            start, size_bytes = end, payload.length_bytes
    if start < len(waiting):
        yield waiting[start:]


@dataclass(frozen=True, slots=True)
class Read:
    """A batch that was read and loaded, and why payloads of it could not be read."""

    loaded: LoadedReadings
    unreadable: tuple[str, ...]


def read_pending(layout: Layout, connection: DuckDBPyConnection, tell: Tell) -> Iterator[Read]:
    """Read what the current extractor has not read; load each batch while the next is read."""
    waiting = pending(connection, extractor_version=DOCUMENT_VERSION, metrics_version=METRICS_VERSION)
    handed = 0
    before: Future[Read] | None = None

    def loaded(folder: Path, unreadable: list[str]) -> Read:
        return Read(load_readings(connection, folder, metrics_version=METRICS_VERSION), tuple(unreadable))

    with (
        scratch(layout) as one,
        scratch(layout) as other,
        Reading(layout.archive, len(waiting)) as reading,
        ThreadPoolExecutor(max_workers=1) as beside,
    ):
        for batch, folder in zip(batches(waiting), cycle((one, other)), strict=False):
            tell(f"reading {handed} of {len(waiting)} documents")
            with blamed(folder):
                unreadable = reading.write(batch, folder)
            handed += len(batch)
            if before:
                yield before.result()
            before = beside.submit(loaded, folder, unreadable)
        if before:
            yield before.result()


def load(layout: Layout, tell: Tell) -> LoadReport:
    """Load new runs, read what the current extractor has not read, publish. The caller owns the folder."""
    kept = kept_for()
    runs, refused = load_runs(layout, tell)
    documents = metrics = 0
    with writer(layout.data) as connection:
        for read in read_pending(layout, connection, tell):
            documents += read.loaded.documents
            metrics += read.loaded.metrics
            refused += read.unreadable
            refused += [f"{row.payload_digest}: {row.written}: {row.reason}" for row in read.loaded.refused]
        store_indicators(connection, catalogue())
    tell("publishing")
    # opened anew: what a writer has read stays in its memory
    with writer(layout.data) as connection:
        published = publish(connection, layout.data, now=datetime.now(UTC), kept_for=kept)
    with reader(published) as copy:
        found = tuple(findings(copy))
    write_found(layout, published, found)
    return LoadReport(runs, documents, metrics, tuple(refused), found, published)
