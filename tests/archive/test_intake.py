"""What others archived comes in with the bytes, times and addresses that they recorded."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.exchange import Exchange, SavedFile
from archive.intake import captures_of, unchunked
from archive.writer import ArchiveWriter

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
