"""What others archived comes in with the bytes, times and addresses that they recorded."""

import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.chunked import unchunked
from archive.errors import ArchiveError, RecordError
from archive.exchange import Exchange, SavedFile
from archive.intake import captures_of
from archive.writer import ArchiveWriter
from tests.archive.foreign_warcs import HEAD, members, one_member, plain, record, response, sha1

AT = datetime(2025, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)
PAGE = Exchange(
    url="http://example.gov.cn/a.html",
    fetched_at=AT,
    request_head=b"GET /a.html HTTP/1.1\r\nHost: example.gov.cn\r\n\r\n",
    status=200,
    response_head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Note: \xb9\xab\xbf\xaa\r\n\r\n",
    body="<p>公开</p>".encode(),
    ip="192.0.2.7",
)
SAVED = SavedFile("file:///b.txt", "text/plain", "总结".encode(), AT)


def written(folder: Path, *items: Exchange | SavedFile) -> Path:
    with ArchiveWriter(folder, "run", lambda _: None) as archive:
        for item in items:
            archive.write(item)
    return folder / "run-00000.warc.gz"


def test_our_own_warc_comes_back_as_it_went_in(tmp_path: Path) -> None:
    came = list(captures_of(written(tmp_path, PAGE, SAVED)))
    assert [type(item) for item in came] == [Exchange, SavedFile]
    page, saved = came
    assert isinstance(page, Exchange)
    assert (page.url, page.fetched_at, page.status, page.body, page.ip) == (
        PAGE.url,
        AT,
        200,
        PAGE.body,
        "192.0.2.7",
    )
    assert page.response_head == PAGE.response_head
    assert page.request_head == b"", "who asked, and how, is not ours to say"
    assert saved == SAVED


def test_an_answer_with_the_bytes_of_a_saved_file_comes_back_whole(tmp_path: Path) -> None:
    page = replace(PAGE, body=SAVED.body)
    saved, came = captures_of(written(tmp_path, SAVED, page))
    assert saved == SAVED
    assert isinstance(came, Exchange)
    assert (came.url, came.response_head, came.body) == (PAGE.url, PAGE.response_head, SAVED.body)


def test_chunked_framing_of_a_foreign_warc_is_undone(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    framed = Exchange(PAGE.url, AT, PAGE.request_head, 200, head, b"3\r\nabc\r\n4;x=1\r\ndefg\r\n0\r\n\r\n")
    (came,) = captures_of(written(tmp_path, framed))
    assert came.body == b"abcdefg"
    assert isinstance(came, Exchange)
    assert b"X-Archive-Orig-Transfer-Encoding: chunked" in came.response_head


@pytest.mark.parametrize("body", [b"<html>no frame", b"", b"5\r\nabc", b"zz\r\nabc\r\n0\r\n\r\n"])
def test_a_body_that_is_not_framed_is_left_alone(body: bytes) -> None:
    assert unchunked(body) is None


def test_a_wacz_gives_the_captures_of_its_warcs(tmp_path: Path) -> None:
    package = tmp_path / "site.wacz"
    with zipfile.ZipFile(package, "w") as file:
        file.write(written(tmp_path, PAGE), "archive/data.warc.gz")
        file.writestr("pages/pages.jsonl", "{}")
    assert [item.url for item in captures_of(package)] == [PAGE.url]


@pytest.mark.parametrize("name", ["gone.warc.gz", "bad.wacz"])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    if name.startswith("bad"):
        (tmp_path / name).write_bytes(b"not a zip")
    with pytest.raises(ArchiveError, match=name):
        list(captures_of(tmp_path / name))


def taken(path: Path, data: bytes) -> tuple[list[Exchange | SavedFile], RecordError | None]:
    """Return what a file of `data` gives, and the error that comes at last."""
    path.write_bytes(data)
    came: list[Exchange | SavedFile] = []
    try:
        for item in captures_of(path):
            came.append(item)  # noqa: PERF402 - what came before the error is kept
    except RecordError as error:
        return came, error
    return came, None


@pytest.mark.parametrize(
    ("headers", "truncated"),
    [
        ({}, None),
        ({"WARC_Truncated": "length"}, "length"),
        ({"WARC_Truncated": "time"}, "time"),
        ({"WARC_Truncated": "unspecified"}, "disconnect"),
        ({"WARC_Truncated": "whatever"}, "disconnect"),
        ({"WARC_Segment_Number": "1"}, "disconnect"),
    ],
)
def test_what_is_marked_as_cut_stays_cut(
    headers: dict[str, str], truncated: str | None, tmp_path: Path
) -> None:
    ((came,), error) = taken(tmp_path / "f.warc", response(b"<p>half", **headers))
    assert isinstance(came, Exchange)
    assert (came.truncated, error) == (truncated, None)


def test_a_saved_page_that_is_marked_as_cut_is_told(tmp_path: Path) -> None:
    came, error = taken(tmp_path / "f.warc", record("resource", b"half", WARC_Truncated="length"))
    assert came == []
    assert "marked as cut" in str(error)


@pytest.mark.parametrize("layout", [plain, members, one_member])
def test_a_torn_file_gives_its_whole_records_and_then_an_error(
    layout: Callable[..., bytes], tmp_path: Path
) -> None:
    pages = [random.Random(number).randbytes(2_000) for number in range(3)]
    data = layout(*(response(page) for page in pages))[:-1_000]
    came, error = taken(tmp_path / "torn.warc.gz", data)
    assert [item.body for item in came] == pages[:2]
    assert error is not None
    assert error.warc == str(tmp_path / "torn.warc.gz")
    assert error.offset == (
        0 if layout is one_member else len(layout(*(response(page) for page in pages[:2])))
    )
    assert "the whole records were taken in" in str(error)


def test_records_behind_damage_are_taken_and_all_damage_is_counted(tmp_path: Path) -> None:
    bad = response(b"x", WARC_Block_Digest=sha1(b"y"))
    came, error = taken(tmp_path / "f.warc.gz", members(response(b"1"), bad, response(b"2"), bad))
    assert [item.body for item in came] == [b"1", b"2"]
    assert error is not None
    assert error.offset == len(members(response(b"1")))
    assert "(and 1 more)" in str(error)


def test_a_record_without_a_date_is_told(tmp_path: Path) -> None:
    data = response(b"1", WARC_Date="yesterday") + response(b"2", WARC_Date="") + response(b"3")
    came, error = taken(tmp_path / "f.warc", data)
    assert [item.body for item in came] == [b"3"]
    assert "WARC-Date" in str(error)


def test_a_damaged_package_gives_what_came_before(tmp_path: Path) -> None:
    pages = [random.Random(number).randbytes(200_000) for number in range(3)]
    with zipfile.ZipFile(tmp_path / "site.wacz", "w") as file:
        file.writestr("archive/data.warc", plain(*(response(page) for page in pages)))
    data = bytearray((tmp_path / "site.wacz").read_bytes())
    data[450_000] ^= 1
    came, error = taken(tmp_path / "site.wacz", bytes(data))
    assert [item.body for item in came] == pages[:2]
    assert "site.wacz/archive/data.warc" in str(error)


SAME = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
ORIGINAL = response(b"body", WARC_Payload_Digest=sha1(b"body"), WARC_Record_ID="<urn:uuid:1>")


def revisit(block: bytes, **headers: str) -> bytes:
    later = {"WARC_Date": "2026-01-02T03:04:05Z", "WARC_Target_URI": "http://foreign.example/b"}
    return record("revisit", block, **({"WARC_Profile": SAME} | later | headers))


OWN_HEAD = b"HTTP/1.1 200 OK\r\nX-Own: 1\r\n\r\n"


@pytest.mark.parametrize("layout", [plain, members, one_member])
@pytest.mark.parametrize(
    ("later", "head"),
    [
        (revisit(OWN_HEAD, WARC_Payload_Digest=sha1(b"body"), WARC_Truncated="length"), OWN_HEAD),
        (revisit(b"", WARC_Payload_Digest=sha1(b"body")), HEAD),
        (revisit(OWN_HEAD, WARC_Refers_To="<urn:uuid:1>"), OWN_HEAD),
    ],
    ids=["by digest", "without a head", "by record id"],
)
@pytest.mark.parametrize("original_first", [True, False])
def test_a_revisit_gives_its_original_under_its_own_time_and_address(
    layout: Callable[..., bytes], later: bytes, head: bytes, original_first: bool, tmp_path: Path
) -> None:
    data = layout(ORIGINAL, later) if original_first else layout(later, ORIGINAL)
    came, error = taken(tmp_path / "f.warc", data)
    assert error is None
    first, again = came
    assert isinstance(again, Exchange)
    assert (first.url, first.body) == ("http://foreign.example/a", b"body")
    assert (again.url, again.body, again.response_head) == ("http://foreign.example/b", b"body", head)
    assert again.fetched_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (again.status, again.truncated) == (200, None)


def test_a_revisit_of_a_cut_original_is_cut(tmp_path: Path) -> None:
    cut = response(b"body", WARC_Payload_Digest=sha1(b"body"), WARC_Truncated="time")
    came, _ = taken(tmp_path / "f.warc", cut + revisit(OWN_HEAD, WARC_Payload_Digest=sha1(b"body")))
    assert [item.truncated for item in came if isinstance(item, Exchange)] == ["time", "time"]


@pytest.mark.parametrize(
    "other",
    [
        revisit(OWN_HEAD, WARC_Payload_Digest=sha1(b"elsewhere")),
        revisit(OWN_HEAD),
        revisit(OWN_HEAD, WARC_Profile=NOT_MODIFIED, WARC_Refers_To="<urn:uuid:1>"),
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("metadata", b"a: b"),
        record("response", b"no head"),
    ],
)
def test_what_holds_no_payload_is_passed_over(other: bytes, tmp_path: Path) -> None:
    came, error = taken(tmp_path / "f.warc", ORIGINAL + other)
    assert ([item.body for item in came], error) == ([b"body"], None)


def test_our_own_revisits_come_back_and_packages_share_originals(tmp_path: Path) -> None:
    again = replace(PAGE, url="http://example.gov.cn/b.html", fetched_at=datetime(2025, 5, 1, tzinfo=UTC))
    came = list(captures_of(written(tmp_path, PAGE, again)))
    assert [(item.url, item.body) for item in came] == [(PAGE.url, PAGE.body), (again.url, PAGE.body)]
    with zipfile.ZipFile(tmp_path / "two.wacz", "w") as file:
        file.writestr("archive/1.warc", ORIGINAL)
        file.writestr("archive/2.warc", revisit(OWN_HEAD, WARC_Payload_Digest=sha1(b"body")))
    assert [item.body for item in captures_of(tmp_path / "two.wacz")] == [b"body", b"body"]
