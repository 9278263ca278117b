"""Hanweb columns: records in the page, the others from the record service."""

import time
from datetime import date

import pytest

from scrapers.errors import UnreadableError
from scrapers.platforms.hanweb import Hanweb
from scrapers.platforms.protocol import ListingPage, ListingRequest
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

SITE = "http://www.qinghe.example"
URL = f"{SITE}/col/col4310/index.html"
COLUMN = listed("hanweb", url="/col/col4310/index.html")
PROXY = f"{SITE}/module/web/jpage/dataproxy.jsp"
PARAMETERS = "col=1&webid=7&path=%2F&columnid=4310&sourceContentType=1&unitid=6&webname=%E6%B8%85%E6%B2%B3"


def record(number: int) -> str:
    return (
        f'<record><![CDATA[<li><a href="/art/2024/8/7/art_4310_{number}.html" title="第{number}号文">'
        f"第{number}…</a><span>2024-08-07</span></li>]]></record>"
    )


def records(numbers: range, total: int | None = None) -> str:
    told = f"<totalrecord>{total}</totalrecord>" if total is not None else ""
    return f"<datastore>{told}<recordset>{''.join(map(record, numbers))}</recordset></datastore>"


def page(numbers: range, script: str) -> str:
    panel = f'<div id="5"><script type="text/xml">{records(range(900, 903))}</script></div>'
    unit = f'<div id="6"><script type="text/xml">{records(numbers)}</script></div>'
    return f"<body>{panel}<script>var param_5={{columnid:1}};</script>{unit}<script>{script}</script></body>"


SCRIPT = """
var param_6 = {col:1,webid:'7',path:'/',columnid:4310,sourceContentType:1,unitid:'6',webname:'清河'};
$("#6").jpage({totalRecord:100,proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:15,ajaxParam:param_6});"""


def read(html: str, request: ListingRequest | None = None, url: str = URL) -> ListingPage:
    return Hanweb().read(COLUMN, request or Hanweb().first(COLUMN), answered(url, html))


def counted(start: int) -> str:
    return f"{PROXY}?startrecord={start}&endrecord={start + 44}&perpage=15&{PARAMETERS}"


def group(number: int) -> str:
    return f"{PROXY}?page={number}&perpage=45&{PARAMETERS}"


def test_the_largest_record_set_is_the_list_and_its_script_names_the_service():
    found = read(page(range(1, 46), SCRIPT))
    assert (len(found.rows), found.total) == (45, 100)
    assert found.rows[0].url == f"{SITE}/art/2024/8/7/art_4310_1.html"
    assert (found.rows[0].title, found.rows[0].published_on) == ("第1号文", date(2024, 8, 7))
    assert [request.url for request in found.following] == [counted(46)]


@pytest.mark.parametrize("columnid", ["4310", "5zx%2BaB%3D"])
def test_the_service_may_be_named_by_the_next_group_alone(columnid: str):
    link = f"/module/jpage/dataproxy.jsp?page=1&amp;webid=7&columnid={columnid}&unitid=6"
    group = f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup><recordset>'
    html = group.join(page(range(1, 46), "var param_6 = {unitid: 6};").rsplit("<recordset>", 1))
    (request,) = read(html).following
    assert request.url.startswith(f"{SITE}/module/jpage/dataproxy.jsp?startrecord=46&")
    assert request.url.endswith(f"&webid=7&columnid={columnid}&unitid=6")


def test_a_panel_s_parameters_are_not_the_column_s():
    elsewhere = "<script>var param_5={columnid:1};var param_6={columnid:4310};</script>"
    html = page(range(1, 46), "").replace("<script>var param_5={columnid:1};</script>", "")
    first = html.replace("<body>", "<body>" + elsewhere)
    assert "columnid=4310" in read(first).following[0].url
    assert read(first, url=f"{SITE}/zwgk/index.html").following == ()


def test_a_column_is_walked_to_its_end():
    answers = {
        URL: page(range(1, 46), SCRIPT),
        counted(46): records(range(46, 91), 100),
        counted(91): records(range(90, 101), 100),
    }
    asked: list[str] = []
    listing = walked(Hanweb(), COLUMN, answers, asked)
    assert asked == [URL, counted(46), counted(91)]
    assert (len(listing.rows), listing.complete) == (100, True)


def test_44_a_service_that_ignores_where_to_start_is_asked_by_groups():
    first = records(range(1, 46), 100)
    answers = {
        URL: page(range(1, 46), SCRIPT),
        counted(46): first,
        group(2): records(range(46, 91), 100),
        group(3): records(range(91, 101), 100),
    }
    listing = walked(Hanweb(), COLUMN, answers)
    assert (len(listing.rows), listing.complete) == (100, True)
    listing = walked(Hanweb(), COLUMN, {**answers, group(2): first})
    assert [doubt.code for doubt in listing.doubts] == ["listing_repeats", "listing_short"]


@pytest.mark.parametrize("answer", ["<p>系统维护</p>", "", "<datastore></datastore>", "{}"])
def test_46_what_is_no_answer_of_the_service(answer: str):
    listing = walked(Hanweb(), COLUMN, {URL: page(range(1, 46), SCRIPT), counted(46): answer})
    assert [doubt.code for doubt in listing.doubts] == ["listing_failed", "listing_short"]


def test_a_page_without_records_has_its_first_rows_from_the_service():
    html = "<p>加载中</p><script>var param_6={columnid:4310,unitid:'6'};</script>"
    start = f"{PROXY}?startrecord=1&endrecord=45&perpage=15&columnid=4310&unitid=6"
    listing = walked(Hanweb(), COLUMN, {URL: html, start: records(range(1, 9), 8)})
    assert (len(listing.rows), listing.complete) == (8, True)


def test_48_a_full_page_that_names_no_service_is_cut():
    found = read(page(range(1, 46), ""), url=f"{SITE}/zwgk/index.html")
    assert "only the 45 rows" in (found.cut or "")
    assert read(page(range(1, 9), "")).cut is None


def test_26_a_service_on_a_foreign_host_is_not_asked():
    found = read(page(range(1, 46), SCRIPT.replace("proxyUrl:'", "proxyUrl:'http://mirror.example")))
    assert (found.following, bool(found.cut)) == ((), True)


def test_49_51_records_that_are_no_rows():
    cells = [
        "<li>x</li>",
        '<a href="http://mirror.example/a">镜像</a>',
        '<a href="javascript:x()">坏</a>',
        "",
    ]
    inside = "".join(f"<record><![CDATA[{cell}]]></record>" for cell in cells) + "<record>" + record(1)
    found = read(f"<recordset>{inside}<record><![CDATA[<a href='/b'>open</recordset>")
    assert ([row.title for row in found.rows], found.dropped) == (["第1号文"], ("http://mirror.example/a",))
    assert [note.code for note in found.notes] == ["row_off_list"]


def test_a_page_of_plain_rows_is_read_as_any_list():
    rows = "".join(
        f'<li><a href="/art/2024/art_{n}.html">第{n}号文</a><i>2024-08-07</i></li>' for n in (1, 2)
    )
    found = read(f'<ul>{rows}</ul><a href="index_2.html">下一页</a>')
    assert (len(found.rows), found.following[0].url) == (2, f"{SITE}/col/col4310/index_2.html")


def test_a_module_that_is_not_read_is_told():
    with pytest.raises(UnreadableError, match="which is not read; name a column"):
        read("<title>公开</title><script>$.post('/module/xxgk/search.jsp')</script><p>信息公开目录 索引</p>")


@pytest.mark.parametrize(
    "html", ["<recordset>" * 9_000, "<recordset>" + "<record><![CDATA[" * 9_000 + "</recordset>"]
)
def test_64_records_without_an_end_take_linear_time(html: str):
    assert read(html).rows == ()


def test_64_parameters_without_an_end_take_linear_time():
    started_s = time.process_time()
    read(page(range(1, 46), ("var param_6={" + "a," * 20_000) * 40))
    assert time.process_time() - started_s < 5
