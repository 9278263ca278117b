"""One dictionary tells of every table and column, no more and no less, and the marts keep their contracts."""

import json
from pathlib import Path

import pytest

import warehouse
from warehouse.dictionary import load_dictionary
from warehouse.dictionary_page import dictionary_page
from warehouse.errors import SeedError
from warehouse.export.corpus import export
from warehouse.export.tables import schema_of
from warehouse.publish import publish

PAGE = Path(warehouse.__file__).parent.parent / "docs" / "dictionary.md"

METRICS = [
    *(
        "office",
        "district",
        "indicator",
        "indicator_id",
        "measure",
        "value",
        "value_max",
        "unit",
        "value_base",
    ),
    *(
        "unit_base",
        "qualifier",
        "status",
        "period_start",
        "period_end",
        "scope",
        "written",
        "sentence",
        "section",
    ),
    *("document_id", "title", "url", "published", "captured_at", "span_start", "span_end", "payload_digest"),
    "rule",
]


@pytest.fixture
def columns(connection):
    """Every column as (schema, table, column, type, comment)."""
    return connection.execute(
        "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() "
        "where not internal and database_name = current_database() "
        "order by schema_name, table_name, column_index"
    ).fetchall()


def names(columns, schema, table):
    return [column for in_schema, in_table, column, *_ in columns if (in_schema, in_table) == (schema, table)]


def test_every_column_has_its_comment_in_both_languages(columns):
    dictionary = load_dictionary()
    for schema, table, column, _, comment in columns:
        assert comment == dictionary.column(schema, table, column).comment
        assert " | " in comment


def test_every_table_and_view_has_its_comment(connection):
    dictionary = load_dictionary()
    relations = connection.execute(
        "select schema_name, table_name, comment from duckdb_tables() union all "
        "select schema_name, view_name, comment from duckdb_views() where not internal"
    ).fetchall()
    for schema, name, comment in relations:
        assert comment == dictionary.table(schema, name).comment
    told = {(schema, name) for schema, tables in dictionary.tables.items() for name in tables}
    assert told == {(schema, name) for schema, name, _ in relations}


def test_no_entry_is_about_a_column_that_does_not_exist(columns):
    dictionary = load_dictionary()
    by_table = {}
    for schema, table, column, *_ in columns:
        by_table.setdefault((schema, table), set()).add(column)
    for schema, tables in dictionary.tables.items():
        for table, entry in tables.items():
            assert set(entry.columns) <= by_table[schema, table]
    own = {
        (schema, table, column)
        for schema, tables in dictionary.tables.items()
        for table, entry in tables.items()
        for column in entry.columns
    }
    shared = {column for schema, table, column, *_ in columns if (schema, table, column) not in own}
    assert set(dictionary.columns) <= shared


def test_the_page_tells_what_the_database_and_a_package_tell(connection, world, tmp_path):
    """One text for each column, in docs/dictionary.md, the comments, and datapackage.json."""
    page = dictionary_page(connection)
    assert PAGE.read_text(encoding="utf-8") == page, (
        "python -m warehouse.dictionary_page > docs/dictionary.md"
    )
    world.load(connection, world.run(1, listed={"http://yunxi.example/1": "甲"}))
    export(publish(connection, world.data, now=world.now), "csv", tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    told = {
        (f"## {schema}.{table}", name): comment
        for schema, table, name, comment in connection.execute(
            "select schema_name, table_name, column_name, comment from duckdb_columns() where not internal"
        ).fetchall()
    }
    for (head, name), comment in told.items():
        section = page.split(f"{head}\n")[1].split("\n## ")[0]
        assert f"| {name} | " in section
        assert f"| {comment} |" in section
    for resource in package["resources"]:
        schema = schema_of(resource["name"])
        for field in resource["schema"]["fields"]:
            of_text = ("## core.documents", "body") if field["name"] == "body" else None
            assert field["description"] == told[of_text or (f"## {schema}.{resource['name']}", field["name"])]


def test_metrics_has_exactly_the_columns_of_the_design(columns):
    assert names(columns, "mart", "metrics") == METRICS


def test_the_chinese_view_has_the_chinese_names_in_the_same_order(columns):
    dictionary = load_dictionary()
    assert names(columns, "mart", "指标") == [dictionary.columns[name].name for name in METRICS]


def test_no_value_is_a_double(columns):
    assert [column for column in columns if column[3] in ("DOUBLE", "FLOAT")] == []


def test_views_with_figures_carry_document_span_and_payload(columns):
    for view in ("metrics", "latest_metric", "conflicts"):
        assert {"document_id", "span_start", "span_end", "payload_digest", "captured_at"} <= set(
            names(columns, "mart", view)
        )
    assert {
        "document_id",
        "old_span_start",
        "new_span_start",
        "old_payload_digest",
        "new_payload_digest",
    } <= set(names(columns, "mart", "changes"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = ", "not TOML"),
        ("[tables.raw.runs]\nzh = '一'\n[columns]", r"tables\.raw\.runs\.en: Field required"),
        ("[tables]\n[columns]\na = { zh = '一', en = 'a', de = 'eins' }", r"columns\.a\.de: Extra inputs"),
    ],
)
def test_a_wrong_dictionary_is_named_with_the_key(tmp_path, text, message):
    path = tmp_path / "dictionary.toml"
    path.write_text(text)
    with pytest.raises(SeedError, match=rf"dictionary\.toml: {message}"):
        load_dictionary(path)


def test_what_has_no_entry_is_named():
    with pytest.raises(SeedError, match=r"no entry for table mart\.nothing"):
        load_dictionary().table("mart", "nothing")
    with pytest.raises(SeedError, match=r"no entry for column nothing of mart\.metrics"):
        load_dictionary().column("mart", "metrics", "nothing")
