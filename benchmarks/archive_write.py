"""How much the archive's promises cost: our writer against plain FastWARC without any flushing, in one run.

Run it from the project's folder; FOLDER lies on the disk that will hold the archive and needs 100 MB:

    .venv/bin/python benchmarks/archive_write.py [--pages 5000] [--folder FOLDER]

Both write the same invented pages of 40 kB as request and response records, a gzip member each, at the same
level. Ours adds SHA-256 digests (FastWARC's own are SHA-1), a flush to disk per page, the manifest and the
final rename; "without flush" is ours with fsync made empty, so the difference is the disk's.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from archive.exchange import Exchange
from archive.records import COMPRESSION_LEVEL
from archive.writer import ArchiveWriter

PAGE_BYTES = 40_000
REQUEST = b"GET /page HTTP/1.1\r\nHost: demo.example\r\nAccept-Encoding: gzip\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def pages(count: int) -> list[bytes]:
    """Return `count` different pages that compress to less than half, not quite as well as real ones."""
    chance = random.Random(1)  # noqa: S311 - text to compress, no secret
    words = ["".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(3)) for _ in range(3000)]
    made = []
    for _ in range(count):
        rows = (
            f'<p><a href="/{chance.randrange(10**8)}">{"".join(chance.choices(words, k=3))}</a></p>'
            for _ in range(800)
        )
        made.append("\n".join(rows).encode()[:PAGE_BYTES])
    return made


def plain_fastwarc(folder: Path, bodies: list[bytes]) -> None:
    """Write the pages as FastWARC's documentation shows it."""
    with (folder / "plain.warc.gz").open("wb") as file:
        writer = GzipWriter(file, compression_level=COMPRESSION_LEVEL)
        for body in bodies:
            for kind, name, block in (
                (WarcRecordType.request, "request", REQUEST),
                (WarcRecordType.response, "response", HEAD + body),
            ):
                record = WarcRecord()
                record.init_headers(kind)
                record.headers["WARC-Target-URI"] = "http://demo.example/page"
                record.headers["Content-Type"] = f"application/http; msgtype={name}"
                record.set_bytes_content(block)
                record.write(writer, checksum_data=True)
                writer.finish()  # without it all records end up in one member, and no offset can be read


def ours(folder: Path, bodies: list[bytes]) -> None:
    """Write the pages with ArchiveWriter."""
    now = datetime.now(UTC)
    with ArchiveWriter(folder, "ours", lambda wire_digest: None) as writer:  # noqa: ARG005
        for body in bodies:
            writer.write(Exchange("http://demo.example/page", now, REQUEST, 200, HEAD, body))


@contextmanager
def without_flush() -> Iterator[None]:
    """Make fsync do nothing for the length of a block."""
    kept = os.fsync
    os.fsync = lambda descriptor: None  # type: ignore[assignment]  # noqa: ARG005
    try:
        yield
    finally:
        os.fsync = kept


def measured(
    work: Callable[[Path, list[bytes]], None], folder: Path, bodies: list[bytes]
) -> tuple[float, float]:
    """Return seconds of wall clock and MB written by `work` in a folder of its own below `folder`."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        start = time.perf_counter()
        work(Path(name), bodies)
        seconds = time.perf_counter() - start
        return seconds, sum(path.stat().st_size for path in Path(name).iterdir()) / 1e6


def main() -> None:
    """Print time, size and ratio of the three."""
    parser = argparse.ArgumentParser(description="our archive writer against plain FastWARC")
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="a folder on the disk to measure")
    options = parser.parse_args()
    bodies = pages(options.pages)
    base, size = measured(plain_fastwarc, options.folder, bodies)
    print(f"plain FastWARC      {base:6.2f} s  {size:6.1f} MB")  # noqa: T201
    with without_flush():
        seconds, size = measured(ours, options.folder, bodies)
    print(f"ours without flush  {seconds:6.2f} s  {size:6.1f} MB  {seconds / base:.2f} times")  # noqa: T201
    seconds, size = measured(ours, options.folder, bodies)
    print(f"ours                {seconds:6.2f} s  {size:6.1f} MB  {seconds / base:.2f} times")  # noqa: T201


if __name__ == "__main__":
    main()
