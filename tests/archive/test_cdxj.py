"""A line of the index: what a player can show, and nothing that was asked with."""

import json
from collections.abc import Callable
from pathlib import Path

from archive.cdxj import index_line
from archive.copying import answer_copies
from archive.exchange import Exchange, SavedFile
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]
COOKIE = b"GET /a HTTP/1.1\r\nHost: demo.example\r\nCookie: secret=1\r\n\r\n"


def lines(folder: Path, run: str, *items: Exchange | SavedFile) -> list[str | None]:
    """Return the line of each record, requests too."""
    with ArchiveWriter(folder, run, lambda wire_digest: None) as writer:
        stored = [writer.write(item) for item in items]
    copies = answer_copies(folder, stored[-1].warc, stored[-1].offset, begin=0)
    assert copies.damaged is None
    return [index_line(copy.record, "a.warc.gz", copy.offset, len(copy.member)) for copy in copies.records]


def test_answers_have_a_line_and_requests_none(folder: Path, run: str, exchange: Make) -> None:
    request, answer, *_, revisit = lines(
        folder, run, exchange(b"page", request_head=COOKIE), exchange(b"page", request_head=COOKIE)
    )
    assert request is None
    assert answer is not None
    assert revisit is not None
    key, moment, fields = answer.split(" ", 2)
    assert (key, moment) == ("example,demo)/a", "20260105031700")
    told = json.loads(fields)
    assert told["mime"] == "text/html"
    assert told["status"] == "200"
    assert told["filename"] == "a.warc.gz"
    assert json.loads(revisit.split(" ", 2)[2])["mime"] == "warc/revisit"
    assert json.loads(revisit.split(" ", 2)[2])["digest"] == told["digest"]
    assert "secret" not in answer + revisit


def test_a_304_hides_no_capture(folder: Path, run: str, exchange: Make) -> None:
    head = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert lines(folder, run, exchange(b"", status=304, response_head=head)) == [None, None]


def test_a_saved_file_has_a_line(folder: Path, run: str, exchange: Make) -> None:
    saved = SavedFile("file:///a.txt", "text/plain; charset=gbk", b"text", exchange().fetched_at)
    (line,) = lines(folder, run, saved)
    assert line is not None
    assert line.startswith("file:///a.txt 20260105031700 ")
    assert json.loads(line.split(" ", 2)[2])["mime"] == "text/plain"


def test_an_answer_without_a_type_has_one_that_says_so(folder: Path, run: str, exchange: Make) -> None:
    _, line = lines(folder, run, exchange(b"page", response_head=b"HTTP/1.1 200 OK\r\n\r\n"))
    assert line is not None
    assert '"mime": "unk"' in line
