"""The digest of a run: what changed, vanished, came back or failed, and nothing where nothing did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.language import t
from flows.questions import CHANGED, GONE, RETURNED, ask
from flows.run_results import SiteResult

LINES_MAX = 20  # of each kind: a digest is read on a telephone

Rows = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The news of a run: rows of figures, of documents taken down and back, and the sites that failed."""

    changed: Rows = ()
    gone: Rows = ()
    returned: Rows = ()
    failed: tuple[SiteResult, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not (self.changed or self.gone or self.returned or self.failed)

    @property
    def title(self) -> str:
        """One line with the counts that are not zero."""
        counts = (
            (t("{count} figures changed", count=len(self.changed)), self.changed),
            (t("{count} documents taken down", count=len(self.gone)), self.gone),
            (t("{count} documents back", count=len(self.returned)), self.returned),
            (t("{count} sites failed", count=len(self.failed)), self.failed),
        )
        return "gongkai: " + t(", ").join(text for text, rows in counts if rows)

    @property
    def body(self) -> str:
        """The news, at most 20 lines of each kind."""
        parts = (
            (t("Figures that changed"), [_changed(row) for row in self.changed]),
            (t("Documents that vanished"), [_placed(row) for row in self.gone]),
            (t("Documents that came back"), [_placed(row) for row in self.returned]),
            (t("Sites that failed"), [f"{site.site}: {site.errors[0]}" for site in self.failed]),
        )
        return "\n\n".join("\n".join((heading, *_shortened(lines))) for heading, lines in parts if lines)


def digest(before: Path | None, after: Path, started_at: datetime, failed: Sequence[SiteResult]) -> Digest:
    """Return what the published copy `after` knows that `before` did not, since `started_at` (UTC).

    Figures count by when they were captured: better rules also read old versions anew, which is no news.
    """
    since = started_at.replace(tzinfo=None)
    changed = tuple(row for row in _rows(after, CHANGED) if row["captured_at"] >= since)
    gone = _unknown(_rows(after, GONE), _rows(before, GONE), "url")
    returned = tuple(row for row in _rows(after, RETURNED) if row["returned_at"] >= since)
    return Digest(changed, gone, returned, tuple(failed))


def _rows(database: Path | None, question: str) -> Rows:
    return tuple(ask(database, question).objects()) if database is not None else ()


def _unknown(rows: Rows, known: Rows, key: str) -> Rows:
    names = {row[key] for row in known}
    return tuple(row for row in rows if row[key] not in names)


def _changed(row: dict[str, Any]) -> str:
    old, new = row["old_written"] or t("none"), row["new_written"] or t("none")
    return f"{row['title']}: {row['indicator']} ({row['period_end']}): {old} → {new}  {row['url']}"


def _placed(row: dict[str, Any]) -> str:
    return f"{row['title']}  {row['url']}"


def _shortened(lines: list[str]) -> Iterator[str]:
    yield from lines[:LINES_MAX]
    if len(lines) > LINES_MAX:
        yield t("and {count} more", count=len(lines) - LINES_MAX)
