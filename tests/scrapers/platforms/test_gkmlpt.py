"""gkmlpt catalogues: paging, the three clocks, rows of the wrong shape."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from scrapers.errors import UnreadableError
from scrapers.platforms.gkmlpt import Gkmlpt
from scrapers.platforms.protocol import ListingPage
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

LISTED = listed("gkmlpt", column=512, sid="755099")
DEPARTMENT = listed("gkmlpt", base_url="http://www.qinghe.example/jtj", column=0)


def article(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "title": f"清河街道第{number}号工作总结",
        "url": f"https://www.qinghe.example/gkmlpt/content/1/1000/post_{number}.html",
        "display_publish_time": 1728950400,
        "create_time": 1734329834,
        **fields,
    }


def read(answer: Mapping[str, Any] | bytes, page: int = 1) -> ListingPage:
    payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    request = Gkmlpt().first(LISTED)
    for _ in range(page - 1):
        full = json.dumps({"total": 9_999, "articles": [article(1)]})
        request = Gkmlpt().read(LISTED, request, answered(request.url, full)).following[0]
    return Gkmlpt().read(LISTED, request, answered(request.url, payload))


def test_addresses_of_the_list_service():
    assert Gkmlpt().first(LISTED).url == "http://www.qinghe.example/gkmlpt/api/all/512?page=1&sid=755099"
    assert Gkmlpt().first(DEPARTMENT).url == "http://www.qinghe.example/jtj/gkmlpt/api/all/0?page=1"


@pytest.mark.parametrize(
    ("total", "rows", "page", "next_page"),
    [(203, 100, 1, 2), (203, 100, 2, 3), (203, 3, 3, None), (100, 100, 1, None), (203, 0, 1, None)],
)
def test_page_one_is_followed_by_page_two(total: int, rows: int, page: int, next_page: int | None):
    found = read({"total": total, "articles": [article(number) for number in range(rows)]}, page)
    assert [request.page for request in found.following] == ([next_page] if next_page else [])
    assert all(f"page={next_page}&" in request.url for request in found.following)
    assert (len(found.rows), found.total) == (rows, total)


@pytest.mark.parametrize(("rows", "more"), [(100, 1), (99, 0)])
def test_without_a_total_a_full_page_means_more(rows: int, more: int):
    found = read({"articles": [article(number) for number in range(rows)]})
    assert (found.total, len(found.following)) == (None, more)


def test_the_count_of_the_column_stands_in_for_a_total():
    assert read({"classify": {"post_count": 7}, "articles": [article(1)]}).total == 7


def test_a_row():
    more = {
        "document_number": "清府办〔2024〕3号",
        "identifier": " 755099/2024-00012 ",
        "date": 1710345600,
        "publisher": "清河街道办事处",
        "keywords": "",
        "attachment": [{"name": "附件.pdf", "size": "1024"}],
    }
    (row,) = read({"total": 1, "articles": [article(9914521, **more)]}).rows
    assert row.url == row.fetch_url == "http://www.qinghe.example/gkmlpt/content/1/1000/post_9914521.html"
    assert (row.title, row.published_on) == ("清河街道第9914521号工作总结", date(2024, 10, 15))
    assert row.meta == {
        "id": 9914521,
        "document_number": "清府办〔2024〕3号",
        "identifier": "755099/2024-00012",
        "publisher": "清河街道办事处",
        "attachment": [{"name": "附件.pdf", "size": "1024"}],
        "issued_on": date(2024, 3, 14),
    }


@pytest.mark.parametrize(
    ("fields", "published_on"),
    [
        ({"display_publish_time": 0}, date(2024, 12, 16)),
        ({"display_publish_time": "1728950400"}, date(2024, 10, 15)),
        (
            {"display_publish_time": 0, "create_time": None, "created_at": "2024-10-15 09:00:00"},
            date(2024, 10, 15),
        ),
        ({"display_publish_time": 10**30, "create_time": [], "created_at": {}}, None),
    ],
)
def test_the_day_that_the_page_prints(fields: dict[str, Any], published_on: date | None):
    assert read({"articles": [article(1, **fields)]}).rows[0].published_on == published_on


def test_a_row_without_an_address_is_found_by_its_number():
    (row,) = read({"articles": [article(9914521, url=None)]}).rows
    assert row.url == "http://www.qinghe.example/gkmlpt/content/9/9914/post_9914521.html"


def test_49_51_bad_rows_are_dropped_and_told_and_good_ones_kept():
    rows = [
        article(1),
        "row",
        None,
        article(2, title=7),
        article(3, title="  "),
        article("x", url=None),
        article(4, url="https://mirror.example/gkmlpt/content/1/1000/post_4.html"),
        article(5, url="javascript:void(0)"),
    ]
    found = read({"total": 8, "articles": rows})
    assert [row.title for row in found.rows] == ["清河街道第1号工作总结"]
    assert (len(found.dropped), [note.code for note in found.notes]) == (
        7,
        ["row_unreadable", "row_off_list"],
    )
    assert found.notes[1].data["urls"] == ["https://mirror.example/gkmlpt/content/1/1000/post_4.html"]


def test_a_dropped_row_has_one_name_on_every_page():
    """A counter that moves between two pages makes no new row of it."""
    bad = [article(2, title=7), article(4, url="https://mirror.example/4.html")]
    first, second = (read({"articles": [{**row, "views": views} for row in bad]}) for views in (1, 2))
    assert first.dropped == second.dropped == ("2", "https://mirror.example/4.html")


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"<html>login</html>", "is not JSON"),
        (b"", "is not JSON"),
        (b"[]", "holds a JSON list"),
        (b'{"total": 3}', "no `articles` array"),
        (b'{"articles": {}}', "no `articles` array"),
        (b'{"articles": [], "total": NaN}', "NaN is no JSON number"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_50_what_is_no_listing_has_a_reason(payload: bytes, reason: str):
    with pytest.raises(UnreadableError, match=reason):
        read(payload)


def test_50_marks_and_surrogates_do_no_harm():
    text = json.dumps({"articles": [article(1, title="总\ud800结\x00")]})
    (row,) = read(b"\xef\xbb\xbf" + text.encode()).rows
    assert row.title == "总结"
    row.title.encode()


INDEX = """<script>window._CONFIG={isMobile:false, SID:'755099', TREE:[{"id":1,"name":"法定公开","children":[
{"id":512,"name":"工作总结"},{"id":513,"name":"依申请公开","jump_url":"http://x.example"}]}],
SERVICE_AREA_ID: 1}</script>"""
SITE = "http://www.qinghe.example"


def catalogue(*numbers: int, total: int) -> str:
    return json.dumps({"total": total, "articles": [article(number) for number in numbers]})


@pytest.mark.parametrize("url", ["/jtj/gkmlpt/index#512", "/jtj/gkmlpt/index"])
def test_a_column_by_the_address_of_its_index(url: str):
    answers = {
        f"{SITE}/jtj/gkmlpt/index": INDEX,
        f"{SITE}/jtj/gkmlpt/api/all/512?page=1&sid=755099": catalogue(1, total=1),
    }
    asked: list[str] = []
    listing = walked(Gkmlpt(), listed("gkmlpt", url=url), answers, asked)
    assert asked[-2:] == list(answers)
    assert (len(listing.rows), listing.complete) == (1, True)


def test_a_site_that_wants_its_sid_is_asked_for_it():
    answers = {
        f"{SITE}/gkmlpt/api/all/512?page=1": catalogue(total=101),
        f"{SITE}/gkmlpt/index": INDEX,
        f"{SITE}/gkmlpt/api/all/512?page=1&sid=755099": catalogue(*range(100), total=101),
        f"{SITE}/gkmlpt/api/all/512?page=2&sid=755099": catalogue(100, total=101),
    }
    asked: list[str] = []
    listing = walked(Gkmlpt(), listed("gkmlpt", column=512), answers, asked)
    assert asked == list(answers)
    assert (len(listing.rows), listing.complete) == (101, True)


def test_a_site_that_wants_no_sid_is_not_asked_for_it():
    asked: list[str] = []
    empty = {f"{SITE}/gkmlpt/api/all/512?page=1": catalogue(total=0)}
    assert walked(Gkmlpt(), listed("gkmlpt", column=512), empty, asked).complete
    assert asked == list(empty)


@pytest.mark.parametrize(
    ("index", "reason"),
    [
        ("<p>维护</p>", "holds no catalogue tree"),
        ("TREE:[{broken", "holds no catalogue tree"),
        ('TREE:[{"id":7,"name":"工作计划"}]', "has no column named '工作总结'; set `column`"),
        ('TREE:[{"id":true,"name":"工作总结"},{"id":"7","name":"工作总结"},[]]', "has no column named"),
    ],
)
def test_an_index_without_the_column_has_a_reason(index: str, reason: str):
    listing = walked(Gkmlpt(), listed("gkmlpt", url="/gkmlpt/index"), {f"{SITE}/gkmlpt/index": index})
    assert [doubt.code for doubt in listing.doubts] == ["listing_failed"]
    assert reason in listing.doubts[0].message


def test_48_a_window_that_dropped_old_rows_is_told():
    first, second = (f"{SITE}/gkmlpt/api/all/512?page={page}&sid=755099" for page in (1, 2))
    answers = {first: catalogue(*range(100), total=203), second: catalogue(*range(100, 130), total=203)}
    third = f"{SITE}/gkmlpt/api/all/512?page=3&sid=755099"
    listing = walked(Gkmlpt(), LISTED, {**answers, third: catalogue(total=203)})
    assert [doubt.code for doubt in listing.doubts] == ["listing_repeats", "listing_short"]
    assert (len(listing.rows), listing.total) == (130, 203)
