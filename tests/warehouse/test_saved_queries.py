"""Each saved query answers, tells where its figures stand, and takes the values that its head names."""

import pytest

from tests.warehouse.yearly import OUTPUT, plan, report
from warehouse.errors import QueryError, SeedError
from warehouse.indicators import store_indicators
from warehouse.publish import publish
from warehouse.query import reader, run
from warehouse.saved_queries import saved_queries, saved_query

EVERY = {query.name: query for query in saved_queries()}
CHOSEN = {"indicator": "output", "document": "http://yunxi.example/4"}
A = "http://yunxi.example/4"
# what nothing was made for: a site that is read well
SILENT = {
    "table_cells",
    "figures_removed",
    "taken_down",
    "came_back",
    "attachments_not_held",
    "published_twice",
    "targets_open",
}


@pytest.fixture(scope="module")
def database(shared_world, shared_connection):
    """Two offices over two years with plans, a correction, a contradiction and a page read badly."""
    world, connection = shared_world, shared_connection
    made = [
        *(report(world, year, 200 + year % 100, 40) for year in (2022, 2023, 2024)),
        *(report(world, year, 300 - year % 100, 3, office="新河街道办事处") for year in (2022, 2024)),
        plan(world, 2024, 210),
        half_year(world, 2024, 90),
    ]
    corrected = report(world, 2024, 231, 41)
    bodies = {f"http://yunxi.example/{n}": one["body"] for n, one in enumerate(made, start=1)}
    world.load(connection, world.run(1, listed=dict.fromkeys(bodies, "甲"), captured=bodies))
    conflict = {
        **report(world, 2024, 250),
        "body": "另据统计，全年工业总产值250亿元。",
        "published": "2025-03-01",
    }
    last = {"http://yunxi.example/3": corrected["body"], "http://yunxi.example/99": conflict["body"]}
    world.load(connection, world.run(2, listed=dict.fromkeys([*bodies, *last], "甲"), captured=last))
    for one in (*made, corrected, conflict):
        facts = {
            "source": one["office"],
            "published_on": one["published"],
            "title": f"松石街道{int(one['published'][:4]) - 1}年工作总结",
            "words": [{"word": "安全生产", "occurrences": 1, "span_start": 0}],
        }
        world.read(connection, one["body"], *one["figures"], **facts, attachments="[]")
    store_indicators(connection, dict.fromkeys(("工业总产值", "工业产值"), OUTPUT))
    return publish(connection, world.data, now=world.now)


def half_year(world, year, value):
    made = report(world, year, value, published=f"{year}-07-20")
    made["figures"][0].more["period_end"] = f"{year}-06-30"
    return {**made, "body": "上半年" + made["body"]}


def answer(database, query, **chosen):
    known = {choice.name for choice in query.choices}
    values = query.values({key: value for key, value in (CHOSEN | chosen).items() if key in known})
    with reader(database) as connection:
        result = run(connection, query.sql, values)
        return result.columns, list(result.rows)


def test_the_limit_at_the_end_of_a_saved_query_is_known_and_no_other():
    assert EVERY["ranking"].rows_max == 200
    assert EVERY["over_the_years"].rows_max is None
    assert EVERY["document_figures"].rows_max is None, "the limit within it is another"


@pytest.mark.parametrize("query", EVERY.values(), ids=EVERY)
def test_a_saved_query_answers(database, query):
    columns, rows = answer(database, query)
    assert bool(rows) != (query.name in SILENT)
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("query", EVERY.values(), ids=EVERY)
def test_figures_come_with_their_sentence_and_place(database, query):
    columns, _ = answer(database, query)
    if "written" in columns:
        assert {"sentence", "url", "document_id", "span_start"} <= set(
            columns
        ) or query.name == "document_figures"


def test_there_are_twenty_and_their_values_are_used():
    assert len(EVERY) >= 20
    for query in EVERY.values():
        assert all(f"${choice.name}" in query.sql.split("\n", 3)[-1] for choice in query.choices)
        assert query.zh
        assert query.en


def test_an_office_and_a_year_can_be_chosen(database):
    _, rows = answer(database, saved_query("over_the_years"), office="新河%")
    assert [row[:3] for row in rows] == [("新河街道办事处", 2022, 278), ("新河街道办事处", 2024, 276)]


@pytest.mark.parametrize("indicator", ["output", "工业总产值", "工业产值"])
def test_an_indicator_goes_by_any_of_its_names(database, indicator):
    """Offices spell one indicator differently; who asks by one spelling means them all."""
    _, rows = answer(database, saved_query("over_the_years"), indicator=indicator)
    assert len({row[0] for row in rows}) == 2


def test_every_value_is_shown_with_its_unit(database):
    for query in EVERY.values():
        columns, _ = answer(database, query)
        numbers = {column for column in columns if "value" in column.removesuffix("_base").split("_")}
        for column in numbers - {"value_written", "value_document_id", "value_span_start"}:
            unit = column.removeprefix("before_").replace("value", "unit")
            assert unit in columns, (query.name, column)
        assert not {"growth", "growth_by_levels"} & set(columns), "a growth says that it is in percent"


def test_the_growth_that_is_ranked_stands_in_its_own_sentence(database):
    columns, rows = answer(database, saved_query("fastest_growth"))
    for row in rows:
        told = dict(zip(columns, row, strict=True))
        assert told["written"] in told["sentence"]
        assert told["written"].endswith("%")


def test_the_figures_of_the_newest_document_are_the_default(database):
    columns, rows = answer(database, saved_query("document_figures"), document="")
    assert {row[columns.index("url")] for row in rows} == {"http://yunxi.example/99"}


@pytest.mark.parametrize("value", ["二零二四", "", "2024 or 1"])
def test_a_value_that_is_no_number_is_named(value):
    with pytest.raises(QueryError, match=f"query ranking: year = {value} is no number, such as 2024"):
        saved_query("ranking").values({"year": value})


def test_a_value_that_the_query_does_not_know_is_named():
    with pytest.raises(QueryError, match="there is no value yaer; it takes indicator, year"):
        saved_query("ranking").values({"yaer": "2024"})
    with pytest.raises(QueryError, match="query rankings: is not saved; saved are attachments_not_held, "):
        saved_query("rankings")


def test_a_file_without_its_head_is_named(tmp_path):
    (tmp_path / "mine.sql").write_text("select 1\n")
    with pytest.raises(SeedError, match=r"mine\.sql: begins with what it asks"):
        list(saved_queries(tmp_path))
