"""A site file may leave the platform open: the first page tells it."""

import json

import pytest

from scrapers.platforms import platform_named
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

SITE = "http://www.qinghe.example"
URL = f"{SITE}/gk/zj/index.html"
AUTO = platform_named("auto")


def rows(*names: str) -> str:
    return (
        "<ul>" + "".join(f'<li><a href="{name}">{name}</a><i>2024-08-07</i></li>' for name in names) + "</ul>"
    )


def test_a_page_without_signs_is_read_as_links():
    pages = {URL: rows("a1") + '<a href="index_2.html">下一页</a>', f"{SITE}/gk/zj/index_2.html": rows("a2")}
    listing = walked(AUTO, listed("auto", url="/gk/zj/index.html"), pages)
    assert (len(listing.rows), listing.complete) == (2, True)


def test_later_answers_are_read_as_the_first_one_showed():
    page = '<script>window.NFCMS_SITE_ID=7;window.NFCMS_CAT_ID="4310"</script>' + rows("content/post_1.html")
    articles = [{"title": f"第{n}号文", "url": f"/gk/zj/content/post_{n}.html"} for n in (1, 2)]
    answers = {URL: page, f"{SITE}/postmeta/i/4310.json": json.dumps({"articles": articles})}
    listing = walked(AUTO, listed("auto", url="/gk/zj/index.html"), answers)
    assert [seen.row.fetch_url for seen in listing.rows.values()] == [
        f"{SITE}/postmeta/p/0/0/1.json",
        f"{SITE}/postmeta/p/0/0/2.json",
    ]
    del answers[f"{SITE}/postmeta/i/4310.json"]
    listing = walked(AUTO, listed("auto", url="/gk/zj/index.html"), answers)
    assert (len(listing.rows), listing.complete) == (1, True)


def test_a_catalogue_is_read_from_its_index():
    index = 'window._CONFIG={SID:"755099",TREE:[{"id":512,"name":"工作总结"}],SERVICE_AREA_ID:1}'
    article = {"id": 1, "title": "第1号文", "url": "/gkmlpt/content/0/0/post_1.html"}
    answers = {
        f"{SITE}/gkmlpt/index": f"<script>{index}</script>",
        f"{SITE}/gkmlpt/api/all/512?page=1&sid=755099": json.dumps({"total": 1, "articles": [article]}),
    }
    listing = walked(AUTO, listed("auto", url="/gkmlpt/index"), answers)
    assert (len(listing.rows), listing.complete) == (1, True)


@pytest.mark.parametrize("mark", ["j-info-hit", "EWB-FRONT", "messageController/getMessage.do"])
def test_a_platform_without_an_adapter_is_read_as_links(mark: str):
    listing = walked(AUTO, listed("auto", url="/gk/zj/index.html"), {URL: f"<!-- {mark} -->{rows('a1')}"})
    assert len(listing.rows) == 1


def test_what_holds_a_document_is_asked_of_every_platform():
    assert AUTO.holds_document(f"{SITE}/postmeta/p/0/0/1.json", b"<p>404</p>") is False
    assert AUTO.holds_document(f"{SITE}/gk/zj/content/post_1.html", b"<p>x</p>") is True


def test_the_step_names_the_platform():
    column = listed("auto", url="/gk/zj/index.html")
    page = AUTO.read(
        column, AUTO.first(column), answered(URL, rows("a1") + '<a href="index_2.html">下一页</a>')
    )
    assert [request.step for request in page.following] == ["links:page"]
