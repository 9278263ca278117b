"""What a site file expects of a run, held against what came: zero is loud (DESIGN, rule 6)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from archive.errors import ArchiveError
from archive.runs import RunWriter
from flows.questions import HELD_OF_LISTED, ask
from flows.run_results import SiteResult
from scrapers.capture import Outcome
from scrapers.site import Site

_GOOD: tuple[Outcome, ...] = ("ok", "unchanged")
_FAILED: tuple[Outcome, ...] = ("blocked", "server_error", "network_error")


def held_against(
    database: Path, sites: Sequence[Site], results: Sequence[SiteResult], *, whole: bool
) -> tuple[SiteResult, ...]:
    """Return `results` with the errors of each site that gave less than its file expects.

    `database` is the published copy after the runs were read. What is held of the listing is judged only
    where it was asked for as a `whole` and read to its end: else the run says so already.
    """
    floors = {site.key: site.expect.body_coverage_min for site in sites}
    return tuple(
        replace(
            result,
            errors=(
                *result.errors,
                *_asked_in_vain(result, floors[result.site]),
                *(_too_little_held(database, result, floors[result.site]) if whole else ()),
            ),
        )
        for result in results
    )


def _asked_in_vain(result: SiteResult, floor: float) -> Iterator[str]:
    """Judge the documents that this run asked for: one that failed may be a slip, a share is not."""
    if result.report is None:
        return
    counts = result.report.counts
    asked = sum(counts.values())
    good = sum(counts.get(outcome, 0) for outcome in _GOOD)
    failed = sum(counts.get(outcome, 0) for outcome in _FAILED)
    if asked and not good:
        yield f"none of the {asked} documents asked for came"
    elif failed > 1 and asked - failed < floor * asked:
        yield f"{failed} of {asked} documents asked for failed; the site file expects {floor:.0%} to come"


def _too_little_held(database: Path, result: SiteResult, floor: float) -> Iterator[str]:
    if result.report is None or not result.report.complete:
        return
    ((held, listed),) = ask(database, HELD_OF_LISTED, run=result.run_id).rows
    if held < floor * listed:
        yield f"{held} of {listed} listed documents are held as text; the site file expects {floor:.0%}"


def write_verdicts(runs: Path, results: Sequence[SiteResult]) -> tuple[SiteResult, ...]:
    """Write each run's errors beside its files in `runs`: `status` tells them without a database.

    Return `results`, with an error more where the disk takes no verdict.
    """
    return tuple(_written(runs, result) for result in results)


def _written(runs: Path, result: SiteResult) -> SiteResult:
    if result.run_id is None:
        return result
    try:
        with RunWriter(runs, result.run_id) as run:
            run.add("verdicts", {"run_id": result.run_id, "errors": list(result.errors)})
    except ArchiveError as error:
        return replace(result, errors=(*result.errors, str(error)))
    return result
