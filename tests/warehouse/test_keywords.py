"""Keywords of documents and years: exact counts, the formula of the dictionary, a place for each word."""

from decimal import Decimal
from math import log

import pytest

from warehouse.publish import publish
from warehouse.query import reader
from warehouse.saved_queries import saved_query

FIRST = "城中村改造和电梯加装，改造城中村"
SECOND = "改造老旧小区，垃圾分类"
THIRD = "疫情防控，改造厂房；疫情防控"
COUNTED = {
    FIRST: {"城中村": 2, "改造": 2, "电梯": 1, "加装": 1},
    SECOND: {"改造": 1, "老旧小区": 1, "垃圾分类": 1},
    THIRD: {"疫情防控": 2, "改造": 1, "厂房": 1},
}
TITLES = {FIRST: "松石街道2023年工作总结", SECOND: "松石街道2023年民生简报", THIRD: "松石街道工作要点"}
URLS = {body: f"http://yunxi.example/{n}" for n, body in enumerate(COUNTED, start=1)}


@pytest.fixture(scope="module")
def database(shared_world, shared_connection):
    """Two documents of 2023 by their titles, one published in 2021; a page of lists has no say."""
    world, connection = shared_world, shared_connection
    shell = "栏目 改造 改造"
    urls = {url: body for body, url in URLS.items()} | {"http://yunxi.example/9": shell}
    world.load(connection, world.run(1, listed=dict.fromkeys(urls, "甲"), captured=urls))
    for body, counts in COUNTED.items():
        facts = {"title": TITLES[body], "published_on": "2021-12-20", "words": words(body, counts)}
        world.read(connection, body, **facts)
    world.read(connection, shell, kind="list", words=words(shell, {"改造": 2}))
    return publish(connection, world.data, now=world.now)


def words(body, counts):
    return [
        {"word": word, "occurrences": count, "span_start": body.index(word)} for word, count in counts.items()
    ]


def ask(database, sql):
    with reader(database) as connection:
        return connection.execute(sql).fetchall()


def about(score):
    """What a score is that the warehouse has rounded to six places."""
    return pytest.approx(Decimal(score), abs=Decimal("0.000001"))


def test_every_word_is_counted_in_its_document_and_year(database):
    rows = ask(database, "select url, year, word, occurrences from mart.words")
    assert sorted(rows) == sorted(
        (URLS[body], 2023 if "2023" in TITLES[body] else 2021, word, count)
        for body, counts in COUNTED.items()
        for word, count in counts.items()
    )


def test_the_score_is_the_formula_of_the_dictionary(database):
    rows = ask(database, "select url, word, occurrences, documents_with_word, score from mart.keywords")
    assert len(rows) == sum(map(len, COUNTED.values()))
    bodies = {url: body for body, url in URLS.items()}
    for url, word, occurrences, spread, score in rows:
        counts = COUNTED[bodies[url]]
        assert occurrences == counts[word]
        assert spread == sum(word in other for other in COUNTED.values())
        assert score == about(occurrences / sum(counts.values()) * log(4 / (spread + 0.5)))


def test_a_word_that_all_have_comes_last(database):
    rows = ask(database, f"select word from mart.keywords where url = '{URLS[FIRST]}' order by place")
    assert [word for (word,) in rows][0::3] == ["城中村", "改造"]


def test_each_word_is_shown_in_its_text(database):
    for mart in ("words", "keywords", "year_keywords"):
        misplaced = f"""select word from mart.{mart} inner join core.documents using (payload_digest)
            where substr(body, span_start + 1, span_end - span_start) <> word"""
        assert ask(database, misplaced) == []


def test_a_year_counts_its_documents_together(database):
    rows = ask(
        database,
        "select level, district, occurrences, documents, url, score from mart.year_keywords "
        "where year = 2023 and word = '改造' order by all",
    )
    score = about(3 / 9 * log(4 / 3.5))
    assert rows == [("all", None, 3, 2, URLS[FIRST], score), ("district", "云溪区", 3, 2, URLS[FIRST], score)]
    assert ask(
        database, "select word from mart.year_keywords where year = 2021 and place = 1 and level = 'all'"
    ) == [("疫情防控",)]


def test_documents_without_a_year_or_an_office_are_asked_too(world, connection):
    body = "改造厂房，改造"
    world.load(connection, world.run(1, captured={URLS[FIRST]: body}))
    world.read(connection, body, title="简报", words=words(body, {"改造": 2, "厂房": 1}))
    connection.execute("update core.documents set office = null, published_on = null")
    query = saved_query("word_over_the_years")
    rows = connection.execute(query.sql, query.values({"word": "改造"})).fetchall()
    assert [row[:4] for row in rows] == [(None, 1, 1, 2)]


def test_words_of_the_office_and_its_district_are_counted_and_not_listed(world, connection):
    body = "云溪区松石街道加装电梯"
    world.load(connection, world.run(1, listed={URLS[FIRST]: "甲"}, captured={URLS[FIRST]: body}))
    world.read(connection, body, words=words(body, {"云溪": 1, "街道": 1, "电梯": 2}))
    assert connection.execute("select word, score from mart.keywords").fetchall() == [
        ("电梯", about(2 / 4 * log(2 / 1.5)))
    ]
    of_district = "select word from mart.year_keywords where level = 'district' order by word desc"
    assert connection.execute(of_district).fetchall() == [("街道",), ("电梯",)]
    assert connection.execute("select count(*) from mart.words").fetchall() == [(3,)]
