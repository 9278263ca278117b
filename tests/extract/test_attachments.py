"""Attachments are the document's files: named, absolute, each once, and no pictures of the sidebar."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.attachments import (
    Attachment,
    is_kept,
    listed_attachments,
    may_name_files,
    read_attachments,
)
from extract.document import read_document

TEMPLATES = Path(__file__).parent / "templates"
URL = "http://www.yunxi.example/zwgk/content/post_1.html"


def attachments(markup: str, url: str | None = URL) -> tuple[Attachment, ...]:
    node = LexborHTMLParser(f"<body><div id=b>{markup}</div></body>").css_first("#b")
    assert node is not None
    return read_attachments(node, url)


def test_name_address_and_type():
    assert attachments('<a href="/attachment/1.PDF"> 附件1：<b>指标表</b> </a>') == (
        Attachment("附件1：指标表", "http://www.yunxi.example/attachment/1.PDF", "pdf"),
    )


def test_relative_address_stays_when_the_page_has_none():
    assert attachments('<a href="./P020.xlsx">表</a>', None) == (Attachment("表", "./P020.xlsx", "xlsx"),)


def test_type_may_stand_in_the_query_or_in_the_name():
    found = attachments('<a href="/download.jsp?id=1&name=a.docx">下载</a><a href="/down?id=2">表.xls</a>')
    assert [each.type for each in found] == ["docx", "xls"]


def test_each_address_once_and_only_files():
    markup = (
        '<a href="/1.doc">甲</a><a href="/1.doc">甲</a><a href="/qr.jpg">码</a><a href="/2.html">乙</a>'
        '<a href="javascript:void(0)">丙.pdf</a><a href="mailto:a@b.c">丁.pdf</a><a href="http://[::1/3.pdf">戊</a>'
    )
    assert [each.name for each in attachments(markup)] == ["甲"]


def test_a_list_right_below_the_body_counts_and_a_sidebar_does_not():
    page = LexborHTMLParser(
        '<div class=side><a href="/9.pdf">栏外</a></div>'
        '<div><div id=b>正文</div><ul><li><a href="/1.pdf">附件</a></ul></div>'
    )
    node = page.css_first("#b")
    assert node is not None
    assert [each.name for each in read_attachments(node, URL)] == ["附件"]


def test_rows_of_json_may_be_odd():
    rows = [
        {"name": "a.doc", "url": "/a", "type": "DOC"},
        {"url": 3},
        7,
        None,
        {"url": "/b.pdf"},
        {"url": "javascript:x"},
    ]
    assert listed_attachments(rows, URL) == (
        Attachment("a.doc", "http://www.yunxi.example/a", "doc"),
        Attachment("b.pdf", "http://www.yunxi.example/b.pdf", "pdf"),
    )


@pytest.mark.parametrize(
    ("name", "url", "declared", "kept"),
    [
        ("附件", "http://h/a.pdf", "pdf", True),
        ("附件1.docx", "http://h/download?id=3", "", True),
        ("附件", "http://h/get.jsp?file=a.xlsx", "file", True),
        ("封面", "http://h/a.jpg", "jpg", False),
        ("视频", "http://h/a.mp4", "mp4", False),
    ],
)
def test_files_that_hold_documents_are_kept_and_pictures_are_not(name, url, declared, kept):
    assert is_kept(Attachment(name, url, declared)) is kept


@pytest.mark.parametrize(
    ("payload", "may"),
    [
        (b'<a href="/a/1.PDF">x</a>', True),
        ('<a href="/down?id=3">2023年报表.xlsx</a>'.encode("gb18030"), True),
        (b'{"attachments": [{"url": "/f/1", "type": "docx"}]}', True),
        ('<a href="/a/1.pdf">x</a>'.encode("utf-16"), True),
        (b'<a href="/a/1.html">x</a><script src="/js/docs.js"></script>', False),
        (b"", False),
    ],
)
def test_it_is_told_at_a_glance_whether_a_page_can_name_files(payload, may):
    assert may_name_files(payload) == may


def test_no_page_that_names_files_is_passed_over():
    pages = [path.read_bytes() for path in sorted(TEMPLATES.glob("*.html"))]
    naming = [page for page in pages if any(map(is_kept, read_document(page, url=URL).attachments))]
    assert naming
    assert all(map(may_name_files, naming))
