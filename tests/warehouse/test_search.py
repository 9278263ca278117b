"""Search finds exactly what a plain scan finds, with its sentence and place, with the index or without."""

import random
import shutil
from pathlib import Path

import pytest

from warehouse.errors import QueryError
from warehouse.publish import publish
from warehouse.query import reader
from warehouse.search import Filters, search, unknown_names
from warehouse.snippet import sentence_around, snippet

A, B, C = "http://yunxi.example/1", "http://yunxi.example/2", "http://yunxi.example/3"
ONE = "一、总结\n全年税收5.0亿元。污水处理率98%；污水管网新建3公里。"
TWO = "全年税收6.0亿元。\n推进100%覆盖。"
THREE = "税收\u3000\u2028\x0b收税 '\"\\ 👍🏽é́税税收税"
TEXTS = {A: ONE, B: TWO, C: THREE}


def load(world, connection):
    captured = {A: ONE, B: TWO, C: THREE}
    world.load(connection, world.run(1, listed=dict.fromkeys(captured, "甲"), captured=captured))
    world.read(connection, ONE)
    world.read(connection, TWO, source="石桥区新河街道办事处", published_on="2024-05-01")
    world.read(connection, THREE, kind="file", published_on="2023-05-01")


@pytest.fixture(scope="module")
def published(shared_world, shared_connection):
    load(shared_world, shared_connection)
    return publish(shared_connection, shared_world.data, now=shared_world.now)


@pytest.mark.parametrize(("words", "filters"), [("税\udcff", Filters()), ("税", Filters(office="\udcff"))])
def test_half_a_character_is_refused(published, words, filters):
    with reader(published) as connection, pytest.raises(QueryError, match="search: it has half a character"):
        search(connection, published, words, filters)


@pytest.fixture(scope="module", params=["indexed", "bare"])
def loaded(request, published, tmp_path_factory):
    copy = published
    if request.param == "bare":
        copy = Path(shutil.copy(published, tmp_path_factory.mktemp("bare")))
    with reader(copy) as connection:
        yield lambda words, **filters: search(connection, copy, words, Filters(**filters))


def urls(found):
    return [hit.url for hit in found.hits]


def test_a_hit_has_its_sentence_place_and_count(shared_world, loaded):
    (hit,) = loaded("污水").hits
    assert (hit.sentence, hit.offset, hit.occurrences) == ("污水处理率98%；", ONE.index("污水"), 2)
    assert (hit.document_id, hit.payload_digest) == (shared_world.document_id(A), shared_world.digest(ONE))
    assert (hit.office, hit.district, hit.kind, hit.state) == ("松石街道办事处", "云溪区", "article", "held")


def test_all_words_must_be_there_and_the_newest_comes_first(loaded):
    assert urls(loaded("税收")) == [A, B, C]
    assert urls(loaded("税收 污水")) == [A]
    assert urls(loaded("污水 税收 铁路")) == []


@pytest.mark.parametrize("words", ["", "  ", "\n", "\u3000"])
def test_no_words_find_nothing(loaded, words):
    assert loaded(words).count == 0


@pytest.mark.parametrize(
    "words", ["%", "_", "'", '"', "\\", "100%", "税.收", "收税", "👍", "👍🏽", "é", "AND", "*"]
)
def test_words_are_taken_letter_by_letter(loaded, words):
    assert urls(loaded(words)) == [url for url, body in TEXTS.items() if words in body]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"office": "松石街道办事处"}, [A, C]),
        ({"district": "石桥区"}, [B]),
        ({"district": "990103"}, [B]),
        ({"year": 2024}, [B]),
        ({"year": 2026, "district": "石桥区"}, []),
        ({"kind": "file"}, [C]),
        ({"state": "held"}, [A, B, C]),
        ({"state": "gone"}, []),
        ({"office": "街道"}, []),
    ],
)
def test_filters(loaded, filters, found):
    assert urls(loaded("税收", **filters)) == found


def test_hits_equal_a_plain_scan(loaded):
    chance = random.Random(7)
    for _ in range(200):
        body = chance.choice([ONE, TWO, THREE])
        start = chance.randrange(len(body))
        words = body[start : start + chance.randint(1, 6)]
        if words.split() != [words]:
            continue
        expected = {(url, text.count(words)) for url, text in TEXTS.items() if words in text}
        found = loaded(words)
        assert {(hit.url, hit.occurrences) for hit in found.hits} == expected
        assert found.count == len(expected)


def test_an_answer_without_the_index_says_so(loaded, request):
    told = loaded("税收").without_index
    assert (told is not None) == ("bare" in request.node.name)


def test_only_the_newest_version_is_searched_and_all_are_counted(world, connection):
    load(world, connection)
    world.load(connection, world.run(2, listed={A: "甲"}, captured={A: "全文已换。"}))
    world.read(connection, "全文已换。")
    copy = publish(connection, world.data, now=world.now)
    with reader(copy) as published:
        assert urls(search(published, copy, "污水")) == []
        found = search(published, copy, "税收", limit=1)
    assert (found.count, urls(found)) == (2, [B])


def test_of_a_long_sentence_what_is_near_is_shown():
    found = snippet("d", "长" * 1000 + "税收" + "长" * 1000, "税收")
    assert (found.offset, len(found.sentence)) == (1000, 242)


def test_a_sentence_is_bounded_by_end_marks_and_the_window():
    assert sentence_around("甲。乙丙丁。戊", 3, 1) == "乙丙丁。"
    assert sentence_around("没有句号", 1, 1) == "没有句号"


@pytest.mark.parametrize(
    ("filters", "unknown"),
    [
        ({"office": "新河"}, [("新河", ("石桥区新河街道办事处",))]),
        (
            {"office": "街道", "district": "溪"},
            [("街道", ("松石街道办事处", "石桥区新河街道办事处")), ("溪", ("云溪区",))],
        ),
        ({"office": "无此机构"}, [("无此机构", ())]),
        ({"office": "松石街道办事处", "district": "云溪区", "year": 1999}, []),
        ({"district": "990102"}, []),
        ({"district": "999"}, [("999", ())]),
        ({"district": "9901"}, [("9901", ("990102", "990103"))]),
    ],
)
def test_names_that_no_document_is_of_are_told_with_those_that_contain_them(published, filters, unknown):
    with reader(published) as connection:
        assert list(unknown_names(connection, Filters(**filters))) == unknown
