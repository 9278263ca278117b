"""UCAP columns: the JSON of the list service, static pages where there is none."""

import json
from datetime import date
from typing import Any

import pytest

from scrapers.errors import UnreadableError
from scrapers.platforms.protocol import ListingPage
from scrapers.platforms.ucap import Ucap
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

SITE = "http://www.qinghe.example"
FOLDER = f"{SITE}/gk/c100/"
CHANNEL = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
BY_PAGE = listed("ucap", url="/gk/c100/list.shtml")
BY_SERVICE = listed("ucap", url=f"/common/search/{CHANNEL}?_isJson=true&page=3")


def service(number: int, size: int = 50, path: str = "/common/search/") -> str:
    return f"{SITE}{path}{CHANNEL}?_isAgg=true&_isJson=true&_pageSize={size}&_template=index&page={number}"


def result(number: int, **more: Any) -> dict[str, Any]:
    row = {"title": f"第{number}号文", "url": f"//www.qinghe.example/gk/c100/202408/{number:032x}.shtml"}
    return row | {"publishedTimeStr": "2024-08-07 10:00:00", **more}


def answer(numbers: range, total: object, **more: Any) -> str:
    return json.dumps({"data": {"total": total, "results": [result(number) for number in numbers], **more}})


def read(payload: str) -> ListingPage:
    return Ucap().read(BY_SERVICE, Ucap().first(BY_SERVICE), answered(service(1), payload))


def static(number: int, pages: int, names: str, extra: str = "") -> str:
    rows = "".join(
        f'<li><a href="202408/{name}.shtml">{name}号文</a><i>2024-08-07</i></li>' for name in names
    )
    pager = f"createPageHTML('page_div',{pages}, {number},'list','shtml',9);"
    return f"<ul>{rows}</ul>{extra}<script>{pager}</script>"


def test_a_row():
    metas = [
        {"resultList": [{"key": "refno", "value": "清府〔2024〕3号"}, {"key": "theme", "value": "null"}, 7]},
        7,
    ]
    row = result(1, domainMetaList=metas, channelName="工作总结", content="…")
    (found,) = read(json.dumps({"data": {"total": 1, "results": [row]}})).rows
    assert (found.url, found.fetch_url) == (f"{FOLDER}202408/{1:032x}.shtml",) * 2
    assert (found.title, found.published_on) == ("第1号文", date(2024, 8, 7))
    assert found.meta == {"channelName": "工作总结", "refno": "清府〔2024〕3号"}


def test_a_column_may_name_the_service_itself():
    answers = {service(1): answer(range(50), 70), service(2): answer(range(50, 70), 70)}
    asked: list[str] = []
    listing = walked(Ucap(), BY_SERVICE, answers, asked)
    assert asked == [service(1), service(2)]
    assert (len(listing.rows), listing.total, listing.complete) == (70, 70, True)


def test_a_service_that_gives_less_than_was_asked_for_is_asked_for_what_it_gives():
    answers = {service(1): answer(range(15), 40), service(2, 15): answer(range(15, 30), 40)}
    answers[service(3, 15)] = answer(range(30, 40), 40)
    listing = walked(Ucap(), BY_SERVICE, answers)
    assert (len(listing.rows), listing.complete) == (40, True)


@pytest.mark.parametrize(
    "named", [f'$.get("/common/search/{CHANNEL}?page=1")', f"var channelId = '{CHANNEL}';"]
)
def test_a_shell_names_its_service(named: str):
    html = f"<title>工作总结</title><p>加载中</p><script>{named}</script>"
    listing = walked(Ucap(), BY_PAGE, {FOLDER + "list.shtml": html, service(1): answer(range(3), 3)})
    assert (len(listing.rows), listing.complete) == (3, True)
    assert [doubt.code for doubt in walked(Ucap(), BY_PAGE, {FOLDER + "list.shtml": html}).doubts] == [
        "listing_failed"
    ]


def test_other_paths_of_the_service():
    html = f"<p>加载中</p><script>load('/searchList/{CHANNEL}')</script>"
    answers = {FOLDER + "list.shtml": html, service(1, path="/searchList/"): answer(range(3), 3)}
    assert len(walked(Ucap(), BY_PAGE, answers).rows) == 3


def test_static_pages_count_from_one():
    pages = {FOLDER + "list.shtml": static(1, 2, "ab"), FOLDER + "list_2.shtml": static(2, 2, "cdefghi")}
    listing = walked(Ucap(), BY_PAGE, pages)
    assert (len(listing.rows), listing.total, listing.complete) == (9, 9, True)


def test_pages_are_read_where_their_service_does_not_answer():
    named = f"<script>var channelId='{CHANNEL}'</script>"
    pages = {
        FOLDER + "list.shtml": static(1, 2, "ab", named),
        FOLDER + "list_2.shtml": static(2, 2, "cdefghi"),
    }
    asked: list[str] = []
    listing = walked(Ucap(), BY_PAGE, pages, asked)
    assert asked == [FOLDER + "list.shtml", service(1), FOLDER + "list_2.shtml"]
    assert (len(listing.rows), listing.complete) == (9, True)


def test_services_of_other_columns_beside_rows_are_left_alone():
    named = f"<script>a('/common/search/{CHANNEL}');b('/common/search/{CHANNEL[::-1]}')</script>"
    asked: list[str] = []
    walked(Ucap(), BY_PAGE, {FOLDER + "list.shtml": static(1, 1, "abcdefghi", named)}, asked)
    assert asked == [FOLDER + "list.shtml"]


@pytest.mark.parametrize(
    "payload",
    [
        "<p>404</p>",
        "[]",
        "{}",
        '{"data": []}',
        '{"data": {}}',
        '{"data": {"results": {}}}',
        '{"data":' * 100_000,
    ],
)
def test_50_what_is_no_listing_has_a_reason(payload: str):
    with pytest.raises(UnreadableError):
        read(payload)


def test_49_51_bad_rows_are_dropped_and_told_and_good_ones_kept():
    rows = [result(1, publishedTimeStr=7, domainMetaList={}), "x", None, result(2, title=None)]
    rows += [
        result(3, url="http://mirror.example/3.shtml"),
        result(4, url=[]),
        result(5, url="javascript:x()"),
    ]
    found = read(json.dumps({"data": {"total": "7", "results": rows}}))
    assert ([row.title for row in found.rows], found.total) == (["第1号文"], 7)
    assert (len(found.dropped), [note.code for note in found.notes]) == (
        6,
        ["row_unreadable", "row_off_list"],
    )


@pytest.mark.parametrize(("total", "code"), [(9, "listing_short"), (10**9, "listing_failed")])
def test_48_totals_that_lie(total: int, code: str):
    listing = walked(
        Ucap(), BY_SERVICE, {service(1): answer(range(5), total), service(2, 5): answer(range(0), total)}
    )
    assert code in [doubt.code for doubt in listing.doubts] or listing.doubts[0].code == "listing_repeats"
    assert not listing.complete


@pytest.mark.parametrize(("rows", "more"), [(50, 1), (49, 0)])
def test_without_a_total_a_full_page_means_more(rows: int, more: int):
    assert len(read(answer(range(rows), None)).following) == more
