"""Other people's tools accept what is written: the checkers of FastWARC and warcio, and warcio's reader."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.exchange import Exchange, SavedFile
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]


@pytest.fixture
def warc(folder: Path, run: str, exchange: Make) -> Path:
    """Return a finished WARC with each kind of record, one of them under a head in GBK."""
    gbk = b"HTTP/1.1 200 \xd5\xfd\xb3\xa3\r\nX-Title: \xb9\xfa\xcb\xa1\r\nX-Long: a\r\n b\r\n\r\n"
    not_modified = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with ArchiveWriter(folder, run, lambda wire_digest: None) as writer:
        writer.write(exchange(b"page"))
        writer.write(exchange(b"page"))
        writer.write(exchange(b"other", response_head=gbk))
        writer.write(exchange(b"", status=304, response_head=not_modified))
        writer.write(exchange(b"cut", truncated="disconnect"))
        stored = writer.write(SavedFile("file:///a.txt", "text/plain", b"text", exchange().fetched_at))
    return folder / stored.warc


def tool(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


def test_fastwarc_check(warc: Path) -> None:
    done = tool("fastwarc", "check", "--quiet", "--output", "-", str(warc))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == 12
    assert "NO_DIGEST" not in done.stdout


def test_warcio_check(warc: Path) -> None:
    done = tool("warcio", "check", "--verbose", str(warc))
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("digest pass") + done.stdout.count("not checked (revisit)") == 12
    assert "no digest" not in done.stdout


def test_warcio_reads_the_records(warc: Path) -> None:
    with warc.open("rb") as file:
        records = [
            (record.rec_type, record.format, record.http_headers and record.http_headers.get_statuscode())
            for record in ArchiveIterator(file)
        ]
    kinds = [kind for kind, _, _ in records]
    assert kinds == [
        *("warcinfo", "request", "response", "request", "revisit", "request", "response"),
        *("request", "revisit", "request", "response", "resource"),
    ]
    assert [status for kind, _, status in records if kind in ("response", "revisit")] == [
        "200",
        "200",
        "200",
        "304",
        "200",
    ]
