"""What a run or a load came to, as JSON, as table rows and as one line."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.language import t

if TYPE_CHECKING:
    from flows.loading import LoadReport
    from flows.run_results import RunResult

_GOOD = ("ok", "unchanged")


def load_json(report: "LoadReport") -> dict[str, Any]:
    """Return a load's report JSON-ready."""
    return {**asdict(report), "published": str(report.published)}


def run_json(result: "RunResult") -> dict[str, Any]:
    """Return a run's result JSON-ready."""
    return {"sites": [asdict(site) for site in result.sites], "loaded": load_json(result.loaded)}


def run_rows(result: "RunResult") -> Iterator[tuple[object, ...]]:
    """Yield a row per site: key, documents listed, complete or not, received, unchanged, failed, run id."""
    for site in result.sites:
        counts = dict(site.report.counts) if site.report else {}
        failed = sum(count for outcome, count in counts.items() if outcome not in _GOOD)
        listed = site.report.entries if site.report else None
        complete = t("yes") if site.report and site.report.complete else t("no")
        yield (
            site.site,
            listed,
            complete,
            counts.get("ok", 0),
            counts.get("unchanged", 0),
            failed,
            site.run_id,
        )


def loaded_line(report: "LoadReport") -> str:
    """Return what a load came to in one line."""
    return t(
        "{documents} documents read, {metrics} figures kept, {refused} refused, {findings} to look at; "
        "published as {published}",
        documents=report.documents,
        metrics=report.metrics,
        refused=len(report.refused),
        findings=len(report.findings),
        published=report.published,
    )


def refusals(report: "LoadReport") -> Iterator[str]:
    """Yield a line for each figure refused and each error that a data check found."""
    yield from report.refused
    yield from (
        f"{finding.check}: {finding.subject}: {finding.message}"
        for finding in report.findings
        if finding.level == "error"
    )
