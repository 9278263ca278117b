"""Documents of a run: which to ask for, in which order, and what to do where the platform's JSON is not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from scrapers.answer import Answer
from scrapers.capture import Earlier, Entry, History, Known, Outcome
from scrapers.failures import Failures
from scrapers.platforms.protocol import Platform
from scrapers.record import Recorder
from scrapers.revisit import due
from scrapers.visit import Visitor

_MOST_MISSES = 3
_HOME = frozenset({"", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp"})
_FAILURES: frozenset[Outcome] = frozenset(
    {"blocked", "server_error", "network_error", "too_large", "unsupported", "disallowed"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to ask for; `entry` is None where no listing of this run names it."""

    fetch_url: str
    entry: Entry | None
    known: Known | None


def plan(
    entries: Iterable[Entry],
    earlier: Earlier,
    *,
    now: datetime,
    complete: bool = True,
    since: date | None = None,
    everything: bool = False,
) -> tuple[Wanted, ...]:
    """Return the documents to ask for, each once: new ones, then those held, then those no longer listed.

    Of those held it is those that are due (`revisit`), or `everything`. Entries listed with a date before
    `since` are left out; those without a date are not. `complete` tells that the listings were read whole:
    only then does it mean something that they do not name a document.
    """
    known, listed = earlier.known, earlier.listed
    named: dict[str, Wanted] = {}
    left_out: set[str] = set()
    for entry in entries:
        if since is not None and entry.published_on is not None and entry.published_on < since:
            left_out |= {entry.fetch_url, entry.url}
        else:
            named.setdefault(entry.fetch_url, Wanted(entry.fetch_url, entry, known.get(entry.fetch_url)))
    seen = left_out.union(named, (wanted.entry.url for wanted in named.values() if wanted.entry))
    unfetched = [Wanted(url, None, None) for url in listed if url not in seen and url not in known]
    unlisted = [Wanted(url, None, what) for url, what in known.items() if url not in seen]
    new = [wanted for wanted in named.values() if wanted.known is None]
    held = [wanted for wanted in named.values() if wanted.known is not None]
    if everything:
        return (*new, *unfetched, *held, *unlisted)
    doubtful = {wanted.fetch_url for wanted in held if _tells_otherwise(wanted, earlier.histories)}
    if complete:
        doubtful |= {wanted.fetch_url for wanted in unlisted if _went_missing(wanted, earlier.histories)}
    again = due(
        {wanted.fetch_url: wanted.known for wanted in (*held, *unlisted) if wanted.known},
        earlier.histories,
        doubtful,
        now,
    )
    return (*new, *unfetched, *(wanted for wanted in (*held, *unlisted) if wanted.fetch_url in again))


def _tells_otherwise(wanted: Wanted, histories: Mapping[str, History]) -> bool:
    """Tell whether the listing now names a document by another title or date than it did."""
    history = histories.get(wanted.fetch_url)
    if wanted.entry is None or history is None or history.row is None:
        return False
    return history.row != (wanted.entry.title, wanted.entry.published_on)


def _went_missing(wanted: Wanted, histories: Mapping[str, History]) -> bool:
    """Tell whether listings named a document until now, so that nobody asked since it went missing."""
    history = histories.get(wanted.fetch_url)
    return history is not None and history.listed_since


def sent_home(answer: Answer) -> bool:
    """Tell whether a document's address led to a home page: neither the document nor its taking down."""
    asked, final = urlsplit(answer.url).path, urlsplit(answer.final_url).path
    return answer.outcome == "ok" and final in _HOME and asked not in _HOME


class Documents:
    """Fetches planned documents one after the other and records what came of each."""

    def __init__(
        self,
        platform: Platform,
        visitor: Visitor,
        recorder: Recorder,
        known: Mapping[str, Known],
        progress: Callable[[str], None],
        *,
        on_new: Callable[[Answer, Known | None], None],
    ) -> None:
        """`on_new` gets each answer with a payload that was not known, and what was known instead."""
        self._platform = platform
        self._visitor = visitor
        self._recorder = recorder
        self._known = known
        self._progress = progress
        self._on_new = on_new
        self._misses = 0
        self._failures = Failures(recorder, "document")

    async def fetch(self, planned: Sequence[Wanted]) -> None:
        """Fetch `planned`; hosts that must be left alone are skipped. At last, also when cancelled, tell
        what failed.
        """
        try:
            for number, wanted in enumerate(planned, start=1):
                if (why := self._visitor.stopped(wanted.fetch_url)) is not None:
                    self._failures.skip(wanted.fetch_url, why)
                    continue
                self._progress(f"document {number} of {len(planned)}: {wanted.fetch_url}")
                await self._one(wanted)
        finally:
            self._failures.tell()

    async def _one(self, wanted: Wanted) -> None:
        entry = wanted.entry
        if entry is None or entry.fetch_url == entry.url:
            self._note(await self._get(wanted.fetch_url))
        elif wanted.known is None and self._misses >= _MOST_MISSES:
            await self._public(entry)
        else:
            answer = await self._get(wanted.fetch_url)
            if self._answers(answer):
                self._misses = 0
                self._note(answer)
            else:
                self._misses += 1
                await self._public(entry)

    def _answers(self, answer: Answer) -> bool:
        """Tell whether an answer settles a document whose text has an address of its own.

        A network error or a challenge is the host's trouble: asking for another page does not help.
        """
        if answer.outcome == "ok":
            return answer.payload is not None and self._platform.holds_document(answer.url, answer.payload)
        return answer.outcome in ("unchanged", "network_error") or answer.challenged or answer.deferred

    async def _public(self, entry: Entry) -> None:
        answer = await self._get(entry.url)
        if answer.outcome in ("ok", "unchanged"):
            self._recorder.again(replace(entry, fetch_url=entry.url))
        self._note(answer)

    async def _get(self, url: str) -> Answer:
        known = self._known.get(url)
        answer = await self._visitor.get(url, known)
        if sent_home(answer):
            answer = replace(answer, outcome="unsupported", reason="leads to a home page")
        if self._recorder.capture(answer, "document", known).outcome == "ok":
            self._on_new(answer, known)
        return answer

    def _note(self, answer: Answer) -> None:
        if answer.outcome in _FAILURES:
            self._failures.add(answer)
