"""Attachments of a run: the files that its pages name, asked for when all documents were.

The pages are read for them, so this also sees the first where the site file's selector fits no longer.

Of a page whose text is new every file is asked for, those held conditionally. Where the bytes alone changed
(a view counter) it is only those that no run asked for yet. Pages that did not change are not read: their
files are held, or owed from an earlier run.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from extract.attachments import Attachment, is_kept, may_name_files
from extract.document import SELECTOR_MISSED, read_document
from extract.kind import file_type
from scrapers.address import Hosts, canonical
from scrapers.answer import Answer
from scrapers.capture import Known, KnownFiles, Level
from scrapers.documents import sent_home
from scrapers.failures import Failures
from scrapers.http import Limits
from scrapers.record import Recorder
from scrapers.visit import Visitor

PER_PAGE_MAX = 100
FILE_BYTES_MAX = 32 * 1024 * 1024
_TIMES_LONGER = 3  # than a page, a file may take to come
_EXAMPLES = 20


def file_limits(limits: Limits) -> Limits:
    """Return the limits of a file where `limits` are those of a page: larger, and longer on its way."""
    return replace(limits, body_bytes=FILE_BYTES_MAX, total_s=limits.total_s * _TIMES_LONGER)


def no_file(answer: Answer) -> str | None:
    """Return why an answer with 200 is no file but a page (a login, an error told in words), or None."""
    if sent_home(answer):
        return "leads to a home page"
    if answer.outcome != "ok" or answer.payload is None or file_type(answer.payload, answer.content_type):
        return None
    declared = (answer.content_type or "").lower()
    is_page = "html" in declared or (not declared and answer.payload.lstrip()[:1] == b"<")
    return "answers with a page where a file should be" if is_page else None


class Attachments:
    """Collects the files that the pages of a run name, then fetches each once and records what came."""

    def __init__(
        self,
        visitor: Visitor,
        recorder: Recorder,
        hosts: Hosts,
        known: KnownFiles,
        progress: Callable[[str], None],
        *,
        limits: Limits,
        body_selector: str | None = None,
    ) -> None:
        """`limits` are those of a file; `body_selector` is that of the site file, to read pages by."""
        self._visitor = visitor
        self._recorder = recorder
        self._hosts = hosts
        self._known = known
        self._progress = progress
        self._limits = limits
        self._body_selector = body_selector
        self._wanted: dict[str, list[str]] = {}
        self._elsewhere: dict[str, str] = {}
        self._failures = Failures(recorder, "attachment", stopped="warning")
        self._selected = 0
        self._missed: list[str] = []

    def named_by(self, answer: Answer, known: Known | None) -> None:
        """Take note of the files of a document whose payload is new; `known` is the one before it."""
        if answer.payload is None or file_type(answer.payload, answer.content_type):
            return
        if self._body_selector is None and not may_name_files(answer.payload):
            return
        try:
            page = read_document(
                answer.payload,
                url=answer.final_url,
                content_type=answer.content_type,
                body_selector=self._body_selector,
            )
        except Exception as error:  # the bytes are archived; a bug in reading them must not end the crawl
            message = (
                f"its attachments are not known; a bug, please report it: {type(error).__name__}: {error}"
            )
            self._recorder.issue("warning", "attachments_unread", answer.url, message)
            return
        if page.kind == "article":
            missed = any(warning.startswith(SELECTOR_MISSED) for warning in page.warnings)
            self._missed += [answer.url] if missed else []
            self._selected += not missed
        files = [file for file in page.attachments if is_kept(file)]
        if len(files) > PER_PAGE_MAX:
            message = (
                f"names {len(files)} files; a run asks for {PER_PAGE_MAX} of a page, the next for others"
            )
            self._recorder.issue("warning", "attachments_many", answer.url, message)
        same_text = known is not None and known.text_digest == page.text_digest
        for file in files[:PER_PAGE_MAX]:
            if same_text and file.url in self._known.asked:
                continue
            refusal = self._add(file)
            if refusal is not None and not same_text:
                self._elsewhere[file.url] = refusal

    def owed(self) -> None:
        """Take note of what earlier runs owe. What may not be asked for was told by the run that saw it."""
        for file in self._known.owed:
            self._add(file)

    def _add(self, file: Attachment) -> str | None:
        """Want a file, once under all spellings of its address; return why it may not be asked for."""
        target = canonical(file.url)
        if target is None:
            return "is no address that can be asked for"
        target = self._hosts.own_scheme(target)
        if (refusal := self._hosts.refusal(target)) is not None:
            return refusal
        spellings = self._wanted.setdefault(target, [])
        if file.url not in spellings:
            spellings.append(file.url)
        return None

    async def fetch(self, documents: Collection[str]) -> None:
        """Fetch what is wanted and is none of the addresses in `documents`, which are asked for anyway.

        Hosts that must be left alone are skipped. At last, also when cancelled, tell what failed.
        """
        wanted = [(target, urls) for target, urls in self._wanted.items() if target not in documents]
        try:
            for number, (target, urls) in enumerate(wanted, start=1):
                if (why := self._visitor.stopped(target)) is not None:
                    self._failures.skip(urls[0], why)
                    continue
                self._progress(f"attachment {number} of {len(wanted)}: {urls[0]}")
                await self._one(target, urls)
        finally:
            self._failures.tell()
            self._tell_elsewhere()
            self._tell_missed()

    async def _one(self, target: str, urls: list[str]) -> None:
        known = next((self._known.held[url] for url in urls if url in self._known.held), None)
        answer = await self._visitor.get(target, known, limits=self._limits)
        if (reason := no_file(answer)) is not None:
            answer = replace(answer, outcome="unsupported", reason=reason)
        answer = replace(answer, url=urls[0])
        capture = self._recorder.capture(answer, "attachment", known)
        for url in urls[1:]:
            self._recorder.alias(capture, url)
        if answer.outcome not in ("ok", "unchanged"):
            self._failures.add(answer)

    def _tell_elsewhere(self) -> None:
        if self._elsewhere:
            url, refusal = next(iter(self._elsewhere.items()))
            message = f"{refusal}; {len(self._elsewhere)} attachments were not asked for"
            urls = list(self._elsewhere)[:_EXAMPLES]
            self._recorder.issue("warning", "attachment_elsewhere", url, message, {"urls": urls})

    def _tell_missed(self) -> None:
        """Tell that pages lack the element that the site file names: an error where no page has it."""
        if self._missed:
            pages = len(self._missed) + self._selected
            message = (
                f"has no {self._body_selector!r}, the element that the site file names, like "
                f"{len(self._missed)} of {pages} new pages, whose text was found by the general rules; "
                "set `body` under [profile] to what they have now, and run gongkai rebuild"
            )
            level: Level = "warning" if self._selected else "error"
            urls = self._missed[:_EXAMPLES]
            self._recorder.issue(level, "selector_missed", urls[0], message, {"urls": urls})
