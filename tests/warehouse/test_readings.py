"""What was read into core: evidence is checked, payloads are replaced, places are set, batches are whole."""

import pytest

from warehouse.errors import LoadError
from warehouse.readings import load_readings

PAGE = "http://yunxi.example/1"
BODY = "全年工业总产值328.1亿元，增长5.6%。"


def figures(connection):
    return connection.execute(
        "select written, value::varchar from core.metrics order by span_start"
    ).fetchall()


def test_rows_are_stored_as_they_were_read(world, connection):
    loaded = world.read(
        connection, BODY, world.figure("328.1亿元", "工业总产值", 328.1, value_base=32810000000)
    )
    assert (loaded.documents, loaded.metrics, loaded.cells, loaded.refused) == (1, 1, 1, ())
    row = connection.execute(
        "select value::varchar, value_base::varchar, section from core.metrics"
    ).fetchone()
    assert row == ("328.1000000000", "32810000000.0000000000", ["一、总结"])
    row = connection.execute(
        "select published_on::varchar, attachments, warnings from core.documents"
    ).fetchone()
    assert row == ("2026-01-05", [{"name": "附表", "url": "http://yunxi.example/a.pdf", "type": "pdf"}], [])


def test_large_values_keep_every_digit(world, connection):
    """12345678901.23 as a double with ten decimals would be 12345678901.2300016384."""
    world.read(connection, BODY, world.figure("328.1亿元", "工业总产值", 12345678901.23))
    assert figures(connection) == [("328.1亿元", "12345678901.2300000000")]


def test_lists_may_come_as_lists_or_as_text_that_holds_json(world, connection):
    world.read(connection, BODY, warnings=["一"], attachments=[{"name": "a", "url": "b", "type": "c"}])
    assert connection.execute("select warnings, attachments[1].type from core.documents").fetchone() == (
        ["一"],
        "c",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": 0},
        {"start": -1},
        {"start": None},
        {"end": 3},
        {"end": 99},
        {"written": "328.2亿元"},
        {"written": None},
    ],
)
def test_a_figure_that_is_not_in_its_place_is_refused_and_named(world, connection, wrong):
    good = world.figure("5.6%", "工业总产值", 5.6, "%", measure="change")
    bad = world.figure("328.1亿元", "工业总产值", 328.1, **wrong)
    loaded = world.read(connection, BODY, bad, good)
    assert figures(connection) == [("5.6%", "5.6000000000")]
    assert [(refusal.payload_digest, refusal.reason) for refusal in loaded.refused] == [
        (world.digest(BODY), "body[start:end] is not its written form")
    ]


def test_offsets_count_code_points(world, connection):
    body = "𠮷𠮷\u0301村，人口3万人。"
    loaded = world.read(connection, body, world.figure("3万人", "人口", 3, "万人"))
    assert (loaded.metrics, loaded.refused) == (1, ())


@pytest.mark.parametrize("value", [10**30, "1e40", "many", None, "NaN"])
def test_a_value_that_is_no_number_is_refused_and_the_rest_loads(world, connection, value):
    loaded = world.read(
        connection, BODY, world.figure("328.1亿元", "甲", value), world.figure("5.6%", "乙", 5.6, "%")
    )
    assert [refusal.reason for refusal in loaded.refused] == [
        "its value is not a number of at most 28 digits"
    ]
    assert figures(connection) == [("5.6%", "5.6000000000")]


def test_a_figure_without_its_document_is_refused(world, connection):
    world.read(connection, BODY, world.figure("328.1亿元", "甲", 328.1, payload_digest="sha256:other"))
    assert figures(connection) == []


def test_reading_again_replaces_the_rows_of_the_payload_only(world, connection):
    other = "税收5亿元。"
    world.read_all(
        connection,
        {BODY: (world.figure("328.1亿元", "甲", 328.1),), other: (world.figure("5亿元", "税收", 5),)},
    )
    world.read(connection, BODY, world.figure("5.6%", "乙", 5.6, "%"))
    assert sorted(figures(connection)) == [("5.6%", "5.6000000000"), ("5亿元", "5.0000000000")]
    assert connection.execute("select count(*) from core.documents").fetchone() == (2,)
    assert connection.execute("select count(*) from core.tables").fetchone() == (2,)


def test_a_payload_twice_in_a_batch_is_a_mistake(world, connection):
    world.read(connection, BODY)
    lines = (world.data / "read" / "documents.jsonl").read_text()
    (world.data / "read" / "documents.jsonl").write_text(lines * 2)
    with pytest.raises(LoadError, match="is there twice"):
        load_readings(connection, world.data / "read", metrics_version="1", regions=world.regions)


def test_a_batch_that_fails_leaves_what_was_there(world, connection):
    world.read(connection, BODY, world.figure("328.1亿元", "甲", 328.1))
    with pytest.raises(LoadError, match="cannot be loaded"):
        world.read_all(connection, {"税收5亿元。": ()}, text_digest=None)
    with pytest.raises(LoadError, match=r"documents\.jsonl: does not fit"):
        world.read_all(connection, {"税收5亿元。": ()}, published_on="soon")
    assert figures(connection) == [("328.1亿元", "328.1000000000")]


def test_a_folder_without_documents_is_named(world, connection, tmp_path):
    with pytest.raises(LoadError, match=r"has no documents\.jsonl"):
        load_readings(connection, tmp_path, metrics_version="1", regions=world.regions)


@pytest.mark.parametrize("read_first", [True, False])
def test_the_place_does_not_depend_on_what_was_loaded_first(world, connection, read_first):
    """新河街道 is in two districts: only the region of the site tells which."""
    folder = world.run(1, captured={PAGE: BODY})
    if read_first:
        world.read(connection, BODY, source="新河街道办事处", title="总结")
        assert connection.execute("select district from core.documents").fetchone() == (None,)
    world.load(connection, folder)
    if not read_first:
        world.read(connection, BODY, source="新河街道办事处", title="总结")
    row = connection.execute(
        "select office, district, district_code, site_region from core.documents"
    ).fetchone()
    assert row == ("新河街道办事处", "云溪区", "990102", "990102")


@pytest.mark.parametrize("days", [(1, 2), (2, 1)])
def test_the_first_capture_names_the_site_whatever_was_loaded_first(world, connection, days):
    """The table does not know the region, so the name of the site tells the district."""
    world.read(connection, BODY, source="某某日报", title="总结")
    names = {1: "南溪市柳河区人民政府", 2: "南溪市青山区人民政府"}
    for day in days:
        site = {**world.site, "region": "990109", "name": names[day]}
        world.load(connection, world.run(day, captured={PAGE: BODY}, site=site))
    row = connection.execute("select site_name, district, district_code from core.documents").fetchone()
    assert row == (names[1], "柳河区", "990109")
