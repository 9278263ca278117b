"""Put what a run saw where it lasts: exchanges into the archive first, then a row that points to them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from archive.exchange import Stored
from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from extract.digest import payload_digest
from scrapers.answer import Answer
from scrapers.capture import Capture, Entry, Issue, Known, Level, Outcome, Purpose, RunReport, row
from scrapers.listing import SeenRow


class Recorder:
    """Writes the archive and the run files of one run of one site, and counts documents per outcome."""

    def __init__(self, site: str, archive: ArchiveWriter, run: RunWriter) -> None:
        """Record the run of the site with the key `site`."""
        self._site = site
        self._archive = archive
        self._run = run
        self._counts: Counter[Outcome] = Counter()

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """Documents asked for, per outcome."""
        return dict(self._counts)

    def capture(self, answer: Answer, purpose: Purpose, known: Known | None = None) -> Capture:
        """Archive every exchange of `answer`, then write its capture row and return it.

        The row points to the last exchange. A 304 carries digest and validators of the payload that it
        confirms; a 200 with the payload of `known` is `unchanged` too.
        """
        stored: Stored | None = None
        for exchange in answer.exchanges:
            stored = self._archive.write(exchange)
        outcome, digest = answer.outcome, None
        etag, last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        if outcome == "unchanged" and known is not None:
            digest = known.payload_digest
            etag, last_modified = etag or known.etag, last_modified or known.last_modified
        elif answer.payload is not None and answer.exchanges:
            digest = payload_digest(answer.payload)
            if outcome == "ok" and known is not None and known.payload_digest == digest:
                outcome = "unchanged"
        capture = Capture(
            run_id=self._run.run_id,
            site=self._site,
            url=answer.url,
            final_url=answer.final_url,
            fetched_at=answer.fetched_at,
            outcome=outcome,
            status=answer.status,
            content_type=answer.content_type,
            etag=etag,
            last_modified=last_modified,
            payload_digest=digest,
            wire_digest=stored.wire_digest if stored else None,
            length=stored.length if stored else None,
            warc=stored.warc if stored else None,
            offset=stored.offset if stored else None,
            revisit=stored.revisit if stored else False,
            purpose=purpose,
        )
        self._run.add("captures", row(capture))
        if purpose == "document":
            self._counts[outcome] += 1
        return capture

    def alias(self, capture: Capture, url: str) -> None:
        """Write a capture under another spelling of its address; both rows point to the one record."""
        self._run.add("captures", row(replace(capture, url=url)))

    def entry(self, column: str, seen: SeenRow, fetch_url: str) -> Entry:
        """Write and return the entry of a listing row whose document is asked for at `fetch_url`."""
        entry = Entry(
            run_id=self._run.run_id,
            site=self._site,
            column=column,
            url=seen.row.url,
            fetch_url=fetch_url,
            title=seen.row.title,
            published_on=seen.row.published_on,
            listing_url=seen.listing_url,
            meta=seen.row.meta,
        )
        self.again(entry)
        return entry

    def again(self, entry: Entry) -> None:
        """Write an entry as it is; once more where its document turned out to be at another address."""
        self._run.add("entries", row(entry))

    def issue(
        self, level: Level, code: str, url: str | None, message: str, data: Mapping[str, Any] | None = None
    ) -> None:
        """Write an issue; `message` is a sentence that begins after the address."""
        told = f"{url}: {message}" if url else message
        issue = Issue(self._run.run_id, self._site, level, code, url, told, data or {})
        self._run.add("issues", row(issue))

    def report(
        self,
        started_at: datetime,
        finished_at: datetime,
        *,
        complete: bool,
        expected: int | None,
        entries: int,
    ) -> RunReport:
        """Write and return the report, the last row of a run: a run without one did not end."""
        report = RunReport(
            self._run.run_id,
            self._site,
            started_at,
            finished_at,
            complete,
            expected,
            entries,
            self.counts,
        )
        self._run.sync()
        self._run.add("runs", row(report))
        self._run.sync()
        return report
