"""What the parser may meet at night, from the wire to the warehouse (FAULTS 59-70)."""

import pytest

from flows import reading
from flows.readers import Stopped
from tests.flows.nights.conftest import Nights, report
from tests.scrapers.server import answer

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
    page = "<html><body><p>新建\x00公园\x0b3个。&#xD800;&#0;</p></body></html>".encode()
    nights.serve(a1=[answer(200, page, "Content-Type: text/html; charset=utf-8")])
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
