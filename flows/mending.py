"""Mending a data folder: what can be made good from what is there is, and what is left is told.

Archive and run files are the record. Nothing that was recorded is thrown away: torn ends and damaged lines of
the manifest are set aside, and a warehouse is only made anew where the run files have all of its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.lock import held
from archive.manifest import drop_damaged
from archive.names import MANIFEST
from archive.repair import repair
from flows.layout import Layout
from flows.loading import Tell, load
from flows.verification import VerificationReport, refuse_empty, verify_owned, verify_warehouse
from warehouse.database import warehouse_path
from warehouse.errors import LoadError
from warehouse.rebuild import rebuild_raw
from warehouse.verify import only_in_warehouse


@dataclass(slots=True)
class Mended:
    """A line for each thing that was done, and for each that could not be."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MendingReport:
    """What was done, and what a verification finds afterwards; `problems` need a person."""

    done: tuple[str, ...]
    problems: tuple[str, ...]
    verification: VerificationReport


def mend_all(layout: Layout, tell: Tell) -> MendingReport:
    """Mend archive, warehouse and published copy of a data folder as far as possible, then verify it.

    Raises archive.errors.Busy while a run holds the folder, NothingToVerifyError where nothing was ever
    crawled or taken in, and warehouse errors for a database that is in use or that a newer program made.
    """
    refuse_empty(layout)
    with held(layout.lock):
        done = list(_mend_archive(layout))
        warehouse = _mend_warehouse(layout, tell)
        verification = verify_owned(layout, tell)
    return MendingReport((*done, *warehouse.done), (*warehouse.left, *verification.problems), verification)


def _mend_archive(layout: Layout) -> Iterator[str]:
    """Yield what was done; what `repair` leaves alone, the verification tells."""
    for number in drop_damaged(layout.archive):
        yield f"{layout.archive / MANIFEST}: line {number} was damaged; kept in {MANIFEST}.damaged"
    for each in repair(layout.archive):
        if each.action != "left":
            at = "" if each.offset is None else f" at {each.offset}"
            yield f"{layout.archive / each.file}: {each.action}{at}: {each.detail}"


def _mend_warehouse(layout: Layout, tell: Tell) -> Mended:
    """Rebuild a warehouse that is damaged or wrong, load what is not loaded, publish."""
    mended = Mended()
    path = warehouse_path(layout.data)
    needed = verify_warehouse(layout).mends
    if "rebuild" in needed:
        if runs := only_in_warehouse(layout.data):
            mended.left.append(
                f"{path}: not rebuilt, for it alone has all rows of {', '.join(runs)}; "
                "restore their run files from a copy first"
            )
            return mended
        try:
            count = rebuild_raw(layout.data, progress=tell)
        except LoadError as error:
            mended.left.append(f"{path}: not rebuilt: {error}")
            return mended
        mended.done.append(f"{path}: rebuilt from {count} runs")
    if needed & {"rebuild", "load"}:
        report = load(layout, tell)
        mended.done.append(f"{report.published}: published, after {report.documents} documents were read")
        mended.left.extend(report.refused)
    return mended
