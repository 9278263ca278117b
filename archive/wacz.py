"""A WACZ: WARC files, their index and a list of pages in one ZIP that players open (WACZ 1.1.1).

Nothing is compressed twice, so that a player can reach into the file; nothing in it tells the hour it was
made, so that the same files give the same bytes.
"""

import hashlib
import heapq
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.records import software

WACZ_VERSION = "1.1.1"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can name
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Page:
    """An entry of the list of pages: an archived address, when it was captured (aware), and its title."""

    id: str
    url: str
    captured_at: datetime
    title: str


def write_wacz(
    target: Path,
    warcs: Sequence[Path],
    indexes: Sequence[Path],
    pages: Iterable[Page],
    *,
    title: str,
    created: datetime,
) -> None:
    """Write the WACZ `target` of WARC files, the sorted index of each, and their pages.

    `created` (aware) is stated as the time of the package. Everything is streamed. Raises OSError where
    `target` cannot be written.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as package:
        resources = [_store(package, f"archive/{path.name}", _chunks(path), _size(path)) for path in warcs]
        with ExitStack() as stack:
            lines = heapq.merge(*(stack.enter_context(path.open("rb")) for path in indexes))
            resources.append(_store(package, "indexes/index.cdx", lines, sum(map(_size, indexes))))
        resources.append(_store(package, "pages/pages.jsonl", _page_lines(pages)))
        about = {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "title": title,
            "created": f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "software": software(),
            "resources": resources,
        }
        written = json.dumps(about, ensure_ascii=False, indent=1).encode()
        stored = _store(package, "datapackage.json", [written])
        digest = {"path": "datapackage.json", "hash": stored["hash"]}
        _store(package, "datapackage-digest.json", [json.dumps(digest, indent=1).encode()])


def _store(
    package: zipfile.ZipFile, name: str, parts: Iterable[bytes], length_bytes: int = 0
) -> Mapping[str, object]:
    """Add a file of `parts` to `package` and return how the package describes it.

    `length_bytes` tells of a file of gigabytes beforehand: only such a one gets the long header of ZIP64,
    over which ReplayWeb.page stumbles.
    """
    info = zipfile.ZipInfo(name, EPOCH)
    info.file_size = length_bytes
    info.external_attr = 0o644 << 16
    hashed, length = hashlib.sha256(), 0
    with package.open(info, "w") as file:
        for part in parts:
            file.write(part)
            hashed.update(part)
            length += len(part)
    file_name = name.rpartition("/")[2]
    return {"name": file_name, "path": name, "hash": f"sha256:{hashed.hexdigest()}", "bytes": length}


def _size(path: Path) -> int:
    return path.stat().st_size


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _page_lines(pages: Iterable[Page]) -> Iterator[bytes]:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    yield json.dumps(head).encode() + b"\n"
    for page in pages:
        line = {
            "id": page.id,
            "url": page.url,
            "ts": f"{page.captured_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "title": page.title,
        }
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"
