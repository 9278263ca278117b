"""List pages of any make: which links are rows, which dates are theirs, and where the next page is."""

import time
from datetime import date
from urllib.parse import urlsplit

import pytest

from scrapers.errors import UnreadableError
from scrapers.platforms.links import Links
from scrapers.platforms.protocol import ListingPage
from tests.scrapers.platforms.made import answered, listed

URL = "http://www.qinghe.example/gk/zj/index.html"


def read(html: str | bytes, url: str = URL, rows: str | None = None) -> ListingPage:
    column = listed("links", base_url=url, host=urlsplit(url).netloc, url=url, rows=rows)
    return Links().read(column, Links().first(column), answered(url, html))


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="a1.html">工作总结</a><span>2024-08-07</span></li>',
        '<li><span>[2024/08/07]</span><a href="a1.html">工作总结</a></li>',
        '<li><a href="a1.html">工作总结<i>2024.8.7</i></a></li>',
        '<li><a href="a1.html" title="工作总结">工作…</a> 2024年8月7日</li>',
        '<li><a href="a1.html">工作总结</a> 24-08-07</li>',
        '<dl><dt><a href="a1.html">工作总结</a></dt><dd>2024-08-07 11:16</dd></dl>',
        '<tr><td><a href="a1.html">工作总结</a></td><td>2024-08-07</td></tr>',
        '<li><a href="a1.html"><img src="x.png"></a><a href="a1.html">工作总结</a><b>2024-08-07</b></li>',
    ],
)
def test_shapes_of_rows(row: str):
    wrap = f"<table>{row}</table>" if row.startswith("<tr") else f"<ul>{row}</ul>"
    (found,) = read(f"<body>{wrap}</body>").rows
    assert (found.url, found.title) == ("http://www.qinghe.example/gk/zj/a1.html", "工作总结")
    assert found.published_on == date(2024, 8, 7)


def test_a_year_in_the_title_is_not_the_date():
    (row,) = read('<ul><li><a href="a1.html">2019-2020年工作总结</a><i>2024-08-07</i></li></ul>').rows
    assert (row.title, row.published_on) == ("2019-2020年工作总结", date(2024, 8, 7))


def test_a_title_that_ends_in_a_digit_does_not_run_into_the_date():
    (row,) = read('<ul><li><a href="a1.html">工作总结2023</a><i>2024-08-07</i></li></ul>').rows
    assert (row.title, row.published_on) == ("工作总结2023", date(2024, 8, 7))


def test_a_title_that_begins_with_a_date_is_kept():
    (row,) = read('<ul><li><a href="a1.html"><b>·</b>2024年8月1日会议</a><i>2024-08-07</i></li></ul>').rows
    assert (row.title, row.published_on) == ("·2024年8月1日会议", date(2024, 8, 7))


def test_98_a_title_of_a_megabyte_is_one():
    long = "长" * 1_000_000
    other = '<li><a href="a2.html">工作总结</a><i>2024-08-06</i></li>'
    found = read(f'<ul><li><a href="a1.html">{long}</a><i>2024-08-07</i></li>{other}</ul>').rows
    assert [(row.title, row.published_on) for row in found] == [
        (long, date(2024, 8, 7)),
        ("工作总结", date(2024, 8, 6)),
    ]


def test_a_long_text_around_a_link_is_no_row():
    assert read(f'<div>发布时间：2024-08-07 {"正文" * 400}<a href="a1.html">工作总结</a></div>').rows == ()


@pytest.mark.parametrize(
    "written", ["<a href=a1.html>工作总结</a><i>2024-02-31</i>", "<a href=a1.html>总结<i>2024-02-31</i></a>"]
)
def test_an_impossible_date_keeps_the_row(written: str):
    (row,) = read(f"<ul><li>{written}</li></ul>").rows
    assert (row.published_on, row.unread_day) == (None, "2024-02-31")


def items(names: list[str], css: str = "list") -> str:
    rows = "".join(f'<li><a href="{name}.html">{name}号文</a><i>2024-08-07</i></li>' for name in names)
    return f'<ul class="{css}">{rows}</ul>'


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("清河街道2024年", "清河街道2024年工作总结", "清河街道2024年工作总结"),
        ("清河街道…", "清河街道2024年工作总结", "清河街道2024年工作总结"),
        ("工作总结", "工作总结 2024-08-07", "工作总结"),
        ("工作总结", "点击查看", "工作总结"),
        ("", "工作总结", "工作总结"),
    ],
)
def test_a_cut_text_has_its_whole_in_the_title_attribute(text: str, title: str, found: str):
    (row,) = read(f'<ul><li><a href="a1.html" title="{title}">{text}</a><i>2024-08-07</i></li></ul>').rows
    assert row.title == found


def test_the_largest_dated_group_is_the_list_and_may_be_split():
    html = f"""<div class="nav"><a href="/x">首页</a> 2024-08-07</div>{items(["n1", "n2"], "hot")}
    {items(["a1", "a2"])}<hr>{items(["a3", "a1"])}"""
    assert [row.title for row in read(html).rows] == ["a1号文", "a2号文", "a3号文"]


def test_42_51_links_that_are_no_documents_here():
    html = """<ul><li><a href="a1.html">好</a>2024-08-07</li>
    <li><a href="javascript:open()">甲</a>2024-08-07</li><li><a href="mailto:a@b.c">乙</a>2024-08-07</li>
    <li><a href="data:text/html,x">丙</a>2024-08-07</li><li><a href="#top">丁</a>2024-08-07</li>
    <li><a href="https://mp.weixin.example/s/1">戊</a>2024-08-07</li></ul>"""
    page = read(html)
    assert [row.title for row in page.rows] == ["好"]
    assert (len(page.dropped), page.notes[0].code) == (1, "row_off_list")


def test_43_a_foreign_base_puts_links_out_of_scope():
    page = read(f'<base href="http://mirror.example/">{items(["a1", "a2"])}')
    assert (page.rows, len(page.dropped)) == ((), 2)


def test_rows_by_the_selector_of_the_site_file():
    html = (
        '<p class="r"><a href="a1.html">一</a></p><p class="r"><a href="a2.html">二</a></p><p class="r">-</p>'
    )
    assert [row.title for row in read(html, rows="p.r").rows] == ["一", "二"]
    with pytest.raises(UnreadableError, match="profile rows"):
        read(html, rows="p[[")


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        ('<a href="index_2.html">下一页</a>', "index_2.html"),
        ('<a href="index_2.html">下页 &gt;</a>', "index_2.html"),
        ('<a href="index_2.html">Next</a>', "index_2.html"),
        ('<a href="zj/128.htm">下页</a>', "zj/128.htm"),
        ('<a href="index.html">下一页</a>', None),
        ('<a href="javascript:go(2)">下一页</a>', None),
        ('<a href="#">下一页</a>', None),
        ('<a href="x.html">下一页的故事</a>', None),
        ('<script>createPageHTML(3, 0, "index", "html");</script>', "index_1.html"),
        ("<script>createPageHTML(3,1,'index','shtml')</script>", "index_2.shtml"),
        ('<script>createPageHTML(3, 2, "index", "html");</script>', None),
        ('<script>createPageHTML(1, 0, "index", "html");</script>', None),
    ],
)
def test_the_next_page(pager: str, following: str | None):
    expected = [f"http://www.qinghe.example/gk/zj/{following}"] if following else []
    assert [request.url for request in read(items(["a1"]) + pager).following] == expected


def test_gb18030_lists_are_read():
    (row,) = read(f'<meta charset="gb2312">{items(["䶮"])}'.encode("gb18030")).rows
    assert row.title == "䶮号文"


@pytest.mark.parametrize("html", ["<div>" * 50_000, "<p " + "a=1 " * 60_000 + ">"])
def test_64_pages_too_large_to_parse_are_refused(html: str):
    with pytest.raises(UnreadableError, match="too large"):
        read(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div><a href='/x'>文</a>" * 9_000,
        "<div>" + "<a href='/x'>文</a>" * 15_000 + "公开" * 90_000,
    ],
    ids=["nested", "one address"],
)
def test_64_hostile_pages_of_links_take_no_time(html: str):
    started_s = time.process_time()
    assert read(html).rows == ()
    assert time.process_time() - started_s < 5


def test_64_a_flat_page_of_many_links_takes_linear_time():
    html = '<body><a href="/x">一</a>' + "".join(f'<a href="/a{n}">文 2024-08-07</a>' for n in range(15_000))
    started_s = time.process_time()
    assert len(read(html).rows) == 15_000
    assert time.process_time() - started_s < 5
