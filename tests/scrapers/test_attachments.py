"""Files that pages name: which are asked for, how often, and what is told of those that do not come."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.reader import read_payload
from extract.attachments import Attachment
from extract.document import read_document
from scrapers import attachments
from scrapers.answer import Answer
from scrapers.attachments import no_file
from scrapers.capture import Known, KnownFiles
from tests.scrapers.conftest import FakeTime
from tests.scrapers.runs import Done, crawled
from tests.scrapers.server import Reply, Server, answer, page

NOW = datetime(2024, 8, 1, tzinfo=UTC)
PDF = answer(200, b"%PDF-1.4 made up", "Content-Type: application/pdf", 'ETag: "f"')
LIST = '<ul><li><a href="/zj/a.html">2023年工作总结</a><i>2024-01-20</i></li>{}</ul>'
ROW = '<li><a href="{}">{}</a><i>2024-08-07</i></li>'
BODY = "清河街道上半年完成固定资产投资三亿元，各项工作有序推进。" * 12


def article(*links: str, text: str = BODY, views: int = 0) -> bytes:
    """Return a page of an article whose last lines are links; `views` is a counter outside of the text."""
    names = "".join(f'<p><a href="{link}">附件</a></p>' for link in links)
    head = '<meta name="ArticleTitle" content="清河街道2023年工作总结">'
    body = f'<div id="zoom"><p>{text}</p>{names}</div><i>{views}</i>'
    return page(f"<html><head>{head}</head><body>{body}</body></html>")


def run(
    folder: Path, time: FakeTime, replies: Mapping[str, list[Reply]], *links: str, more: str = "", **how: Any
) -> Done:
    """Crawl a site of one listed page that links to files; `more` are further rows of its list."""
    pages = {"/zj/index.html": [page(LIST.format(more))], "/zj/a.html": [article(*links)]}
    return crawled(folder, time, {**pages, **replies}, **how)


def messages(done: Done) -> list[str]:
    return [row["message"] for row in done.rows["issues"]]


def test_files_are_archived_behind_the_documents_and_are_no_documents_of_the_report(
    tmp_path: Path, fake_time: FakeTime
):
    replies = {"/f/a.pdf": [PDF], "/zj/b.docx": [answer(200, b"PK\x03\x04word")]}
    done = run(tmp_path, fake_time, replies, "/f/a.pdf", "b.docx", more=ROW.format("/zj/b.html", "计划"))
    assert done.server.requests[2:] == ["/zj/a.html", "/zj/b.html", "/f/a.pdf", "/zj/b.docx"]
    assert done.captures("attachment") == [("/f/a.pdf", "ok"), ("/zj/b.docx", "ok")]
    assert dict(done.report.counts) == {"ok": 1, "not_found": 1}
    row = done.rows["captures"][-2]
    assert read_payload(done.archive, row["warc"], row["offset"]).body == b"%PDF-1.4 made up"


def test_a_file_may_be_larger_than_a_page_and_not_boundless(
    tmp_path: Path, fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(attachments, "FILE_BYTES_MAX", 9 << 20)
    replies = {
        "/f/a.pdf": [answer(200, b"%PDF" + bytes(8 << 20))],
        "/f/b.pdf": [answer(200, b"%PDF" + bytes(10 << 20))],
    }
    done = run(tmp_path, fake_time, replies, "/f/a.pdf", "/f/b.pdf")
    assert done.captures("attachment") == [("/f/a.pdf", "ok"), ("/f/b.pdf", "too_large")]
    assert done.issues() == [("warning", "attachment_too_large")]


def test_51_files_on_other_hosts_get_no_request_and_one_note(tmp_path: Path, fake_time: FakeTime):
    done = run(tmp_path, fake_time, {}, "http://mirror.example/a.pdf", "http://mirror.example/b.pdf")
    assert done.captures("attachment") == []
    assert done.issues() == [("warning", "attachment_elsewhere")]
    assert "not in `hosts`" in messages(done)[0]
    assert "2 attachments were not asked for" in messages(done)[0]


def test_a_link_to_a_picture_or_a_page_is_no_attachment(tmp_path: Path, fake_time: FakeTime):
    done = run(tmp_path, fake_time, {}, "/f/qr.jpg", "/f/other.html")
    assert done.captures("attachment") == []


def test_58_one_file_under_two_pages_is_asked_once_in_all_its_spellings(tmp_path: Path, fake_time: FakeTime):
    replies = {"/zj/b.html": [article("/f/%E6%80%BB.pdf", "/f/总.pdf#page=2")], "/f/%E6%80%BB.pdf": [PDF]}
    done = run(tmp_path, fake_time, replies, "/f/总.pdf", more=ROW.format("/zj/b.html", "计划"))
    assert done.server.count("/f/%E6%80%BB.pdf") == 1
    rows = [row for row in done.rows["captures"] if row["purpose"] == "attachment"]
    spelled = [row["url"].removeprefix(done.server.url) for row in rows]
    assert spelled == ["/f/总.pdf", "/f/%E6%80%BB.pdf", "/f/总.pdf#page=2"]
    assert len({(row["warc"], row["offset"]) for row in rows}) == 1


def test_a_file_that_is_listed_itself_is_a_document(tmp_path: Path, fake_time: FakeTime):
    more = ROW.format("/f/a.pdf", "2023年工作总结全文")
    done = run(tmp_path, fake_time, {"/f/a.pdf": [PDF]}, "/f/a.pdf", more=more)
    assert done.server.count("/f/a.pdf") == 1
    assert ("/f/a.pdf", "ok") in done.captures("document")


# -- the next run --------------------------------------------------------------------------------------


def known_page(server: Server, *links: str, text: str = BODY, digest: str = "sha256:00") -> dict[str, Known]:
    """The page /zj/a.html as an earlier run read it."""
    raw = article(*links, text=text).partition(b"\r\n\r\n")[2]
    url = f"{server.url}/zj/a.html"
    read = read_document(raw, url=url, content_type="text/html")
    return {url: Known(url, None, None, digest, NOW, NOW, read.text_digest)}


def held(server: Server, *paths: str, asked: tuple[str, ...] = ()) -> KnownFiles:
    urls = [server.url + path for path in paths]
    files = {url: Known(url, '"f"', None, "sha256:f", NOW, NOW) for url in urls}
    return KnownFiles(files, frozenset({*urls, *(server.url + path for path in asked)}))


def owed(server: Server, *paths: str) -> KnownFiles:
    return KnownFiles(owed=[Attachment("附件", server.url + path, "pdf") for path in paths])


def test_90_an_unchanged_page_asks_for_nothing(tmp_path: Path, fake_time: FakeTime):
    page_url = "/zj/a.html"

    def known(server: Server) -> dict[str, Known]:
        url = server.url + page_url
        return {url: Known(url, '"1"', None, "sha256:00", datetime(2024, 8, 6, tzinfo=UTC))}

    replies = {page_url: [answer(304, length=False)]}
    done = run(tmp_path, fake_time, replies, known=known, files=lambda server: held(server, "/f/a.pdf"))
    assert done.captures("document") == [(page_url, "unchanged")]
    assert done.captures("attachment") == []


def test_a_view_counter_asks_for_no_file_again_but_for_one_that_is_new(tmp_path: Path, fake_time: FakeTime):
    replies = {"/zj/a.html": [article("/f/a.pdf", "/f/dead.pdf", "/f/b.pdf", views=7)], "/f/b.pdf": [PDF]}
    done = run(
        tmp_path,
        fake_time,
        replies,
        known=lambda server: known_page(server, "/f/a.pdf", "/f/dead.pdf", "/f/b.pdf"),
        files=lambda server: held(server, "/f/a.pdf", asked=("/f/dead.pdf",)),
    )
    assert done.captures("attachment") == [("/f/b.pdf", "ok")]


def test_a_view_counter_repeats_no_note_of_files_elsewhere(tmp_path: Path, fake_time: FakeTime):
    link = "http://mirror.example/a.pdf"
    done = run(tmp_path, fake_time, {}, link, known=lambda server: known_page(server, link))
    assert (done.captures("attachment"), done.issues()) == ([], [])


def test_a_new_text_asks_for_held_files_conditionally(tmp_path: Path, fake_time: FakeTime):
    replies = {"/f/a.pdf": [answer(304, length=False)]}
    done = run(
        tmp_path,
        fake_time,
        replies,
        "/f/a.pdf",
        known=lambda server: known_page(server, "/f/a.pdf", text="旧文。" * 99),
        files=lambda server: held(server, "/f/a.pdf"),
    )
    assert b'If-None-Match: "f"' in done.server.heads[-1]
    assert done.captures("attachment") == [("/f/a.pdf", "unchanged")]
    assert done.rows["captures"][-1]["payload_digest"] == "sha256:f"


def test_what_is_owed_is_asked_for_without_its_page(tmp_path: Path, fake_time: FakeTime):
    done = run(tmp_path, fake_time, {"/f/late.pdf": [PDF]}, files=lambda server: owed(server, "/f/late.pdf"))
    assert done.captures("attachment") == [("/f/late.pdf", "ok")]


def test_what_is_owed_elsewhere_is_not_told_every_night(tmp_path: Path, fake_time: FakeTime):
    files = KnownFiles(owed=[Attachment("附件", "http://mirror.example/a.pdf", "pdf")])
    done = run(tmp_path, fake_time, {}, files=lambda _: files)
    assert (done.captures("attachment"), done.issues()) == ([], [])


@pytest.mark.parametrize("narrowed", [{"limit": 1}, {"since": date(2024, 1, 1)}])
def test_a_narrowed_run_asks_for_the_files_of_its_own_pages_only(
    tmp_path: Path, fake_time: FakeTime, narrowed: dict[str, Any]
):
    replies = {"/f/a.pdf": [PDF], "/f/late.pdf": [PDF]}
    done = run(
        tmp_path, fake_time, replies, "/f/a.pdf", files=lambda server: owed(server, "/f/late.pdf"), **narrowed
    )
    assert done.captures("attachment") == [("/f/a.pdf", "ok")]


def test_a_limit_of_nothing_asks_for_no_file(tmp_path: Path, fake_time: FakeTime):
    done = run(
        tmp_path,
        fake_time,
        {},
        "/f/a.pdf",
        files=lambda server: owed(server, "/f/late.pdf"),
        limit=0,
    )
    assert done.server.requests == ["/robots.txt", "/zj/index.html"]


# -- what goes wrong -----------------------------------------------------------------------------------


def test_a_file_that_does_not_come_is_told_and_turns_nothing_red(tmp_path: Path, fake_time: FakeTime):
    done = run(tmp_path, fake_time, {"/f/b.pdf": [answer(503)]}, "/f/a.pdf", "/f/b.pdf")
    assert done.captures("attachment") == [("/f/a.pdf", "not_found"), ("/f/b.pdf", "server_error")]
    assert done.issues() == [("warning", "attachment_not_found"), ("warning", "attachment_server_error")]
    assert done.report.complete


def test_33_robots_count_for_files_too(tmp_path: Path, fake_time: FakeTime):
    robots: dict[str, list[Reply]] = {"/robots.txt": [page("User-agent: *\nDisallow: /f/")]}
    done = run(tmp_path, fake_time, robots, "/f/a.pdf")
    assert done.captures("attachment") == [("/f/a.pdf", "disallowed")]
    assert done.server.count("/f/a.pdf") == 0


def test_05_a_host_that_asks_to_wait_is_left_alone(tmp_path: Path, fake_time: FakeTime):
    replies = {"/f/a.pdf": [answer(429, b"", "Retry-After: 86400")], "/f/b.pdf": [PDF]}
    done = run(tmp_path, fake_time, replies, "/f/a.pdf", "/f/b.pdf")
    assert done.server.count("/f/b.pdf") == 0
    assert done.issues() == [("warning", "attachment_blocked"), ("warning", "host_stopped")]
    assert max(fake_time.slept, default=0) < 60


def test_32_a_page_in_place_of_a_file_is_no_file(tmp_path: Path, fake_time: FakeTime):
    done = run(tmp_path, fake_time, {"/f/a.pdf": [page("<p>请先登录</p>")]}, "/f/a.pdf")
    assert done.captures("attachment") == [("/f/a.pdf", "unsupported")]
    assert "a page where a file should be" in messages(done)[0]


@pytest.mark.parametrize(
    ("content_type", "payload", "is_file"),
    [
        ("application/pdf", b"%PDF-1.4", True),
        ("text/html", b"%PDF-1.4", True),
        ("text/plain", "项目,金额".encode(), True),
        ("application/msword", b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>", True),
        ("text/html; charset=utf-8", "<p>登录</p>".encode(), False),
        (None, b" <!doctype html>", False),
        (None, b"a,b", True),
    ],
)
def test_the_bytes_tell_a_file_before_the_header_does(
    content_type: str | None, payload: bytes, is_file: bool
):
    headers = {"content-type": content_type} if content_type else {}
    given = Answer("http://h/a.pdf", "http://h/a.pdf", NOW, "ok", None, 200, headers, payload)
    assert (no_file(given) is None) is is_file


def test_a_page_of_very_many_files_is_cut_and_told(
    tmp_path: Path, fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(attachments, "PER_PAGE_MAX", 2)
    done = run(
        tmp_path, fake_time, {f"/f/{n}.pdf": [PDF] for n in range(3)}, "/f/0.pdf", "/f/1.pdf", "/f/2.pdf"
    )
    assert done.captures("attachment") == [("/f/0.pdf", "ok"), ("/f/1.pdf", "ok")]
    assert done.issues() == [("warning", "attachments_many")]


def test_a_page_that_the_extractor_stumbles_over_does_not_end_the_run(
    tmp_path: Path, fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(attachments, "read_document", lambda *_, **__: 1 / 0)
    done = run(tmp_path, fake_time, {}, "/f/a.pdf")
    assert done.report.complete
    assert done.issues() == [("warning", "attachments_unread")]
    assert "ZeroDivisionError" in messages(done)[0]
