"""Take saved pages in: each file becomes captures of a run of its own, archived and read like any other."""

import hashlib
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import ArchiveError
from archive.exchange import Exchange, SavedFile
from archive.intake import captures_of
from archive.run_id import new_run_id
from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from flows.layout import Layout
from flows.loading import LoadReport, knowledge, load
from flows.pipeline import Tell, owned
from scrapers.answer import Answer, judged
from scrapers.capture import Known
from scrapers.record import Recorder

SITE = "ingest"
SUFFIXES = frozenset({".html", ".htm", ".shtml", ".txt", ".json", ".pdf", ".warc", ".gz", ".wacz"})
LIMIT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came in: captures archived, a line for each file that could not be taken, and the load."""

    run_id: str
    files: int
    captures: int
    failures: tuple[str, ...]
    loaded: LoadReport


def ingest(layout: Layout, paths: Sequence[Path], tell: Tell) -> IngestReport:
    """Take `paths` (files, or folders of them) in and load them; a bad file is an issue and stops nothing.

    A file that is unchanged since it was last taken in from the same place is left out: it is there.
    """
    with owned(layout):
        earlier = knowledge(layout, SITE)
        run_id = new_run_id(SITE, datetime.now(UTC))
        with ExitStack() as stack:
            run = stack.enter_context(RunWriter(layout.runs, run_id))
            archive = stack.enter_context(ArchiveWriter(layout.archive, run_id, earlier.originals))
            recorder = Recorder(SITE, archive, run)
            started_at = datetime.now(UTC)
            files = captures = 0
            failures: list[str] = []
            for path in _files(paths):
                files += 1
                tell(str(path))
                try:
                    captures += _take(path, recorder, earlier.known)
                except (ArchiveError, OSError) as error:
                    reason = (
                        f"{path}: {error.strerror or error}" if isinstance(error, OSError) else str(error)
                    )
                    recorder.issue("error", "unreadable_file", None, reason)
                    failures.append(reason)
            recorder.report(started_at, datetime.now(UTC), complete=not failures, expected=None, entries=0)
        return IngestReport(run_id, files, captures, tuple(failures), load(layout, tell))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
        else:
            yield path


def _take(path: Path, recorder: Recorder, known: Mapping[str, Known]) -> int:
    """Record what `path` holds and return how many captures that were."""
    taken = 0
    for item in captures_of(path) if _is_archive(path) else [_saved(path)]:
        answer = _answer(item)
        earlier = known.get(answer.url)
        if isinstance(item, SavedFile) and earlier and earlier.payload_digest == _digest(item.body):
            continue
        recorder.capture(answer, "document", earlier)
        taken += 1
    return taken


def _is_archive(path: Path) -> bool:
    return path.name.endswith((".warc", ".warc.gz", ".wacz"))


def _saved(path: Path) -> SavedFile:
    content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return SavedFile(path.resolve().as_uri(), content_type, path.read_bytes(), datetime.now(UTC))


def _answer(item: Exchange | SavedFile) -> Answer:
    """Return the answer that a capture amounts to: what a server said is judged as in a crawl."""
    if isinstance(item, Exchange):
        return judged(
            item.url, [item], failure=None, conditional=False, deferred=False, limit_bytes=LIMIT_BYTES
        )
    headers = {"content-type": item.content_type}
    return Answer(item.url, item.url, item.saved_at, "ok", None, None, headers, item.body, (item,))


def _digest(payload: bytes) -> str:
    return "sha256:" + hashlib.sha256(payload).hexdigest()
