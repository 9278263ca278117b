"""Write a run's exchanges to WARC files: on disk before `write` returns, a known payload only once."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.durable import AppendFile, blamed, own_folder
from archive.errors import ArchiveError
from archive.exchange import Exchange, Original, SavedFile, Stored
from archive.manifest import seal
from archive.names import OPEN, run_name, warc_name
from archive.records import HEAD_END, answer_record, request_record, saved_record, warcinfo_record
from extract.digest import payload_digest

ROLL_BYTES = 1 << 30


class ArchiveWriter:
    """The WARC files of one run, `<name>-00000.warc.gz` and on; the next begins when one has `roll_bytes`.

    The file being written ends in `.open`. Each item goes to disk as one append and one flush, so a crash
    tears at most the item whose `write` had not returned. A file is made with its first item: a run without
    any leaves none.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        originals: Callable[[str], Original | None],
        *,
        roll_bytes: int = ROLL_BYTES,
    ) -> None:
        """Write into `folder` (made where missing) under the run id `name`.

        `originals` gives for a wire digest (`sha256:` + hex of the payload as it came) where an earlier run
        stored it; what this writer stores itself it knows. Raises ArchiveError where `folder` is a link or
        not writable.
        """
        self._folder = own_folder(folder)
        self._name = run_name(name)
        self._originals = originals
        self._roll_bytes = roll_bytes
        self._own: dict[str, Original] = {}
        self._serial = 0
        self._file: AppendFile | None = None
        self._warcinfo_id = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, item: Exchange | SavedFile) -> Stored:
        """Store `item` and return where; it is flushed to disk by then.

        An answer whose payload is known becomes a revisit with its own head; a 304 becomes one without
        payload. Cut and empty payloads are always kept as they are, and so are saved files. Raises
        ArchiveError, with nothing half written, when the disk does not take it, and for a head that does not
        end in its only blank line.
        """
        wire_digest = payload_digest(item.body)
        original = self._original(item, wire_digest)
        warc = warc_name(self._name, self._serial)
        opening = self._opening(warc)
        before, record = self._records(item, wire_digest, original)
        if self._file is None:
            self._file = AppendFile(self._folder / (warc + OPEN), new=True)
        offset = self._file.append(opening + before + record) + len(opening) + len(before)
        self._file.sync()
        not_modified = isinstance(item, Exchange) and item.status == 304
        stored = Stored(warc, offset, len(item.body), wire_digest, original is not None or not_modified)
        if not stored.revisit and item.body and not _cut(item):
            self._own.setdefault(wire_digest, Original(item.url, _time(item), warc, offset))
        if self._file.size >= self._roll_bytes:
            self.close()
        return stored

    def close(self) -> None:
        """Finish the file being written: into the manifest, read-only, its final name. Twice does no harm."""
        if self._file is None:
            return
        file, self._file = self._file, None
        file.close()
        warc = warc_name(self._name, self._serial)
        self._serial += 1
        if not file.size:
            with blamed(file.path):
                file.path.unlink()
        elif file.sound:
            seal(self._folder, warc)
        # An unsound file keeps `.open`: repair() looks at what the disk holds before it is called finished.

    def _original(self, item: Exchange | SavedFile, wire_digest: str) -> Original | None:
        # WARC-Truncated on a revisit would speak of the revisit's own block, so cut answers stay in full.
        if isinstance(item, SavedFile) or item.status == 304 or item.truncated or not item.body:
            return None
        return self._own.get(wire_digest) or self._originals(wire_digest)

    def _opening(self, warc: str) -> bytes:
        if self._file is not None and self._file.size:
            return b""
        self._warcinfo_id = _new_id()
        return warcinfo_record(self._warcinfo_id, warc, datetime.now(UTC))

    def _records(
        self, item: Exchange | SavedFile, wire_digest: str, original: Original | None
    ) -> tuple[bytes, bytes]:
        record_id = _new_id()
        if isinstance(item, SavedFile):
            return b"", saved_record(item, record_id, self._warcinfo_id, wire_digest)
        if not (_is_head(item.response_head) and (not item.request_head or _is_head(item.request_head))):
            raise ArchiveError(f"{item.url}: a head must end in its only blank line; it was not stored")
        request = b""
        if item.request_head:
            request = request_record(item, _new_id(), record_id, self._warcinfo_id)
        return request, answer_record(item, record_id, self._warcinfo_id, wire_digest, original)


def _is_head(head: bytes) -> bool:
    return head.endswith(HEAD_END) and HEAD_END not in head[:-1]


def _new_id() -> str:
    return f"uuid:{uuid.uuid4()}"


def _cut(item: Exchange | SavedFile) -> bool:
    return isinstance(item, Exchange) and item.truncated is not None


def _time(item: Exchange | SavedFile) -> datetime:
    return item.saved_at if isinstance(item, SavedFile) else item.fetched_at
