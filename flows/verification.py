"""Everything checked again: the archive's bytes, the run files, and every figure in its text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.errors import ArchiveError
from archive.fixity import REPAIR, RESTORE, Damage, check
from archive.lock import held
from archive.manifest import read_lines
from archive.names import MANIFEST, OPEN, run_of
from archive.reader import read_record
from extract.errors import GongkaiError
from flows.layout import Layout
from flows.loading import Tell
from warehouse.database import examiner, warehouse_path
from warehouse.errors import DamagedError, LockedError, OutdatedError, WarehouseError
from warehouse.verify import Mend, archived, verify, verify_copy

DIED = "select run_id from raw.runs where finished_at is null"
COUNTS = "select (select count(*) from raw.captures), (select count(*) from core.metrics)"


class NothingToVerifyError(GongkaiError):
    """The data folder has no run: it was probably mistyped."""


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """How much was checked, a line for each thing that does not agree, and what would mend the warehouse."""

    captures: int
    metrics: int
    problems: tuple[str, ...]
    mends: frozenset[Mend] = frozenset()


def verify_all(layout: Layout, tell: Tell) -> VerificationReport:
    """Check archive, run files and warehouse of a data folder, and change nothing.

    Raises archive.errors.Busy while a run holds the folder, since what is being written looks damaged, and
    NothingToVerifyError where nothing was ever crawled or taken in.
    """
    refuse_empty(layout)
    with held(layout.lock):
        return verify_owned(layout, tell)


def verify_owned(layout: Layout, tell: Tell) -> VerificationReport:
    """Check a data folder that the caller holds the lock of."""
    tell("hashing the archive")
    problems = [
        f"{layout.archive / found.warc}{_at(found)}: {found.reason}; {found.advice}"
        for found in check(layout.archive)
    ]
    tell("reading every capture and every figure again")
    report = verify_warehouse(layout)
    problems += report.problems
    problems += _unreadable(layout, _offsets(layout) if report.captures else {})
    return VerificationReport(report.captures, report.metrics, tuple(problems), report.mends)


def refuse_empty(layout: Layout) -> None:
    """Raise NothingToVerifyError for a data folder without a run."""
    if not layout.run_folders():
        raise NothingToVerifyError(f"{layout.data}: holds no run; name the data folder with --data")


def verify_warehouse(layout: Layout) -> VerificationReport:
    """Hold warehouse, run files and manifest against each other, without reading the archive's bytes."""
    path = warehouse_path(layout.data)
    if not path.exists():
        return _no_warehouse(f"{path}: is missing; run `gongkai rebuild`", "rebuild")
    try:
        with examiner(layout.data) as connection:
            found = [*verify(connection, layout.data), *verify_copy(connection, layout.data)]
            problems = [f"{each.kind} {each.subject}: {each.message}" for each in found]
            captures, metrics = connection.execute(COUNTS).fetchall()[0]
            mentioned = {warc for warc, _ in archived(connection)}
            died = {run_id for (run_id,) in connection.execute(DIED).fetchall()}
    except LockedError:
        raise
    except DamagedError as error:
        return _no_warehouse(str(error), "rebuild")
    except WarehouseError as error:
        return _no_warehouse(str(error), "load" if isinstance(error, OutdatedError) else "none")
    finished = {line.warc for line in read_lines(layout.archive)[0]}
    for path in sorted(layout.archive / warc for warc in mentioned - finished):
        advice = REPAIR if path.exists() or path.with_name(path.name + OPEN).exists() else RESTORE
        problems.append(f"{path}: captures are in it, and it has no line in {MANIFEST}; {advice}")
    # a run that died between its first bytes and their row left a file that no row mentions
    strangers = (warc for warc in sorted(finished - mentioned) if run_of(warc) not in died)
    problems += [
        f"{layout.archive / warc}: no run file mentions it; restore its run's folder from a copy"
        for warc in strangers
    ]
    mends = frozenset(each.mend for each in found)
    return VerificationReport(captures, metrics, tuple(problems), mends)


def _no_warehouse(problem: str, mend: Mend) -> VerificationReport:
    return VerificationReport(0, 0, (problem,), frozenset({mend}))


def _offsets(layout: Layout) -> Mapping[str, Sequence[int]]:
    """Return the offsets of all captures by WARC."""
    places: dict[str, list[int]] = defaultdict(list)
    with examiner(layout.data) as connection:
        for warc, offset in archived(connection):
            places[warc].append(offset)
    return places


def _unreadable(layout: Layout, places: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Yield why a capture cannot be given back, its digests checked; `check` tells of missing files."""
    for warc, offsets in places.items():
        if not (layout.archive / warc).is_file():
            continue
        for offset in offsets:
            try:
                read_record(layout.archive, warc, offset)
            except ArchiveError as error:
                yield f"{layout.archive}: {error}"


def _at(found: Damage) -> str:
    return "" if found.offset is None else f" at {found.offset}"
