"""Literals of page scripts are read, never run."""

import time

import pytest

from scrapers.platforms.literals import read_literal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{col:1,path:'/',unitid:\"6\"};", {"col": 1, "path": "/", "unitid": "6"}),
        ("[{'title':'“两会”','url':'a.html',},]", [{"title": "“两会”", "url": "a.html"}]),
        (r"['it\'s \"so\"\n\u4e2d\x41']", ['it\'s "so"\n中A']),
        ("{a:true,b:null,c:undefined,d:-1.5,e:0123}", {"a": True, "b": None, "c": None, "d": -1.5, "e": 123}),
        ("{ 'a' : [ ] , } ; more [", {"a": []}),
        ("{a:name}", {"a": "name"}),
    ],
)
def test_literals(text: str, value: object):
    assert read_literal(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "x", "{", "[1,", "{a:1+1}", "{a:f(1)}", "{'a:1}", "[1,,2]", "}", "{a}", "[" * 200_000, "'a'", "7"],
)
def test_what_is_no_literal(text: str):
    assert read_literal(text) is None


def test_it_begins_where_it_is_told_to():
    assert read_literal("var a = [1]; var b = [2];", 21) == [2]


def test_64_a_literal_without_an_end_takes_linear_time():
    started_s = time.process_time()
    assert read_literal("[" + "'a'," * 500_000) is None
    assert time.process_time() - started_s < 5


@pytest.mark.parametrize("row", ["7,", "1.5,", "'a',", "a,"])
def test_65_more_than_a_list_can_hold_is_not_read(row: str):
    assert len(read_literal(f"[{row * 150_000}]")) == 150_000
    assert read_literal(f"[{row * 250_000}]") is None
