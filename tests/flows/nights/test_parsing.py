"""What the parser may meet at night, from the wire to the warehouse (FAULTS 59-70)."""

import json

import pytest

from archive.runs import read_rows
from flows import reading
from flows.loading import load
from flows.pipeline import owned
from flows.readers import Stopped
from scrapers.site import Profile
from tests.flows.nights.conftest import Nights, listing, report
from tests.scrapers.server import answer, page
from warehouse.rebuild import rebuild_raw

READ = """
    select kind, body, warnings
    from core.documents
    inner join raw.captures using (payload_digest)
    where url like '%a1.html'
"""
HTML = "<html><head>{}<title>清河街道工作总结</title></head><body><p>新建公园㎡3个。镕冇喆</p></body></html>"


@pytest.mark.parametrize(
    ("payload", "header"),
    [
        (HTML.format('<meta charset="gb2312">').encode("gb18030"), "text/html"),
        (HTML.format("").encode("gb18030"), "text/html; charset=gb2312"),
        (HTML.format('<meta charset="gb2312">').encode("utf-8"), "text/html; charset=utf-8"),
        (b"\xef\xbb\xbf" + HTML.format('<meta charset="gbk">').encode("utf-8"), "text/html"),
        (HTML.format("").encode("utf-16"), "text/html"),
    ],
    ids=["gb18030 called gb2312", "header only", "header against meta", "BOM against meta", "UTF-16"],
)
def test_59_the_text_is_right_whatever_the_charset_is_called(nights: Nights, payload: bytes, header: str):
    nights.serve(a1=[answer(200, payload, f"Content-Type: {header}")])
    nights.crawl()
    ((kind, body, _),) = nights.ask(READ)
    assert (kind, body) == ("article", "新建公园㎡3个。镕冇喆")


def test_60_two_bad_bytes_are_kept_and_told(nights: Nights):
    text = report().partition(b"\r\n\r\n")[2].replace("公园".encode(), "公园".encode() + b"\xff\xfe")
    nights.serve(a1=[answer(200, text, "Content-Type: text/html; charset=utf-8")])
    nights.crawl()
    ((_, body, warnings),) = nights.ask(READ)
    assert "\ufffd" in body
    assert warnings


@pytest.mark.parametrize(
    "payload",
    [b"%PDF-1.7 not a page", b"", b"   "],
    ids=["PDF", "empty", "blank"],
)
def test_61_a_file_or_nothing_called_a_page_is_no_article(nights: Nights, payload: bytes):
    nights.serve(a1=[answer(200, payload, "Content-Type: text/html")])
    nights.crawl()
    ((kind, body, warnings),) = nights.ask(READ)
    assert (kind in ("file", "error"), body) == (True, "")
    assert warnings


def test_66_control_characters_and_surrogates_are_gone(nights: Nights):
    odd = "<html><body><p>新建\x00公园\x0b3个。&#xD800;&#0;</p></body></html>".encode()
    nights.serve(a1=[answer(200, odd, "Content-Type: text/html; charset=utf-8")])
    nights.crawl()
    ((_, body, _),) = nights.ask(READ)
    assert body.encode("utf-8")
    assert "\x00" not in body
    assert "3个" in body


def test_67_the_figures_are_those_of_the_page(nights: Nights):
    nights.crawl()
    figures = nights.ask(
        "select indicator, written, period_end::varchar from mart.metrics where url like '%a1.html' "
        "order by span_start"
    )
    assert figures == [("规上工业总产值", "63.4亿元", "2023-12-31"), ("新建公园", "3个", "2023-12-31")]


def test_64_a_payload_that_no_reader_can_read_is_told_and_not_read_again(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []

    class Hopeless:
        def __init__(self, *_: object) -> None: ...
        def __enter__(self):
            return self

        def __exit__(self, *_: object) -> None: ...

        def results(self, items):
            for item in items:
                asked.append(item.url)
                yield Stopped("it takes longer than 30 s")

    monkeypatch.setattr(reading, "Readers", Hopeless)
    nights.serve(a1=[answer(200, b"%PDF-1.7 a maze", "Content-Type: application/pdf")])
    result = nights.crawl()
    ((kind, body, warnings),) = nights.ask(READ)
    assert (kind, body, warnings) == ("file", "", ["reading: given up, it takes longer than 30 s"])
    assert result.loaded.refused == ()
    nights.crawl()
    assert len(asked) == 1


PARAGRAPH = "街道坚持稳中求进，扎实推进各项工作，圆满完成全年目标任务，居民生活持续改善。" * 3
SHELL = """<html><head><title>清河街道</title></head><body><div id="app"></div>
<script>window._CONFIG={{ACTION:'content',DETAIL:{record},TREE:[]}}</script></body></html>"""


def test_63_a_text_that_only_a_script_holds_is_read(nights: Nights):
    record = {"title": "清河街道2023年工作总结", "content": f"<p>新建公园3个。</p><p>{PARAGRAPH}</p>"}
    nights.serve(a1=[page(SHELL.format(record=json.dumps(record, ensure_ascii=False)))])
    nights.crawl()
    assert nights.ask(READ) == [("article", f"新建公园3个。\n{PARAGRAPH}", [])]
    assert nights.ask("select written from mart.metrics where url like '%a1.html'") == [("3个",)]


def dated(day: str) -> bytes:
    head = f'<meta name="ArticleTitle" content="总结"><meta name="PubDate" content="{day}">'
    return page(f"<html><head>{head}</head><body><div id=zoom><p>{PARAGRAPH}</p></div></body></html>")


@pytest.mark.parametrize("day", ["2023-13-45", "2048-05-06"])
def test_69_a_day_that_cannot_be_is_null_and_told(nights: Nights, day: str):
    nights.serve(a1=[dated(day)])
    nights.crawl()
    query = READ.replace("kind, body", "documents.published_on")
    assert nights.ask(query)[0][0] is None
    assert "published: " in nights.ask(query)[0][1][0]
    assert nights.ask("select published::varchar from mart.documents where url like '%a1.html'") == [
        ("2024-01-20",)
    ], "the day of the listing stands, never that of the crawl"


def test_69_a_row_of_a_day_to_come_has_no_date_and_is_told(nights: Nights):
    nights.serve(listing=[listing(("/zj/a1.html", "总结")).replace(b"2024-01-20", b"2048-05-06")])
    result = nights.crawl()
    run = nights.layout.runs / (result.sites[0].run_id or "")
    (entry,) = read_rows(run, "entries")
    (issue,) = read_rows(run, "issues")
    assert (entry["published_on"], issue["code"]) == (None, "row_date_ahead")


def moved(holder: str) -> bytes:
    """Return a report in an element of its own, beside a notice that is longer than it."""
    notice = f"<div class=notice><p>{PARAGRAPH * 3}</p></div>"
    return page(f"<html><body><h1>总结</h1><div id={holder}><p>新建公园3个。</p></div>{notice}</body></html>")


def test_70_a_new_template_is_told_and_a_selector_that_was_mended_gives_the_text(nights: Nights):
    nights.serve(a1=[moved("old")], a2=[report("58.1")])
    assert nights.crawl(profile=Profile(body="#old, #zoom")).failed == ()
    assert nights.ask(READ)[0][1] == "新建公园3个。"

    nights.serve(a1=[moved("fresh").replace(b"3", b"4")], a2=[report("58.1")])
    (failed,) = nights.crawl(profile=Profile(body="#old, #zoom")).failed
    assert "'#old, #zoom'" in failed.errors[0]
    assert "1 of 1 new pages" in failed.errors[0]
    assert "新建公园4个。" not in [body for _, body, _ in nights.ask(READ)], (
        "the general rules took the notice"
    )

    nights.crawl(profile=Profile(body="#old, #fresh, #zoom"))
    asked = len(nights.server.requests)
    with owned(nights.layout):
        rebuild_raw(nights.layout.data)
        load(nights.layout, lambda _: None)
    assert sorted(body for _, body, _ in nights.ask(READ + " group by all")) == [
        "新建公园3个。",
        "新建公园4个。",
    ]
    assert len(nights.server.requests) == asked


def test_71_another_version_reads_the_archive_again_without_a_request(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
):
    nights.crawl()
    versions = "select distinct extractor_version, metrics_version from core.documents"
    ((document, metrics),) = nights.ask(versions)
    before = nights.ask("select indicator, written from mart.metrics order by all")
    nights.server.requests.clear()

    monkeypatch.setattr("extract.document.VERSION", f"{document}-next")
    monkeypatch.setattr("flows.loading.DOCUMENT_VERSION", f"{document}-next")
    monkeypatch.setattr("flows.loading.METRICS_VERSION", f"{metrics}-next")
    with owned(nights.layout):
        again, more = (load(nights.layout, lambda _: None) for _ in range(2))

    assert nights.server.requests == []
    assert (again.documents, more.documents) == (2, 0)
    assert nights.ask(versions) == [(f"{document}-next", f"{metrics}-next")]
    assert nights.ask("select indicator, written from mart.metrics order by all") == before
    assert nights.versions == 2
