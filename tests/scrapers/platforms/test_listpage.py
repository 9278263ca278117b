"""List pages of every make: errors with a good status, lists in frames, next pages off the allow-list."""

from datetime import date

import pytest

from scrapers.errors import UnreadableError
from scrapers.platforms.links import Links
from scrapers.platforms.protocol import ListingPage, ListingRequest
from tests.scrapers.platforms.made import answered, listed

FOLDER = "http://www.qinghe.example/gk/zj/"
COLUMN = listed("links", url="/gk/zj/index.html")


def read(html: str, request: ListingRequest | None = None) -> ListingPage:
    return Links().read(COLUMN, request or Links().first(COLUMN), answered(FOLDER + "index.html", html))


def items(*names: str, day: str = "2024-08-07") -> str:
    return (
        "<ul>" + "".join(f'<li><a href="{name}">{name}号文</a><i>{day}</i></li>' for name in names) + "</ul>"
    )


def test_62_an_error_page_with_a_good_status_is_no_empty_list():
    with pytest.raises(UnreadableError, match="is an error page: 您访问的页面不存在"):
        read("<title>提示</title><p>您访问的页面不存在</p>")


def test_an_empty_list_is_empty():
    assert read("<title>工作总结</title><p>暂无信息</p>") == ListingPage(())


def test_a_shell_has_its_list_in_a_frame():
    html = """<iframe src="http://weather.example/x"></iframe><iframe src="about:blank"></iframe>
    <iframe src="top.html"></iframe><iframe src="https://www.qinghe.example/gk/zj/list.html"></iframe>"""
    (top,) = read(html).following
    (second,) = top.instead
    assert [top.url, second.url, second.instead] == [FOLDER + "top.html", FOLDER + "list.html", ()]
    with pytest.raises(UnreadableError, match="without rows"):
        read("<p>首页</p>", top)
    assert read(html, second) == ListingPage(())
    page = read(items("a1.html") + '<a href="list_2.html">下一页</a>', second)
    assert page.following == (ListingRequest(FOLDER + "list_2.html", "page", 2),)


def test_frames_beside_rows_are_not_asked_for():
    assert read(items("a1.html") + '<iframe src="share.html"></iframe>').following == ()


def test_26_a_next_page_on_a_foreign_host_is_told_and_not_followed():
    page = read(items("a1.html") + '<a href="http://mirror.example/gk/zj/index_2.html">下一页</a>')
    assert (len(page.rows), page.following) == (1, ())
    assert "mirror.example, which is not in `hosts`" in (page.cut or "")


def test_the_next_page_has_the_site_s_own_scheme():
    page = read(items("a1.html") + '<a href="https://www.qinghe.example/gk/zj/index_2.html">下一页</a>')
    assert page.following[0].url == FOLDER + "index_2.html"


def test_a_short_list_in_its_own_folder_goes_before_a_longer_panel():
    panel = items(*(f"/xw/a{number}.html" for number in range(10))).replace("<ul>", '<ul class="hot">')
    assert len(read(panel + items("a1.html", "a2.html", "a3.html")).rows) == 3
    assert len(read(panel + items("a1.html")).rows) == 10


def test_documents_without_dates_are_rows_where_nothing_is_dated():
    html = '<a href="/gk/zj/">总结</a>' + "".join(
        f'<p><a href="content/post_{number}.html">第{number}号文</a></p>' for number in (1, 2, 3)
    )
    page = read(html)
    assert [(row.title, row.published_on) for row in page.rows] == [(f"第{n}号文", None) for n in (1, 2, 3)]
    assert read(html.replace("post_3", "post_2")).rows == ()


@pytest.mark.parametrize(
    "cell",
    [
        "<b>07</b><i>2024-08</i>",
        "<i>2024-08</i><b>07</b>",
        "<i>2024年8月</i><b>7</b>",
        "<i>7</i><b>2024.08</b>",
    ],
)
def test_a_calendar_sheet_is_a_date(cell: str):
    (row,) = read(f'<ul><li><div>{cell}</div><a href="a1.html">工作总结</a></li></ul>').rows
    assert (row.title, row.published_on) == ("工作总结", date(2024, 8, 7))
