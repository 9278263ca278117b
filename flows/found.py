"""What the data checks found in the published copy, kept beside it: `status` tells it without a database."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from archive.durable import blamed
from flows.layout import Layout

if TYPE_CHECKING:
    from warehouse.checks import Finding

SHOWN = 3  # findings of a check, of hundreds that may be alike


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found: how many, and the first of them as sentences that name what they are about."""

    check: str
    level: str
    count: int
    first: tuple[str, ...]


def write_found(layout: Layout, published: Path, findings: Sequence["Finding"]) -> None:
    """Keep what the checks found in the copy `published`, by its name; findings come check by check.

    Raises ArchiveError where the disk does not take it.
    """
    path = layout.found
    kept = {"copy": published.name, "found": [asdict(found) for found in _by_check(findings)]}
    unfinished = path.with_suffix(".tmp")
    with blamed(path):
        unfinished.write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
        unfinished.replace(path)


def read_found(layout: Layout) -> tuple[Found, ...] | None:
    """Return what the checks found in the copy that readers open now; None where nobody kept that."""
    try:
        current = (layout.published / "current").read_text(encoding="utf-8").strip()
        kept = json.loads(layout.found.read_text(encoding="utf-8"))
        if kept["copy"] != current:
            return None
        return tuple(
            Found(str(one["check"]), str(one["level"]), int(one["count"]), tuple(map(str, one["first"])))
            for one in kept["found"]
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _by_check(findings: Sequence["Finding"]) -> Iterator[Found]:
    for (check, level), group in groupby(findings, key=lambda finding: (finding.check, finding.level)):
        told = [f"{finding.subject}: {finding.message}" for finding in group]
        yield Found(check, level, len(told), tuple(told[:SHOWN]))
