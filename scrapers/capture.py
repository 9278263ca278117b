"""What a run records: rows seen in listings, HTTP exchanges, issues, and the report of the run."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from extract.attachments import Attachment

Outcome = Literal[
    "ok",
    "unchanged",
    "not_found",
    "gone",
    "blocked",
    "server_error",
    "network_error",
    "too_large",
    "unsupported",
    "disallowed",
]
Purpose = Literal["document", "listing", "robots", "attachment"]
Level = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row seen in a listing. `url` is public; the answer of `fetch_url` holds the document."""

    run_id: str
    site: str
    column: str
    url: str
    fetch_url: str
    title: str
    published_on: date | None
    listing_url: str
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Capture:
    """One address asked for, and what came of it.

    `url` is the address asked for (that of an attachment as its page writes it), `final_url` where redirects
    ended. `payload_digest` is over the content-decoded body, `wire_digest` over the bytes as they came,
    `length` counts payload bytes. `warc` and `offset` (bytes) name the archived record; both are None where
    no answer came.
    """

    run_id: str
    site: str
    url: str
    final_url: str
    fetched_at: datetime
    outcome: Outcome
    status: int | None
    content_type: str | None
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    wire_digest: str | None
    length: int | None
    warc: str | None
    offset: int | None
    revisit: bool
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person must act on (`error`) or should know (`warning`)."""

    run_id: str
    site: str
    level: Level
    code: str
    url: str | None
    message: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunReport:
    """The end of a run. `complete`: every listing was read to its end; `counts`: documents per outcome."""

    run_id: str
    site: str
    started_at: datetime
    finished_at: datetime
    complete: bool
    expected: int | None
    entries: int
    counts: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs know of an address: the validators and digest of its last full answer.

    `fetched_at` is the time of its last good capture, be it a 304; `full_at` that of its last full answer
    (200), None where only `fetched_at` is known. `text_digest` is over the text that was read in the
    payload, None where none was.
    """

    url: str
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    fetched_at: datetime
    full_at: datetime | None = None
    text_digest: str | None = None


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """What earlier runs know of the attachments of a site, by the addresses that its pages give.

    `held` are those of which a file came, `asked` all that were asked for; `owed` are those that pages name,
    that are not held, and whose turn it is.
    """

    held: Mapping[str, Known] = field(default_factory=dict)
    asked: Collection[str] = frozenset()
    owed: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """A robots.txt as an earlier run got it at `fetched_at`."""

    payload: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """How an address of a document held answered so far; times are UTC.

    It stands `since` it was published, or first fetched where that is not known. `asked_at` and `outcome`
    are of the last answer, `refusals` how many 404 and 410 came last in a row, `changes` how many versions
    followed the first. `row` is what the last listing that named it said (title, date), `listed_since` that
    a listing named it when it was asked last, or later.
    """

    since: datetime
    asked_at: datetime
    outcome: Outcome
    refusals: int = 0
    changes: int = 0
    row: tuple[str | None, date | None] | None = None
    listed_since: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs know of a site, all that a crawl may know: the database is closed while it runs.

    `known` maps fetch addresses of documents held, `histories` how they answered; `listed` are fetch
    addresses that listings named and of which no document is held. `robots` are the last copies by address.
    """

    known: Mapping[str, Known] = field(default_factory=dict)
    histories: Mapping[str, History] = field(default_factory=dict)
    listed: Collection[str] = ()
    files: KnownFiles = field(default_factory=KnownFiles)
    robots: Mapping[str, KeptRobots] = field(default_factory=dict)


def row(record: Entry | Capture | Issue | RunReport) -> dict[str, Any]:
    """Return the fields of `record` by name, for `RunWriter.add`, which writes times and dates."""
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
