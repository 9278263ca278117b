"""What a user may ask of a crawl, and what it came to."""

from dataclasses import dataclass
from datetime import date

from flows.loading import LoadReport
from scrapers.capture import RunReport


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a user may ask of a crawl: at most `limit` documents a site, none listed as older than `since`.

    With `everything` all documents held are asked for again, and not only those that are due. `at_once` sites
    are crawled side by side.
    """

    limit: int | None = None
    since: date | None = None
    contact: str | None = None
    everything: bool = False
    at_once: int = 4


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What one site's run came to; `errors` are the messages of its error issues, and make the run red."""

    site: str
    run_id: str | None
    report: RunReport | None
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a crawl of some sites came to."""

    sites: tuple[SiteResult, ...]
    loaded: LoadReport

    @property
    def failed(self) -> tuple[SiteResult, ...]:
        """The sites that need a person."""
        return tuple(result for result in self.sites if result.errors)
