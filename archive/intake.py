"""Take captures out of WARC and WACZ files that others wrote, as the exchanges and saved files they hold."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast, get_args

from archive.chunked import dechunked
from archive.errors import ArchiveError, RecordError
from archive.exchange import Cut, Exchange, SavedFile
from archive.foreign import Fault, ForeignRecord, Place, record_at, records
from archive.records import HEAD_END

WARC_SUFFIXES = (".warc", ".warc.gz")
UNREADABLE = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class Warc:
    """A WARC file to read: `name` is what people know it by, `path` where it lies."""

    name: str
    path: Path


Faults = list[tuple[str, Fault]]


def captures_of(path: Path) -> Iterator[Exchange | SavedFile]:
    """Yield the responses and resources of a .warc, .warc.gz or .wacz file, in its order.

    A revisit gives the payload of its original under its own time and address where the file holds the
    original too, at the end where that comes later. Passed over are other revisits (which hold no payload),
    confirmations by 304, requests and metadata. Raises ArchiveError, which names the file, where it cannot be
    read as what its name says; and, after all that is whole was yielded, RecordError with the offset of the
    first record that is torn, damaged or marked as cut in a way that cannot be kept.
    """
    with opened(path) as (warcs, faults):
        yield from Intake(warcs, faults).captures()


@contextmanager
def opened(path: Path) -> Iterator[tuple[Sequence[Warc], Faults]]:
    """Give the WARC files that `path` is or holds, and a list for what is wrong with them.

    Raises as captures_of does, what is in the list when the block has ended.
    """
    try:
        with _warcs(path) as (warcs, faults):
            yield warcs, faults
    except UNREADABLE as error:
        raise ArchiveError(f"{path}: cannot be read: {error}") from error
    if faults:
        name, fault = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        inside = f", {fault.place.inside} bytes into its gzip member" if fault.place.inside else ""
        advice = "the whole records were taken in; restore the file from a copy for the rest"
        raise RecordError(name, fault.place.offset, f"{fault.reason}{inside}{more}; {advice}")


@contextmanager
def _warcs(path: Path) -> Iterator[tuple[Sequence[Warc], Faults]]:
    """Give the WARC files that `path` is or holds, and a list for what is wrong with them.

    A folder is that of an export. Those of a WACZ lie in its folder `archive/` (WACZ 1.1.1, directory
    layout); they are unpacked, because finding records behind damage needs a file of their own.
    """
    faults: Faults = []
    if path.is_dir():
        paths = sorted(each for each in path.iterdir() if each.name.endswith(WARC_SUFFIXES))
        yield [Warc(str(each), each) for each in paths], faults
        return
    if path.suffix != ".wacz":
        yield [Warc(str(path), path)], faults
        return
    with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        names = [name for name in sorted(package.namelist()) if name.startswith("archive/")]
        warcs = []
        for number, name in enumerate(name for name in names if name.endswith(WARC_SUFFIXES)):
            warc = Warc(f"{path}/{name}", Path(folder) / str(number))
            if (fault := _unpack(package, name, warc.path)) is not None:
                faults.append((warc.name, fault))
            warcs.append(warc)
        yield warcs, faults


def _unpack(package: zipfile.ZipFile, name: str, target: Path) -> Fault | None:
    """Copy a file out of `package`; where it is damaged, copy what comes before the damage and tell."""
    with target.open("wb") as copy:
        try:
            with package.open(name) as packed:
                shutil.copyfileobj(packed, copy)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            return Fault(Place(copy.tell()), f"the package is damaged ({error})")
    return None


class Intake:
    """The captures of some WARC files; what is wrong with the files is added to `faults`."""

    def __init__(self, warcs: Sequence[Warc], faults: Faults) -> None:
        self._warcs = warcs
        self._faults = faults
        self._originals: dict[str, tuple[Warc, Place]] = {}

    def captures(self) -> Iterator[Exchange | SavedFile]:
        """Yield the captures; faults are added to the list."""
        early: list[tuple[Warc, ForeignRecord]] = []
        for warc in self._warcs:
            for found in records(warc.path):
                if isinstance(found, Fault):
                    self._faults.append((warc.name, found))
                elif found.type in ("response", "resource"):
                    self._remember(warc, found)
                    yield from self._capture(warc, found)
                elif found.type == "revisit" and not is_not_modified(found):
                    if (place := self._originals.get(original_key(found))) is None:
                        early.append((warc, found))
                    else:
                        yield from self._revisit(warc, found, *place)
        for warc, revisit in early:
            if (place := self._originals.get(original_key(revisit))) is not None:
                yield from self._revisit(warc, revisit, *place)

    def _remember(self, warc: Warc, record: ForeignRecord) -> None:
        if record.type == "resource" or HEAD_END in record.block:
            for name in ("warc-payload-digest", "warc-record-id"):
                if key := record.headers.get(name, "").lower():
                    self._originals.setdefault(key, (warc, record.place))

    def _revisit(
        self, warc: Warc, revisit: ForeignRecord, held_by: Warc, place: Place
    ) -> Iterator[Exchange | SavedFile]:
        yield from self._capture(warc, _filled(revisit, record_at(held_by.path, place)))

    def _capture(self, warc: Warc, record: ForeignRecord) -> Iterator[Exchange | SavedFile]:
        """Yield the capture that `record` is, if any."""
        cut = _cut(record)
        try:
            at = _time(record)
        except (KeyError, ValueError):
            self._faults.append((warc.name, Fault(record.place, "the record has no readable WARC-Date")))
            return
        url = record.headers.get("warc-target-uri", "").strip("<>")
        if record.type != "resource":
            if HEAD_END in record.block:
                yield _exchange(record, url, at, cut)
        elif cut is not None:
            reason = "the record is marked as cut, and a page that is no answer cannot be kept as such"
            self._faults.append((warc.name, Fault(record.place, reason)))
        else:
            content_type = record.headers.get("content-type") or "application/octet-stream"
            yield SavedFile(url, content_type, record.block, at)


def is_not_modified(revisit: ForeignRecord) -> bool:
    """Tell whether a revisit confirms an earlier capture (304) and holds no payload."""
    return "server-not-modified" in revisit.headers.get("warc-profile", "").lower()


def original_key(revisit: ForeignRecord) -> str:
    """Return what the original is remembered by: its payload's digest, which is proof, else its record id."""
    headers = revisit.headers
    return (headers.get("warc-payload-digest") or headers.get("warc-refers-to", "")).lower()


def _filled(revisit: ForeignRecord, original: ForeignRecord) -> ForeignRecord:
    """Return `revisit` with the payload of `original`, and its head where the revisit has none of its own.

    WARC-Truncated on a revisit says that the payload was left out; whether it was whole, its original says.
    A resource has no head: what revisits one without a head is a resource too.
    """
    own_head, own_end, _ = revisit.block.partition(HEAD_END)
    headers = dict(revisit.headers)
    headers.pop("warc-truncated", None)
    if "warc-truncated" in original.headers:
        headers["warc-truncated"] = original.headers["warc-truncated"]
    if original.type == "resource":
        if own_end:
            return replace(revisit, headers=headers, block=own_head + HEAD_END + original.block)
        of_file = {name: original.headers.get(name, "") for name in ("warc-type", "content-type")}
        return replace(revisit, headers=headers | of_file, block=original.block)
    head, _, body = original.block.partition(HEAD_END)
    return replace(revisit, headers=headers, block=(own_head if own_end else head) + HEAD_END + body)


def _exchange(record: ForeignRecord, url: str, at: datetime, cut: Cut | None) -> Exchange:
    """Return the answer of a response record; who asked for it, and how, is not known."""
    head, _, body = record.block.partition(HEAD_END)
    status = head.split(b"\r\n", 1)[0].split()[1:2]
    head, body = dechunked(head, body)
    return Exchange(
        url=url,
        fetched_at=at,
        request_head=b"",
        status=int(status[0]) if status and status[0].isdigit() else 0,
        response_head=head + HEAD_END,
        body=body,
        ip=record.headers.get("warc-ip-address"),
        truncated=cut,
    )


def _cut(record: ForeignRecord) -> Cut | None:
    """Return why a record is not whole by its own word: an unknown reason is one too, and so is a segment."""
    reason = record.headers.get("warc-truncated")
    if reason is None and "warc-segment-number" not in record.headers:
        return None
    return cast("Cut", reason) if reason in get_args(Cut) else "disconnect"


def _time(record: ForeignRecord) -> datetime:
    time = datetime.fromisoformat(record.headers["warc-date"])
    return time if time.tzinfo else time.replace(tzinfo=UTC)
