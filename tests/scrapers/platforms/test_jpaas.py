"""JPaaS column pages: shells whose units a service builds."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from scrapers.platforms.hanweb import Hanweb
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

SITE = "http://www.qinghe.example"
URL = f"{SITE}/col/col4310/index.html"
COLUMN = listed("hanweb", url="/col/col4310/index.html")
SERVICE = f"{SITE}/api-gateway/jpaas-publish-server/front/page/build/unit"


def shell(*tags: str, service: str = "/api-gateway/jpaas-publish-server/front/page/build/unit") -> str:
    return "".join(
        f"""<script src="/script/AuthorizedRead/unitbuild.js?v=3" url="{service}"
        queryData="{{'parseType':'bulidstatic','tagId':'{tag}','pageId':'4310'}}"></script>"""
        for tag in tags
    )


def unit(tag: str, number: int | None = None, size: int = 15) -> str:
    pairs = {"parseType": "bulidstatic", "tagId": tag, "pageId": "4310"}
    if number is not None:
        pairs["paramJson"] = json.dumps({"pageNo": number, "pageSize": str(size)}, separators=(",", ":"))
    return f"{SERVICE}?{urlencode(pairs)}"


def built(numbers: range, pager: str = "") -> str:
    rows = "".join(
        f'<li class="clearfix"><a href="/art/2024/art_{n}.html">第{n}号文</a><b>2024-08-07</b></li>'
        for n in numbers
    )
    return json.dumps({"success": True, "data": {"html": f"<ul>{rows}</ul>{pager}"}})


@pytest.mark.parametrize(
    "pager",
    [
        '<div class="pagination" rows="15" count="32"></div>',
        """<div queryData="{'rows':'15','count':'32','pageNo':'1'}"></div>""",
    ],
)
def test_a_unit_is_walked_to_its_end(pager: str):
    answers = {
        URL: shell("当前位置", "当前栏目list"),
        unit("当前栏目list"): built(range(1, 16), pager),
        unit("当前栏目list", 2): built(range(16, 31), pager),
        unit("当前栏目list", 3): built(range(31, 33), pager),
    }
    asked: list[str] = []
    listing = walked(Hanweb(), COLUMN, answers, asked)
    assert asked == list(answers)
    assert (len(listing.rows), listing.total, listing.complete) == (32, 32, True)


def test_the_size_of_a_page_is_the_unit_s_own():
    pager = '<div class="pagination" rows="30" count="40"></div>'
    request = Hanweb().read(COLUMN, Hanweb().first(COLUMN), answered(URL, shell("信息列表"))).following[0]
    page = Hanweb().read(COLUMN, request, answered(request.url, built(range(1, 31), pager)))
    query = parse_qs(urlsplit(page.following[0].url).query)
    assert json.loads(query["paramJson"][0]) == {"pageNo": 2, "pageSize": "30"}


def test_units_without_rows_are_passed_over():
    answers = {
        URL: shell("网站导航", "右侧内容", "中间内容"),
        unit("右侧内容"): built(range(0)),
        unit("中间内容"): built(range(1, 3)),
    }
    asked: list[str] = []
    listing = walked(Hanweb(), COLUMN, answers, asked)
    assert asked == [URL, unit("右侧内容"), unit("中间内容")]
    assert (len(listing.rows), listing.complete) == (2, True)


def test_rows_of_a_panel_are_not_the_list_where_a_unit_is_one():
    panel = '<ul><li><a href="/art/2024/art_9.html">热门文章</a><i>2024-08-07</i></li></ul>'
    listing = walked(Hanweb(), COLUMN, {URL: panel + shell("栏目列表"), unit("栏目列表"): built(range(1, 3))})
    assert len(listing.rows) == 2


def test_48_a_full_unit_without_a_total_is_not_taken_for_whole():
    few, full = (
        walked(Hanweb(), COLUMN, {URL: shell("栏目列表"), unit("栏目列表"): built(range(1, last))})
        for last in (15, 16)
    )
    assert (few.complete, [doubt.code for doubt in full.doubts]) == (True, ["listing_cut"])


def test_44_a_service_that_ignores_the_page_number_is_told():
    same = built(range(1, 16), '<div rows="15" count="32"></div>')
    answers = {URL: shell("栏目列表"), unit("栏目列表"): same, unit("栏目列表", 2): same}
    assert [doubt.code for doubt in walked(Hanweb(), COLUMN, answers).doubts] == [
        "listing_repeats",
        "listing_short",
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "<p>503</p>",
        "[]",
        "{}",
        '{"data": []}',
        '{"data": {"html": 7}}',
        '{"success": false, "data": null}',
        "",
    ],
)
def test_46_what_is_no_unit(answer: str):
    listing = walked(Hanweb(), COLUMN, {URL: shell("栏目列表"), unit("栏目列表"): answer})
    assert [doubt.code for doubt in listing.doubts] == ["listing_failed"]


@pytest.mark.parametrize(
    "html",
    [
        shell("栏目列表", service="http://mirror.example/api"),
        """<p>x</p><script src="unitbuild.js" queryData="{'pageId':f()}"></script>""",
        """<p>x</p><script src="unitbuild.js" queryData="[1]"></script>""",
        """<p>x</p><script src="unitbuild.js"></script>""",
    ],
)
def test_26_49_scripts_that_name_no_unit_of_the_site(html: str):
    listing = walked(Hanweb(), COLUMN, {URL: html})
    assert (listing.rows, listing.complete) == ({}, True)
