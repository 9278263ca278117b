"""What a platform is: a pure reader of listings. It says what to ask and reads what came; it never asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from scrapers.address import Hosts
from scrapers.site import Column, Site


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """A listing address to ask for.

    `step` is the platform's own word for what is expected there, `page` counts from 1. Where no
    readable listing comes back, or a later page brings nothing new, `instead` is asked for; with nothing
    there, the listing is incomplete, unless the request was `optional`: a better source of rows that earlier
    pages have shown already.
    """

    url: str
    step: str
    page: int = 1
    instead: tuple["ListingRequest", ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a listing: an entry without the run that saw it.

    `unread_day` is what stands in the place of its date, where that is no date.
    """

    url: str
    fetch_url: str
    title: str
    published_on: date | None
    meta: Mapping[str, Any] = field(default_factory=dict)
    unread_day: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something wrong in a listing that could still be read; becomes a warning."""

    code: str
    message: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One listing answer, read.

    `total` is the number of rows that the site says the whole listing has. `dropped` names the rows
    that were there and could not be used, by address or else by what they hold (`notes` say why). `cut`: the
    reason why more rows exist than can be listed.
    """

    rows: tuple[Row, ...]
    following: tuple[ListingRequest, ...] = ()
    total: int | None = None
    dropped: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    cut: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A listing answer as a platform gets it: content-decoded bytes and what the server called them."""

    url: str
    payload: bytes
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The column that is read, its site, and the hosts that its rows may point to."""

    site: Site
    column: Column
    hosts: Hosts


class Platform(Protocol):
    """One content management system."""

    @property
    def name(self) -> str:
        """The name that site files use."""

    def first(self, listed: Listed) -> ListingRequest:
        """Return where the listing of a column begins."""

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read one answer; raise UnreadableError with the reason where it is no listing of this platform."""

    def holds_document(self, fetch_url: str, payload: bytes, /) -> bool:
        """Tell whether `payload` is what `fetch_url` promises; else the public address is asked."""
