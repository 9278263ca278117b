"""Search finds exactly what a plain scan finds, with the sentence and the place."""

import random

import pytest

from warehouse.search import search, sentence_around

A, B = "http://yunxi.example/1", "http://yunxi.example/2"
ONE = "一、总结\n全年税收5.0亿元。污水处理率98%；污水管网新建3公里。"
TWO = "全年税收6.0亿元。\n推进100%覆盖。"


def load(world, connection):
    world.load(connection, world.run(1, listed={A: "甲", B: "乙"}, captured={A: ONE, B: TWO}))
    world.read(connection, ONE)
    world.read(connection, TWO, source="石桥区新河街道办事处", published_on="2024-05-01")


@pytest.fixture(scope="module")
def loaded(shared_world, shared_connection):
    load(shared_world, shared_connection)
    return shared_connection


def urls(connection, words, **filters):
    return [hit.url for hit in search(connection, words, **filters)]


def test_a_hit_has_its_sentence_place_and_count(world, loaded):
    (hit,) = search(loaded, "污水")
    assert (hit.sentence, hit.offset, hit.occurrences) == ("污水处理率98%；", ONE.index("污水"), 2)
    assert (hit.document_id, hit.payload_digest, hit.office) == (
        world.document_id(A),
        world.digest(ONE),
        "松石街道办事处",
    )


def test_all_words_must_be_there_and_the_newest_comes_first(loaded):
    assert urls(loaded, "税收") == [A, B]
    assert urls(loaded, "税收 污水") == [A]
    assert urls(loaded, "污水 税收 铁路") == []


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_no_words_find_nothing(loaded, words):
    assert urls(loaded, words) == []


@pytest.mark.parametrize("words", ["%", "_", "'", "100%", "税.收", "\\"])
def test_words_are_taken_letter_by_letter(loaded, words):
    assert urls(loaded, words) == [url for url, body in ((A, ONE), (B, TWO)) if words in body]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"office": "松石街道办事处"}, [A]),
        ({"district": "石桥区"}, [B]),
        ({"district": "990103"}, [B]),
        ({"year": 2024}, [B]),
        ({"year": 2026, "district": "石桥区"}, []),
    ],
)
def test_filters(loaded, filters, found):
    assert urls(loaded, "税收", **filters) == found


def test_hits_equal_a_plain_scan(loaded):
    chance = random.Random(7)
    for _ in range(60):
        body = chance.choice([ONE, TWO])
        start = chance.randrange(len(body))
        words = body[start : start + chance.randint(1, 6)]
        if words.split() != [words]:
            continue
        expected = {(url, text.count(words)) for url, text in ((A, ONE), (B, TWO)) if words in text}
        assert {(hit.url, hit.occurrences) for hit in search(loaded, words)} == expected


def test_only_the_newest_version_is_searched(world, connection):
    load(world, connection)
    world.load(connection, world.run(2, listed={A: "甲"}, captured={A: "全文已换。"}))
    world.read(connection, "全文已换。")
    assert urls(connection, "污水") == []


def test_a_sentence_is_bounded_by_end_marks_and_the_window():
    assert sentence_around("甲。乙丙丁。戊", 3, 1) == "乙丙丁。"
    assert sentence_around("没有句号", 1, 1) == "没有句号"
