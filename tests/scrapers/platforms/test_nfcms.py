"""NFCMS columns: the column's JSON first, list pages where there is none."""

import json
from datetime import date
from typing import Any

import pytest

from scrapers.errors import UnreadableError
from scrapers.platforms.nfcms import Nfcms
from scrapers.platforms.protocol import ListingRequest
from tests.scrapers.platforms.made import answered, listed

BY_URL = listed("nfcms", url="/gk/zj/index.html")
BY_NUMBER = listed("nfcms", column=4310)
BY_BOTH = listed("nfcms", column=4310, url="/gk/zj/index.html")
JSON_URL = "http://www.qinghe.example/postmeta/i/4310.json"
PAGE_URL = "http://www.qinghe.example/gk/zj/index.html"
ROWS = """<ul>
<li><a href="https://www.qinghe.example/gk/zj/content/post_7000001.html">置顶旧文</a><span>2019-01-02</span></li>
<li><a href="/gk/zj/content/post_12676458.html" title="2024年工作总结及2025年工作计划">2024年工作总结…</a>
    <span>2025-01-20</span></li>
</ul>"""


def test_where_a_column_begins():
    assert Nfcms().first(BY_URL) == ListingRequest(PAGE_URL, "page")
    assert Nfcms().first(BY_NUMBER) == ListingRequest(JSON_URL, "json")
    assert Nfcms().first(BY_BOTH) == ListingRequest(
        JSON_URL, "json", instead=(ListingRequest(PAGE_URL, "page"),)
    )


def column_json(*articles: Any, **fields: Any) -> bytes:
    return json.dumps({"id": 4310, "name": "工作总结", "articles": list(articles), **fields}).encode()


def test_the_json_of_a_column():
    article = {
        "id": 12676458,
        "title": "清河街道2024年工作总结",
        "url": "https://www.qinghe.example/gk/zj/content/post_12676458.html",
        "date": "2025-01-20",
        "publish_time": 1999999999,
        "EXT_wh": "清府〔2025〕1号",
    }
    payload = column_json(article, publish_count=1)
    page = Nfcms().read(BY_NUMBER, Nfcms().first(BY_NUMBER), answered(JSON_URL, payload))
    (row,) = page.rows
    assert row.url == "http://www.qinghe.example/gk/zj/content/post_12676458.html"
    assert row.fetch_url == "http://www.qinghe.example/postmeta/p/12/12676/12676458.json"
    assert row.published_on == date(2025, 1, 20)
    assert row.meta == {"id": 12676458, "date": "2025-01-20", "EXT_wh": "清府〔2025〕1号"}
    assert (page.total, page.following, page.dropped, page.notes, page.cut) == (1, (), (), (), None)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"display_publish_time": 1728950400, "date": "2020-01-01"}, date(2024, 10, 15)),
        ({"visible_publish_time": 1728950400, "date": "2020-01-01"}, date(2024, 10, 15)),
        ({"visible_publish_time": "2024-10-15 08:00:00"}, date(2024, 10, 15)),
        ({"created_at": "2024-10-15 08:00:00"}, date(2024, 10, 15)),
        ({"display_publish_time": "2024-10-15 08:00:00"}, date(2024, 10, 15)),
        ({"date": ["2024"]}, None),
    ],
)
def test_days_of_json_rows(fields: dict[str, Any], day: date | None):
    payload = column_json({"title": "a", "url": "/content/post_1.html", **fields})
    page = Nfcms().read(BY_NUMBER, Nfcms().first(BY_NUMBER), answered(JSON_URL, payload))
    assert page.rows[0].published_on == day


def test_an_empty_json_yields_to_list_pages_where_there_are_some():
    alone = Nfcms().read(BY_NUMBER, Nfcms().first(BY_NUMBER), answered(JSON_URL, column_json()))
    assert alone.rows == ()
    with pytest.raises(UnreadableError, match="lists nothing"):
        Nfcms().read(BY_BOTH, Nfcms().first(BY_BOTH), answered(JSON_URL, column_json()))


def test_a_full_json_may_be_cut():
    articles = ({"title": "a", "url": f"/content/post_{number}.html"} for number in range(2500))
    page = Nfcms().read(BY_NUMBER, Nfcms().first(BY_NUMBER), answered(JSON_URL, column_json(*articles)))
    assert "2500" in (page.cut or "")


def test_rows_that_are_no_posts_are_asked_at_their_own_address():
    payload = column_json({"title": "a", "url": "/zt/2024/index.html"})
    (row,) = Nfcms().read(BY_NUMBER, Nfcms().first(BY_NUMBER), answered(JSON_URL, payload)).rows
    assert row.fetch_url == row.url == "http://www.qinghe.example/zt/2024/index.html"


def test_list_pages_keep_pinned_rows_and_full_titles():
    page = Nfcms().read(BY_URL, Nfcms().first(BY_URL), answered(PAGE_URL, ROWS))
    assert [(row.title, row.published_on) for row in page.rows] == [
        ("置顶旧文", date(2019, 1, 2)),
        ("2024年工作总结及2025年工作计划", date(2025, 1, 20)),
    ]
    assert page.rows[0].fetch_url == "http://www.qinghe.example/postmeta/p/7/7000/7000001.json"
    assert page.following == ()


def test_a_list_page_tells_the_column_number_and_its_json_comes_before_the_next_page():
    script = '<script>window.NFCMS_SITE_ID=755099;window.NFCMS_CAT_ID="4310"</script>'
    pager = '<div id="page_div"><a class="last" href="/gk/zj/index_3.html">末页</a></div>'
    page = Nfcms().read(BY_URL, Nfcms().first(BY_URL), answered(PAGE_URL, script + ROWS + pager))
    second = ListingRequest("http://www.qinghe.example/gk/zj/index_2.html", "page", 2)
    assert page.following == (ListingRequest(JSON_URL, "json", instead=(second,), optional=True),)


def test_a_list_page_that_cannot_be_left_needs_the_json():
    """A pager that a script draws hides the other pages: then the list is whole in the JSON or not at all."""
    script = '<script>window.NFCMS_CAT_ID=4310</script><a href="javascript:go(2)">下一页</a>'
    page = Nfcms().read(BY_URL, Nfcms().first(BY_URL), answered(PAGE_URL, script + ROWS))
    assert page.following == (ListingRequest(JSON_URL, "json"),)
    alone = Nfcms().read(BY_BOTH, ListingRequest(PAGE_URL, "page"), answered(PAGE_URL, script + ROWS))
    assert (alone.following, "how page 2 is asked for" in (alone.cut or "")) == ((), True)


EMBEDDED = """<script>
var zcData = [{'title':'清河街道2024年工作总结','display_publish_time':'2025-01-20 10:00:00','source':'清河街道','url':'https://www.qinghe.example/gk/zj/content/post_12676458.html','EXT_isvalid':'1',},
{'title':'镜像','url':'http://mirror.example/content/post_1.html'},7,]; var other = [];</script>"""


def test_a_list_that_a_page_holds_in_its_script():
    page = Nfcms().read(BY_URL, Nfcms().first(BY_URL), answered(PAGE_URL, EMBEDDED + ROWS))
    (row,) = page.rows
    assert (row.title, row.published_on) == ("清河街道2024年工作总结", date(2025, 1, 20))
    assert row.fetch_url == "http://www.qinghe.example/postmeta/p/12/12676/12676458.json"
    assert row.meta == {"source": "清河街道", "EXT_isvalid": "1"}
    assert (page.following, len(page.dropped)) == ((), 2)
    assert [note.code for note in page.notes] == ["row_unreadable", "row_off_list"]


@pytest.mark.parametrize("script", ["var zcData = [];", "var zcData = [{'title':f()}];", "var zcData = ["])
def test_a_script_without_a_list_leaves_the_page(script: str):
    page = Nfcms().read(BY_URL, Nfcms().first(BY_URL), answered(PAGE_URL, f"<script>{script}</script>{ROWS}"))
    assert len(page.rows) == 2


@pytest.mark.parametrize(("number", "following"), [(1, ["index_2.html"]), (2, ["index_3.html"]), (3, [])])
def test_numbered_pages_end_with_the_last(number: int, following: list[str]):
    pager = '<div id="page_div"><a class="last" href="index_3.html">末页</a></div>'
    request = ListingRequest(PAGE_URL, "page", number)
    page = Nfcms().read(BY_URL, request, answered(PAGE_URL, ROWS + pager))
    assert [request.url.rpartition("/")[2] for request in page.following] == following


def test_a_page_with_200_that_is_no_json_is_no_listing():
    with pytest.raises(UnreadableError, match="not JSON"):
        Nfcms().read(BY_NUMBER, Nfcms().first(BY_NUMBER), answered(JSON_URL, "<p>页面不存在</p>"))


@pytest.mark.parametrize(
    ("url", "payload", "holds"),
    [
        ("http://h/postmeta/p/1/1000/1000001.json", b'{"id": 1, "content": "<p>x</p>"}', True),
        ("http://h/postmeta/p/1/1000/1000001.json", b'{"id": 1, "content": null}', False),
        ("http://h/postmeta/p/1/1000/1000001.json", b"<p>404</p>", False),
        ("http://h/postmeta/p/1/1000/1000001.json", b"[" * 100_000, False),
        ("http://h/content/post_1000001.html", b"<p>x</p>", True),
    ],
)
def test_whether_an_answer_is_the_post(url: str, payload: bytes, holds: bool):
    assert Nfcms().holds_document(url, payload) is holds
