"""The writer: bytes as given, WARC 1.1 by the standard, known payloads once, names of its own only."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.exchange import Exchange, Original, SavedFile
from archive.fixity import check
from archive.manifest import read_lines
from archive.members import Member, walk
from archive.reader import read_payload, read_record
from archive.records import Record, parse_record
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]
HOSTILE_HEADS = {
    "gbk header": b"HTTP/1.1 200 OK\r\nX-T: \xb9\xfa\xcb\xa1\r\nContent-Type: a; charset=\xb9\xfa\r\n\r\n",
    "gbk reason": b"HTTP/1.1 404 \xce\xb4\xd5\xd2\xb5\xbd\r\nServer: x\r\n\r\n",
    "utf-8 reason": "HTTP/1.1 404 未找到\r\nServer: x\r\n\r\n".encode(),
    "folded": b"HTTP/1.1 200 OK\r\nX-Long: one\r\n  two\r\n\tthree\r\n\r\n",
    "duplicates": b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nSet-Cookie: a=1\r\n\r\n",
    "no reason": b"HTTP/1.1 200\r\nServer: x\r\n\r\n",
    "no colon": b"HTTP/1.1 200 OK\r\nthis is no header\r\nServer: x\r\n\r\n",
    "no name": b"HTTP/1.1 200 OK\r\n: x\r\n\r\n",
    "control characters": b"HTTP/1.1 200 OK\r\nX: a\x00b\x7f\r\n\r\n",
    "bare line feeds": b"HTTP/1.1 200 OK\nX: a\n\nY: b\r\n\r\n",
    "no headers": b"HTTP/1.1 200 OK\r\n\r\n",
    "large": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    "spaces": b"HTTP/1.1 200 OK\r\nX:    a   \r\nY :b\r\n\r\n",
}


def no_original(wire_digest: str) -> None:
    return None


def records_of(path: Path) -> list[Record]:
    return [parse_record(part.content) for part in walk(path) if isinstance(part, Member)]


@pytest.mark.parametrize("name", HOSTILE_HEADS)
def test_heads_stay_byte_for_byte(name: str, folder: Path, run: str, exchange: Make) -> None:
    head = HOSTILE_HEADS[name]
    body = b"\r\n\r\n<p>\xb9\xfa</p>\r\n\r\n"
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(body, response_head=head))
    record = read_record(folder, stored.warc, stored.offset)
    assert (record.head, record.payload) == (head, body)
    assert read_payload(folder, stored.warc, stored.offset).body == body
    assert not list(check(folder, records=True))


def test_records_follow_the_standard(folder: Path, run: str, exchange: Make) -> None:
    page = exchange(b"body", truncated="length")
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(page)
    info, request, answer = records_of(folder / stored.warc)
    assert info.type == "warcinfo"
    assert info.headers["WARC-Filename"] == stored.warc == f"{run}-00000.warc.gz"
    assert b"software: gongkai/" in info.payload
    assert b"format: WARC File Format 1.1\r\n" in info.payload
    assert b"conformsTo: https://" in info.payload
    assert request.type == "request"
    assert request.head == page.request_head
    assert request.headers["Content-Type"] == "application/http; msgtype=request"
    assert request.headers["WARC-Concurrent-To"] == answer.headers["WARC-Record-ID"]
    assert answer.type == "response"
    assert answer.headers["Content-Type"] == "application/http; msgtype=response"
    assert answer.headers["WARC-Date"] == "2026-01-05T03:17:00.123456Z"
    assert answer.headers["WARC-IP-Address"] == "192.0.2.7"
    assert answer.headers["WARC-Truncated"] == "length"
    assert answer.headers["WARC-Warcinfo-ID"] == info.headers["WARC-Record-ID"]
    assert answer.headers["WARC-Payload-Digest"] == "sha256:" + hashlib.sha256(b"body").hexdigest()
    block = hashlib.sha256(page.response_head + b"body").hexdigest()
    assert answer.headers["WARC-Block-Digest"] == f"sha256:{block}"
    assert stored.length == 4
    assert stored.wire_digest == answer.headers["WARC-Payload-Digest"]


def test_time_of_another_zone_is_written_in_utc(folder: Path, run: str, exchange: Make) -> None:
    shanghai = datetime(2026, 1, 5, 11, 17, tzinfo=timezone(timedelta(hours=8)))
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(fetched_at=shanghai))
    payload = read_payload(folder, stored.warc, stored.offset)
    assert payload.fetched_at == datetime(2026, 1, 5, 3, 17, tzinfo=UTC)


def test_time_without_zone_is_refused(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, run, no_original) as writer, pytest.raises(ValueError, match="no time zone"):
        writer.write(exchange(fetched_at=datetime(2026, 1, 5)))


def test_unknown_request_gets_no_record(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(b"page", request_head=b""))
    assert [record.type for record in records_of(folder / stored.warc)] == ["warcinfo", "response"]
    assert read_payload(folder, stored.warc, stored.offset).body == b"page"


@pytest.mark.parametrize("head", [b"", b"ab", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nbody\r\n\r\n"])
def test_a_head_without_its_one_blank_line_is_refused(
    head: bytes, folder: Path, run: str, exchange: Make
) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        with pytest.raises(ArchiveError, match=r"http://demo\.example/a: a head must end"):
            writer.write(exchange(response_head=head))
        if head:
            with pytest.raises(ArchiveError, match="a head must end"):
                writer.write(exchange(request_head=head))
        writer.write(exchange())
    assert not list(check(folder))


def test_known_payload_becomes_a_revisit_with_its_own_head(folder: Path, run: str, exchange: Make) -> None:
    head = b"HTTP/1.1 200 OK\r\nDate: later\r\nContent-Type: text/plain\r\n\r\n"
    with ArchiveWriter(folder, run, no_original) as writer:
        first = writer.write(exchange(b"same"))
        second = writer.write(exchange(b"same", url="http://demo.example/b", response_head=head))
    assert (first.revisit, second.revisit) == (False, True)
    record = read_record(folder, second.warc, second.offset)
    assert record.type == "revisit"
    assert (record.head, record.payload) == (head, b"")
    assert record.headers["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert record.headers["WARC-Refers-To-Target-URI"] == "http://demo.example/a"
    assert record.headers["WARC-Refers-To-Date"] == "2026-01-05T03:17:00.123456Z"
    assert record.headers["WARC-Refers-To-Filename"] == first.warc
    assert record.headers["WARC-Refers-To-File-Offset"] == str(first.offset)
    assert record.headers["WARC-Payload-Digest"] == first.wire_digest
    assert second.length == 4


def test_original_of_an_earlier_run(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, "earlier", no_original) as writer:
        first = writer.write(exchange(b"same"))
    known = {
        first.wire_digest: Original("http://demo.example/a", exchange().fetched_at, first.warc, first.offset)
    }
    with ArchiveWriter(folder, run, known.get) as writer:
        second = writer.write(exchange(b"same"))
    assert second.revisit
    assert read_payload(folder, second.warc, second.offset).body == b"same"


def test_not_modified_is_a_revisit_without_payload(folder: Path, run: str, exchange: Make) -> None:
    head = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(b"", status=304, response_head=head))
    record = read_record(folder, stored.warc, stored.offset)
    assert stored.revisit
    assert (record.type, record.head) == ("revisit", head)
    assert record.headers["WARC-Profile"].endswith("/revisit/server-not-modified")
    assert "WARC-Payload-Digest" not in record.headers


def test_empty_and_cut_payloads_are_never_revisits(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        writer.write(exchange(b"cut", truncated="time"))
        stored = [
            writer.write(exchange(b"")),
            writer.write(exchange(b"")),
            writer.write(exchange(b"cut")),
            writer.write(exchange(b"cut", truncated="time")),
        ]
    assert not any(each.revisit for each in stored)


def test_saved_file_is_a_resource(folder: Path, run: str, exchange: Make) -> None:
    saved = SavedFile("file:///pages/%E4%B8%80.txt", "text/plain", "正文".encode(), exchange().fetched_at)
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = [writer.write(saved), writer.write(saved)]
    for each in stored:
        record = read_record(folder, each.warc, each.offset)
        assert (record.type, record.payload) == ("resource", saved.body)
        assert record.headers["WARC-Payload-Digest"] == each.wire_digest
        payload = read_payload(folder, each.warc, each.offset)
        assert (payload.status, payload.content_type, payload.body) == (None, "text/plain", saved.body)


HOSTILE_URL = "http://demo.example/../..\r\nWARC-Type: evil\x00/中 文\ud800?q=%25#x"


def test_hostile_address_changes_neither_header_nor_name(folder: Path, run: str, exchange: Make) -> None:
    """FAULTS 83: names come from the run id only, and no address breaks a header line."""
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange(url=HOSTILE_URL))
    record = read_record(folder, stored.warc, stored.offset)
    expected = "http://demo.example/../..%0D%0AWARC-Type:%20evil%00/%E4%B8%AD%20%E6%96%87%ED%A0%80?q=%25#x"
    assert record.headers["WARC-Target-URI"] == expected
    assert record.type == "response"
    assert sorted(path.name for path in folder.iterdir()) == [stored.warc, "manifest.jsonl"]


def test_longest_run_id_can_be_read_back(folder: Path, exchange: Make) -> None:
    with ArchiveWriter(folder, "x" * 200, no_original) as writer:
        stored = writer.write(exchange(b"page"))
    assert read_payload(folder, stored.warc, stored.offset).body == b"page"


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a.warc.gz", ".x", "-x", "x\n", "题", "x" * 300])
def test_run_id_that_could_leave_the_folder_is_refused(name: str, folder: Path) -> None:
    with pytest.raises(ArchiveError, match="is no run id"):
        ArchiveWriter(folder, name, no_original)


def test_finished_file_is_listed_read_only_and_renamed(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, run, no_original) as writer:
        stored = writer.write(exchange())
        assert [path.name for path in folder.iterdir()] == [f"{stored.warc}.open"]
    path = folder / stored.warc
    (line,), damaged = read_lines(folder)
    assert not damaged
    assert line.warc == stored.warc
    assert line.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert line.length == path.stat().st_size
    assert path.stat().st_mode & 0o777 == 0o444


def test_files_roll(folder: Path, run: str, exchange: Make) -> None:
    with ArchiveWriter(folder, run, no_original, roll_bytes=1) as writer:
        stored = [writer.write(exchange(bytes([65 + n]))) for n in range(3)]
    assert [each.warc for each in stored] == [f"{run}-{n:05d}.warc.gz" for n in range(3)]
    assert records_of(folder / stored[2].warc)[0].type == "warcinfo"
    assert not list(check(folder, records=True))


def test_run_without_items_leaves_no_file(folder: Path, run: str) -> None:
    with ArchiveWriter(folder, run, no_original):
        pass
    assert not list(folder.iterdir())


def test_file_of_another_run_is_never_written_to(folder: Path, run: str, exchange: Make) -> None:
    folder.mkdir()
    (folder / f"{run}-00000.warc.gz.open").write_bytes(b"theirs")
    writer = ArchiveWriter(folder, run, no_original)
    with pytest.raises(ArchiveError, match=r"00000\.warc\.gz\.open: file exists; it belongs to another run"):
        writer.write(exchange())
    assert (folder / f"{run}-00000.warc.gz.open").read_bytes() == b"theirs"


def test_links_out_of_the_folder_are_refused(tmp_path: Path, folder: Path, run: str, exchange: Make) -> None:
    """FAULTS 89: neither the folder nor a file in it may be a link to somewhere else."""
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.symlink_to(outside)
    with pytest.raises(ArchiveError, match="is a symbolic link"):
        ArchiveWriter(folder, run, no_original)
    folder.unlink()
    folder.mkdir()
    (folder / f"{run}-00000.warc.gz.open").symlink_to(outside / "x")
    with pytest.raises(ArchiveError):
        ArchiveWriter(folder, run, no_original).write(exchange())
    assert not list(outside.iterdir())


def test_folder_without_the_right_to_write_gives_one_clear_error(locked: Path, run: str) -> None:
    """FAULTS 89."""
    for folder in (locked, locked / "archive"):
        with pytest.raises(ArchiveError, match="permission denied; give this user the right to write there"):
            ArchiveWriter(folder, run, no_original)


def test_file_in_the_place_of_the_folder(folder: Path, run: str) -> None:
    folder.write_bytes(b"")
    with pytest.raises(ArchiveError, match="is not a folder"):
        ArchiveWriter(folder, run, no_original)
