"""Take saved pages in: each file becomes captures of a run of its own, archived and read like any other."""

import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from archive.errors import ArchiveError
from archive.exchange import Exchange, SavedFile
from archive.exported import WACZ, is_export
from archive.intake import captures_of
from archive.run_id import moment_after, new_run_id
from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from extract.digest import payload_digest
from flows.importing import Importer
from flows.knowledge import knowledge
from flows.layout import Layout
from flows.loading import LoadReport, Tell, load, load_runs
from flows.pipeline import owned
from flows.questions import NO_DOCUMENTS, ask
from flows.saved_files import ARCHIVES, PAGES, files_of
from flows.scratch import scratch
from scrapers.answer import Answer, judged
from scrapers.capture import Known, Purpose
from scrapers.record import Recorder

SITE = "ingest"
LIMIT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came in: captures archived, a line for each file that could not be taken, and the load.

    `runs` are those that an export brought under their own names, `left_out` those of it that were here
    already. `no_documents` has a line for each capture that is archived and holds no document (a challenge
    page, say).
    """

    run_id: str
    files: int
    captures: int
    runs: tuple[str, ...]
    left_out: tuple[str, ...]
    failures: tuple[str, ...]
    no_documents: tuple[str, ...]
    loaded: LoadReport


def ingest(layout: Layout, paths: Sequence[Path], tell: Tell) -> IngestReport:
    """Take `paths` (files, or folders of them) in and load them; a bad file is an issue and stops nothing.

    A file that is unchanged since it was last taken in from the same place is left out: it is there. An
    export of gongkai comes in as the runs that it was made of.
    """
    run_id = new_run_id(SITE, moment_after(layout.run_ids(), datetime.now(UTC)))
    with owned(layout):
        load_runs(layout, tell)
        with (
            knowledge(layout, [SITE]) as known,
            scratch(layout) as folder,
            RunWriter(layout.runs, run_id) as run,
            ArchiveWriter(layout.archive, run_id, known.originals) as archive,
        ):
            recorder = Recorder(SITE, archive, run)
            importer = Importer(archive, layout.runs, folder, layout.run_ids())
            files, failures = _take_all(paths, recorder, importer, known.earlier(SITE).known, tell)
        loaded = load(layout, tell)
    strangers = ask(loaded.published, NO_DOCUMENTS, run=run_id).objects()
    told = tuple(f"{row['url']}: archived, but no document: {row['kind']}" for row in strangers)
    captures = sum(recorder.counts.values()) + importer.captures
    brought, left_out = tuple(importer.runs), tuple(importer.left_out)
    return IngestReport(run_id, files, captures, brought, left_out, failures, told, loaded)


def _take_all(
    paths: Sequence[Path], recorder: Recorder, importer: Importer, known: Mapping[str, Known], tell: Tell
) -> tuple[int, tuple[str, ...]]:
    """Record every file and the run's end; return how many files there were, and why some were not taken."""
    started_at = datetime.now(UTC)
    files, failures = 0, []
    for path in _sources(paths):
        files += 1
        tell(str(path))
        try:
            if is_export(path):
                importer.take(path)
            elif path.is_dir():
                raise ArchiveError(f"{path}: an export without its pages; take in one of kind warc or wacz")
            else:
                _take(path, recorder, known)
        except (ArchiveError, OSError) as error:
            reason = f"{path}: {error.strerror}" if isinstance(error, OSError) else str(error)
            recorder.issue("error", "unreadable_file", None, reason)
            failures.append(reason)
    recorder.report(started_at, datetime.now(UTC), complete=not failures, expected=None, entries=0)
    return files, tuple(failures)


def _sources(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield exports as they are, and of other folders the files; of the folder of a WACZ only that."""
    for path in paths:
        if is_export(path) or _is_export_without_pages(path):
            yield path
        elif is_export(path / WACZ):
            yield path / WACZ
        else:
            yield from files_of([path], PAGES | ARCHIVES)


def _is_export_without_pages(path: Path) -> bool:
    described = all((path / name).is_file() for name in ("datapackage.json", "SHA256SUMS", "CITATION.cff"))
    return described and not any(is_export(file) for file in (path, path / WACZ))


def _take(path: Path, recorder: Recorder, known: Mapping[str, Known]) -> None:
    """Record what `path` holds; what was whole before a damaged place in it is kept."""
    for item in captures_of(path) if _is_archive(path) else [_saved(path)]:
        answer = _answer(item)
        earlier = known.get(answer.url)
        if isinstance(item, SavedFile) and earlier and earlier.payload_digest == payload_digest(item.body):
            continue
        recorder.capture(answer, _purpose(answer.url), earlier)


def _purpose(url: str) -> Purpose:
    return "robots" if urlsplit(url).path == "/robots.txt" else "document"


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
