"""A platform's JSON record gives the document, with the clock that the page shows."""

import json
from datetime import date
from typing import Any

import pytest

from extract.embedded import detail_of, post_of, read_json

RECORD: dict[str, Any] = {
    "title": "青石街道2023年工作总结",
    "content": "<p>正文</p>",
    "source": "青石街道办事处",
    "first_publish_time": 1704902400,
    "publish_time": 1729675576,
    "display_publish_time": 0,
    "date": "2024-01-15",
    "attachment": [{"name": "a.pdf", "url": "/a.pdf", "type": "pdf"}],
    "json_ext": '{"EXT_wh":"云青〔2024〕1号","EXT_fbjg":"云溪区青石街道办事处"}',
    "gkml_data": {"identifier": "000/2024-1", "date": 1704297600, "publisher": "", "document_number": ""},
}


def test_fields():
    post = post_of(RECORD, "http://www.yunxi.example/p.html")
    assert post is not None
    assert (post.title, post.source, post.content) == (
        "青石街道2023年工作总结",
        "青石街道办事处",
        "<p>正文</p>",
    )
    assert (post.document_number, post.index_number) == ("云青〔2024〕1号", "000/2024-1")
    assert post.publisher == "云溪区青石街道办事处"
    assert post.attachments[0].url == "http://www.yunxi.example/a.pdf"


@pytest.mark.parametrize(
    ("clocks", "day"),
    [
        ({}, date(2024, 1, 11)),
        ({"display_publish_time": 1704643200}, date(2024, 1, 8)),
        ({"first_publish_time": 0}, date(2024, 1, 15)),
        ({"first_publish_time": None, "date": "昨天"}, None),
        ({"display_publish_time": 10**20}, date(2024, 1, 11)),
    ],
)
def test_the_clock_that_the_page_shows_is_the_day_of_publication(clocks: dict[str, Any], day: date | None):
    post = post_of(RECORD | clocks, None)
    assert post is not None
    assert post.published_on == day
    assert post.issued_on == date(2024, 1, 4)


@pytest.mark.parametrize("clock", [1704902400000, 253402300799, -5, "昨天", [1], {}])
def test_69_a_record_whose_clocks_tell_no_day_says_so(clock: object):
    post = post_of(RECORD | {"first_publish_time": clock, "date": ""}, None)
    assert post is not None
    assert post.published_on is None
    assert post.warnings == (f"published: {str(clock)!r} is no day that can be read",)


@pytest.mark.parametrize(
    "clocks", [{}, {"display_publish_time": "x"}, {"first_publish_time": 0, "date": None}]
)
def test_69_what_tells_a_day_or_nothing_is_not_told(clocks: dict[str, Any]):
    post = post_of(RECORD | clocks, None)
    assert post is not None
    assert post.warnings == ()


def test_63_the_record_in_a_page():
    page = f"<script>window._CONFIG={{ACTION:'content',DETAIL: {json.dumps(RECORD)} ,TREE:[]}}</script>"
    post = detail_of(page, None)
    assert post is not None
    assert post.title == RECORD["title"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>DETAIL:{}</p>",
        "_CONFIG={TREE:[]}",
        "_CONFIG={DETAIL:{}}",
        "_CONFIG={DETAIL:{'a':1}}",
        "_CONFIG={DETAIL:" + '{"a":' * 50_000,
        '_CONFIG={DETAIL:{"content":null}}',
    ],
)
def test_a_page_without_a_record(page: str):
    assert detail_of(page, None) is None


@pytest.mark.parametrize("record", [None, 3, [], {"content": 3}, {"title": "甲"}])
def test_no_record(record: object):
    assert post_of(record, None) is None


def test_values_of_wrong_types_are_left_out():
    odd = {
        "content": "",
        "title": 3,
        "source": [],
        "attachment": "x",
        "json_ext": "[1",
        "gkml_data": 7,
        "date": {},
    }
    post = post_of(odd, None)
    assert post is not None
    assert (post.title, post.source, post.published_on, post.attachments) == (None, None, None, ())


def test_lone_surrogates_do_not_pass():
    post = post_of(read_json('{"content":"\\ud800甲","title":"\\udfff乙"}'), None)
    assert post is not None
    assert (post.content, post.title) == ("甲", "乙")


def test_json_that_nests_beyond_reason_is_none():
    assert read_json("[" * 200_000) is None
