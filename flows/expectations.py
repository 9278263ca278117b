"""What a site file expects of a run, held against what was read: zero is loud (DESIGN, rule 6)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.questions import HELD_OF_LISTED, ask
from flows.run_results import SiteResult
from scrapers.site import Site


def held_against(
    database: Path, sites: Sequence[Site], results: Sequence[SiteResult]
) -> tuple[SiteResult, ...]:
    """Return `results` with an error for each site of whose listed documents too few are held as text.

    `database` is the published copy after the runs were read. A site whose listing is incomplete is left
    as it is: its run says so already.
    """
    floors = {site.key: site.expect.body_coverage_min for site in sites}
    return tuple(_judged(database, result, floors[result.site]) for result in results)


def _judged(database: Path, result: SiteResult, floor: float) -> SiteResult:
    if result.report is None or not result.report.complete:
        return result
    ((held, listed),) = ask(database, HELD_OF_LISTED, run=result.run_id).rows
    if held >= floor * listed:
        return result
    error = f"{held} of {listed} listed documents are held as text; the site file expects {floor:.0%} of them"
    return replace(result, errors=(*result.errors, error))
