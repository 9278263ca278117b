"""Mending a data folder: what can be made good from what is there is, and what is left is told.

Archive and run files are the record. Nothing that was recorded is thrown away: torn ends and damaged lines of
the manifest are set aside, and a warehouse is only made anew where the run files have all of its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.lock import held
from archive.manifest import drop_damaged
from archive.names import MANIFEST, OPEN
from archive.repair import Repair, repair
from flows.language import t
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
        path, kept = layout.archive / MANIFEST, f"{MANIFEST}.damaged"
        yield t(
            "{path}: line {number} was damaged and taken out; kept in {kept}",
            path=path,
            number=number,
            kept=kept,
        )
    lines = (_repaired(layout.archive / each.file, each) for each in repair(layout.archive))
    yield from filter(None, lines)


def _repaired(path: Path, what: Repair) -> str | None:
    match what.action:
        case "cut":
            torn = path.with_name(f"{path.name.removesuffix(OPEN)}.torn-{what.offset}")
            return t(
                "{path}: cut off at {offset} what was torn; kept in {torn}",
                path=path,
                offset=what.offset,
                torn=torn.name,
            )
        case "finished":
            return t("{path}: was left open; finished", path=path)
        case "listed":
            return t("{path}: had no line in {manifest}; it has one now", path=path, manifest=MANIFEST)
        case "mended":
            return t("{path}: cut off a torn last line at {offset}", path=path, offset=what.offset)
        case "removed":
            return t("{path}: held no whole record; removed", path=path)
        case "left":
            return None


def _mend_warehouse(layout: Layout, tell: Tell) -> Mended:
    """Rebuild a warehouse that is damaged or wrong, load what is not loaded, publish."""
    mended = Mended()
    path = warehouse_path(layout.data)
    needed = verify_warehouse(layout).mends
    if "rebuild" in needed:
        if runs := only_in_warehouse(layout.data):
            mended.left.append(
                t(
                    "{path}: not rebuilt, for it alone has all rows of {runs}; restore their run files first",
                    path=path,
                    runs=", ".join(runs),
                )
            )
            return mended
        try:
            count = rebuild_raw(layout.data, progress=tell)
        except LoadError as error:
            mended.left.append(t("{path}: not rebuilt: {error}", path=path, error=error))
            return mended
        mended.done.append(t("{path}: rebuilt from {count} runs", path=path, count=count))
    if needed & {"rebuild", "load"}:
        report = load(layout, tell)
        mended.done.append(
            t(
                "{path}: published, after {count} documents were read",
                path=report.published,
                count=report.documents,
            )
        )
        mended.left.extend(report.refused)
    return mended
