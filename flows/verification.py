"""Everything checked again: the archive's bytes, the run files, and every figure in its text."""

from collections.abc import Callable
from dataclasses import dataclass

from archive.fixity import Damage, check
from flows.layout import Layout
from warehouse.database import writer
from warehouse.verify import verify

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """How much was checked, and a line for each thing that does not agree."""

    captures: int
    metrics: int
    problems: tuple[str, ...]


def verify_all(layout: Layout, tell: Tell) -> VerificationReport:
    """Check archive, run files and warehouse of a data folder; changes nothing."""
    tell("hashing the archive")
    problems = [
        f"{layout.archive / damage.warc}{_at(damage)}: {damage.reason}" for damage in check(layout.archive)
    ]
    tell("reading every figure again")
    with writer(layout.data) as connection:
        problems += [
            f"{found.kind} {found.subject}: {found.message}" for found in verify(connection, layout.data)
        ]
        counts = connection.execute(
            "select (select count(*) from raw.captures), (select count(*) from core.metrics)"
        )
        captures, metrics = counts.fetchall()[0]
    return VerificationReport(captures, metrics, tuple(problems))


def _at(damage: Damage) -> str:
    return "" if damage.offset is None else f" at {damage.offset}"
