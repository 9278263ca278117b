"""The reader: what was stored comes back, or an error that names WARC and offset."""

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from archive.errors import (
    ArchiveError,
    PayloadDamagedError,
    PayloadTooLargeError,
    RecordError,
    UnknownCodingError,
)
from archive.exchange import Exchange, Original
from archive.reader import read_payload
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]


def head(coding: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nContent-Encoding: {coding}\r\n\r\n".encode()


def no_original(wire_digest: str) -> None:
    return None


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", gzip.compress(b"page")),
        ("GZIP", gzip.compress(b"pa") + gzip.compress(b"ge")),
        ("deflate", zlib.compress(b"page")),
        ("identity", b"page"),
        ("deflate\r\nContent-Encoding: gzip", gzip.compress(zlib.compress(b"page"))),
    ],
)
def test_content_encoding_is_undone_and_the_wire_kept(
    coding: str, wire: bytes, folder: Path, run: str, exchange: Make
) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(wire, response_head=head(coding)))
        payload = read_payload(folder, stored.warc, stored.offset)  # while it is still open
    assert payload == read_payload(folder, stored.warc, stored.offset)
    assert (payload.body, payload.wire) == (b"page", wire)
    assert (payload.url, payload.status, payload.content_type) == ("http://demo.example/a", 200, "text/html")
    assert payload.fetched_at == exchange().fetched_at


@pytest.mark.parametrize(
    ("coding", "wire", "error"),
    [
        ("gzip", gzip.compress(b"page")[:-9], PayloadDamagedError),
        ("br", b"page", UnknownCodingError),
        ("gzip", gzip.compress(bytes(5000)), PayloadTooLargeError),
    ],
)
def test_payload_that_cannot_be_decoded_names_warc_and_offset(
    coding: str, wire: bytes, error: type[Exception], folder: Path, run: str, exchange: Make
) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(wire, response_head=head(coding)))
    with pytest.raises(error, match=f"{stored.warc} at {stored.offset}: "):
        read_payload(folder, stored.warc, stored.offset, limit=4000)


def test_revisit_is_read_under_its_own_head(folder: Path, run: str, exchange: Make) -> None:
    wire = gzip.compress(b"page")
    with ArchiveWriter(folder, run, no_original) as writer:
        writer.write(exchange(wire, response_head=head("gzip")))
        plain = b"HTTP/1.1 404 no\r\nContent-Type: application/gzip\r\n\r\n"
        stored = writer.write(exchange(wire, url="http://demo.example/b", status=404, response_head=plain))
    payload = read_payload(folder, stored.warc, stored.offset)
    assert stored.revisit
    assert (payload.url, payload.status) == ("http://demo.example/b", 404)
    assert (payload.content_type, payload.body) == ("application/gzip", wire)


def chain(folder: Path, exchange: Make, runs: int) -> list[Original]:
    """Store one payload in several runs, each a revisit of the run before."""
    places: list[Original] = []
    for n in range(runs):
        with ArchiveWriter(folder, f"run{n}", lambda wire_digest: places[-1] if places else None) as writer:
            stored = writer.write(exchange(b"same"))
        places.append(Original("http://demo.example/a", exchange().fetched_at, stored.warc, stored.offset))
    return places


def test_revisit_of_a_revisit(folder: Path, exchange: Make) -> None:
    last = chain(folder, exchange, 4)[-1]
    assert read_payload(folder, last.warc, last.offset).body == b"same"


def test_endless_chain_ends(folder: Path, exchange: Make) -> None:
    last = chain(folder, exchange, 12)[-1]
    with pytest.raises(RecordError, match="no original behind 8 revisits"):
        read_payload(folder, last.warc, last.offset)


def test_original_with_another_payload(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, "earlier", no_original) as writer:
        other = writer.write(exchange(b"other"))
    wrong = Original("http://demo.example/a", exchange().fetched_at, other.warc, other.offset)
    with ArchiveWriter(folder, run, lambda wire_digest: wrong) as writer:
        stored = writer.write(exchange(b"same"))
    with pytest.raises(RecordError, match=f"{stored.warc} at {stored.offset}: its original, {other.warc} at"):
        read_payload(folder, stored.warc, stored.offset)


def test_original_that_is_gone(folder: Path, run: str, exchange: Make) -> None:
    first, last = chain(folder, exchange, 2)
    (folder / first.warc).unlink()
    with pytest.raises(ArchiveError, match=f"{first.warc}: is missing; restore it"):
        read_payload(folder, last.warc, last.offset)


def test_records_without_a_payload(folder: Path, run: str, exchange: Make) -> None:
    not_modified = exchange(b"", status=304, response_head=b"HTTP/1.1 304 Not Modified\r\n\r\n")
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(not_modified)
    with pytest.raises(RecordError, match="304 not modified"):
        read_payload(folder, stored.warc, stored.offset)
    with pytest.raises(RecordError, match="at 0: is a warcinfo record"):
        read_payload(folder, stored.warc, 0)


@pytest.mark.parametrize("shift", [-1, 1, 10**6, 10**15])
def test_offset_where_no_record_begins(shift: int, folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange())
    with pytest.raises(RecordError, match=f"{stored.warc} at {stored.offset + shift}: "):
        read_payload(folder, stored.warc, stored.offset + shift)


def test_flipped_byte_is_never_read_as_the_payload(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(bytes(range(256))))
    path = folder / stored.warc
    path.chmod(0o644)
    whole = path.read_bytes()
    harmless = 0
    for at in range(stored.offset, len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :])
        with suppress(RecordError):  # a gzip header has bytes, and deflate a few last bits, without content
            assert read_payload(folder, stored.warc, stored.offset).wire == bytes(range(256))
            harmless += 1
    assert harmless < 12


@pytest.mark.parametrize(
    "warc", ["../secret.warc.gz", "/etc/passwd", "a/b.warc.gz", "x.warc.gz.open", "", "manifest.jsonl"]
)
def test_names_that_leave_the_folder_are_refused(warc: str, folder: Path) -> None:
    folder.mkdir()
    with pytest.raises(ArchiveError, match="is not the name of a WARC"):
        read_payload(folder, warc, 0)


def test_link_is_not_followed(tmp_path: Path, folder: Path, exchange: Make) -> None:
    with ArchiveWriter(tmp_path / "outside", "run", no_original) as writer:
        stored = writer.write(exchange())
    folder.mkdir()
    (folder / stored.warc).symlink_to(tmp_path / "outside" / stored.warc)
    with pytest.raises(ArchiveError, match="is a symbolic link"):
        read_payload(folder, stored.warc, stored.offset)
