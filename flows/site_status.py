"""Freshness and gaps of each site from run files and site files: no database, so it answers at once."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from archive.lock import Holder, holder
from archive.run_id import CLOCK_ERROR, site_of, started_at
from archive.runs import read_rows
from flows.due import last_due
from flows.language import t
from flows.layout import Layout

State = Literal["ok", "never", "running", "lost", "failed", "incomplete", "late", "stale"]
SCHEDULE = "17 5 * * *"  # the default of scrapers.site, which takes long to import
GRACE = timedelta(hours=24)  # sites wait for one another, and a first crawl takes hours
_CHINA = timedelta(hours=8)
_GOOD = ("ok", "unchanged")


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """What a person or a monitor must know of one site; times are UTC.

    `since` is when it became `state` (of a late site when it was due), `reason` a sentence for a person.
    """

    site: str
    name: str
    state: State
    last_run: str | None
    last_success: datetime | None
    entries: int
    documents_ok: int
    newest_document: date | None
    errors: int
    since: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """What the files of a run tell."""

    folder: Path
    begun: datetime
    report: dict[str, Any] | None
    errors: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether it read the listings to their end and nothing needs a person."""
        return self.report is not None and bool(self.report["complete"]) and not self.errors

    @property
    def ended(self) -> datetime:
        """When it ended; when it began, for a run that did not end."""
        finished = self.report["finished_at"] if self.report else None
        return datetime.fromisoformat(finished).astimezone(UTC) if finished else self.begun


@dataclass(frozen=True, slots=True)
class _Now:
    """The time, and who holds the data folder and the schedule."""

    time: datetime
    owner: Holder | None
    scheduler: Holder | None

    def runs(self, run: _Run) -> bool:
        """Tell whether `run` is going on: it has not ended and began after its live holder did."""
        if run.report is not None or self.owner is None or not self.owner.alive:
            return False
        return run.begun >= datetime.fromisoformat(self.owner.since)


def site_status(layout: Layout, sites_path: Path, now: datetime) -> list[SiteStatus]:
    """Return the status of every site that has a site file or a run, by key."""
    declared = dict(_declared(sites_path))
    folders: dict[str, list[Path]] = {}
    for folder in layout.run_folders():
        folders.setdefault(site_of(folder.name), []).append(folder)
    moment = _Now(now, holder(layout.lock), holder(layout.schedule_lock))
    return [
        _status(key, declared.get(key), folders.get(key, []), moment) for key in sorted({*declared, *folders})
    ]


def _declared(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read what status needs of the site files; broken ones are the business of `doctor`."""
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        try:
            site = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        yield str(site.get("key", file.stem)), site


def _status(key: str, site: dict[str, Any] | None, folders: Sequence[Path], now: _Now) -> SiteStatus:
    due = last_due(str(site.get("schedule", SCHEDULE)), now.time - GRACE) if site is not None else None
    name = str(site.get("name", key)) if site is not None else None
    sane = [folder for folder in folders if started_at(folder.name) <= now.time + CLOCK_ERROR]
    recent = _back_to_a_good_one(sane or folders)
    if not recent:
        state, since, reason = _never_crawled(due, now)
        return SiteStatus(key, name or key, state, None, None, 0, 0, None, 0, since, reason)
    last, success = recent[0], next((run for run in recent if run.good), None)
    entries = list(read_rows(last.folder, "entries"))
    newest = max((row["published_on"] for row in entries if row["published_on"]), default=None)
    newest_document = date.fromisoformat(newest) if newest else None
    captures = (row for row in read_rows(last.folder, "captures") if row["purpose"] == "document")
    bad_since = next((run.begun for run in reversed(recent) if not run.good), None)
    state, since, reason = (
        _ended_badly(last, bad_since, now)
        or _overdue(success, due, now)
        or _outdated(site or {}, newest_document, now)
        or ("ok", None, "")
    )
    return SiteStatus(
        site=key,
        name=name or _name(last.folder) or key,
        state=state,
        last_run=last.folder.name,
        last_success=success.ended if success else None,
        entries=last.report["entries"] if last.report else len({row["url"] for row in entries}),
        documents_ok=sum(row["outcome"] in _GOOD for row in captures),
        newest_document=newest_document,
        errors=len(last.errors),
        since=since,
        reason=reason,
    )


def _back_to_a_good_one(folders: Sequence[Path]) -> list[_Run]:
    """Read the last runs, the newest first, back to one that was good."""
    recent: list[_Run] = []
    for folder in reversed(folders):
        recent.append(_read(folder))
        if recent[-1].good:
            break
    return recent


def _read(folder: Path) -> _Run:
    issues = [row["message"] for row in read_rows(folder, "issues") if row["level"] == "error"]
    judged = [error for row in read_rows(folder, "verdicts") for error in row["errors"]]
    report = next(read_rows(folder, "runs"), None)
    return _Run(folder, started_at(folder.name), report, tuple(dict.fromkeys((*issues, *judged))))


def _name(folder: Path) -> str | None:
    """Return the site's name as the run knew it: the site file may lie elsewhere now."""
    return next((str(row["name"]) for row in read_rows(folder, "sites")), None)


_Told = tuple[State, datetime | None, str]


def _never_crawled(due: datetime | None, now: _Now) -> _Told:
    """Judge a site without a run: it is late where a schedule has served it for longer than it may wait."""
    served = now.scheduler and now.scheduler.alive and datetime.fromisoformat(now.scheduler.since)
    if due and served and served < due:
        return "late", due, t("was due and has never been crawled")
    return "never", None, ""


def _ended_badly(last: _Run, since: datetime | None, now: _Now) -> _Told | None:
    if now.runs(last):
        going = now.time - last.begun < 2 * GRACE
        return ("running", last.begun, "") if going else ("late", last.begun, t("the run has not ended yet"))
    if last.report is None:
        return (
            "lost",
            since,
            last.errors[0] if last.errors else t("the run was killed or stopped before its end"),
        )
    if last.errors:
        return "failed", since, last.errors[0]
    if not last.report["complete"]:
        return "incomplete", since, t("a listing was not read to its end")
    return None


def _overdue(success: _Run | None, due: datetime | None, now: _Now) -> _Told | None:
    if due is None or (success is not None and success.ended >= due):
        return None
    if now.scheduler and now.scheduler.alive:
        return "late", due, t("no run began since it was due, though the schedule is served")
    return "late", due, t("no run began since it was due; neither `gongkai schedule` nor cron ran it")


def _outdated(site: dict[str, Any], newest: date | None, now: _Now) -> _Told | None:
    max_age_days = site.get("expect", {}).get("max_age_days")
    if not newest or not max_age_days or ((now.time + _CHINA).date() - newest).days <= max_age_days:
        return None
    return (
        "stale",
        None,
        t("nothing newer than {date}; one in {days} days is expected", date=newest, days=max_age_days),
    )
