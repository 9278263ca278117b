"""Freshness and gaps of each site from run files and site files: no database, so it answers at once."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from archive.lock import holder
from archive.run_id import site_of
from archive.runs import read_rows
from flows.layout import Layout

State = Literal["ok", "never", "running", "lost", "failed", "incomplete", "late", "stale"]
_LATE_AFTER = timedelta(hours=48)
_CHINA = timedelta(hours=8)
_GOOD = ("ok", "unchanged")


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """What a person or a monitor must know of one site; times are UTC."""

    site: str
    name: str
    state: State
    last_run: str | None
    last_success: datetime | None
    entries: int
    documents_ok: int
    newest_document: date | None
    errors: int


def site_status(layout: Layout, sites_path: Path, now: datetime) -> list[SiteStatus]:
    """Return the status of every site that has a site file or a run, by key."""
    declared = dict(_declared(sites_path))
    runs: dict[str, list[Path]] = {}
    for folder in layout.run_folders():
        runs.setdefault(site_of(folder.name), []).append(folder)
    busy = holder(layout.lock) is not None
    return [
        _status(key, declared.get(key, {}), runs.get(key, []), now, busy=busy)
        for key in sorted({*declared, *runs})
    ]


def _declared(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read what status needs of the site files; broken ones are the business of `doctor`."""
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        try:
            site = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        yield str(site.get("key", file.stem)), site


def _status(key: str, site: dict[str, Any], runs: Sequence[Path], now: datetime, *, busy: bool) -> SiteStatus:
    if not runs:
        return SiteStatus(key, str(site.get("name", key)), "never", None, None, 0, 0, None, 0)
    last = runs[-1]
    report = _report(last)
    success = next(
        (_time(done) for run in reversed(runs) if (done := _report(run)) and done["complete"]), None
    )
    entries = list(read_rows(last, "entries"))
    newest = max((row["published_on"] for row in entries if row["published_on"]), default=None)
    newest_document = date.fromisoformat(newest) if newest else None
    errors = sum(row["level"] == "error" for row in read_rows(last, "issues"))
    captures = (row for row in read_rows(last, "captures") if row["purpose"] == "document")
    return SiteStatus(
        site=key,
        name=str(site.get("name") or _name(last) or key),
        state="running"
        if report is None and busy
        else _state(site, report, errors, success, newest_document, now),
        last_run=last.name,
        last_success=success,
        entries=report["entries"] if report else len({row["url"] for row in entries}),
        documents_ok=sum(row["outcome"] in _GOOD for row in captures),
        newest_document=newest_document,
        errors=errors,
    )


def _name(run: Path) -> str | None:
    """Return the site's name as the run knew it: the site file may lie elsewhere now."""
    return next((str(row["name"]) for row in read_rows(run, "sites")), None)


def _report(run: Path) -> dict[str, Any] | None:
    return next(read_rows(run, "runs"), None)


def _time(report: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(report["finished_at"]).astimezone(UTC)


def _state(
    site: dict[str, Any],
    report: dict[str, Any] | None,
    errors: int,
    success: datetime | None,
    newest: date | None,
    now: datetime,
) -> State:
    if report is None:
        return "lost"
    if errors:
        return "failed"
    if not report["complete"]:
        return "incomplete"
    if site and (success is None or now - success > _LATE_AFTER):
        return "late"
    max_age_days = site.get("expect", {}).get("max_age_days")
    if newest and max_age_days and ((now + _CHINA).date() - newest).days > max_age_days:
        return "stale"
    return "ok"
