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
from warehouse.query import reader

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


@pytest.fixture(scope="module")
def copy(shared_world, shared_connection):
    """A published copy of a warehouse with one document."""
    listed = shared_world.run(1, listed={"http://yunxi.example/1": "甲"})
    shared_world.load(shared_connection, listed)
    return publish(shared_connection, shared_world.data, now=shared_world.now)


@pytest.fixture(scope="module")
def published(copy):
    with reader(copy) as connection:
        yield connection


@pytest.fixture(scope="module")
def columns(published):
    """Every column of a copy as (schema, table, column, type, comment)."""
    return published.execute(
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


def test_every_table_and_view_has_its_comment(published):
    dictionary = load_dictionary()
    relations = published.execute(
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


def test_the_page_tells_what_the_database_and_a_package_tell(published, copy, tmp_path):
    """One text for each column, in docs/dictionary.md, the comments, and datapackage.json."""
    page = dictionary_page(published)
    assert PAGE.read_text(encoding="utf-8") == page, (
        "python -m warehouse.dictionary_page > docs/dictionary.md"
    )
    export(copy, "csv", tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    told = {
        (f"## {schema}.{table}", name): comment
        for schema, table, name, comment in published.execute(
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


EVIDENCE = ("document_id", "url", "captured_at", "span_start", "span_end", "payload_digest")
# both sides of a change are of one document, and the new one is the capture of the version
OF_THE_ROW = {
    ("changes", "old_"): {"document_id", "url"},
    ("changes", "new_"): {"document_id", "url", "captured_at"},
}


def test_every_figure_in_a_mart_has_its_document_place_capture_and_address(columns):
    """A mart shows a figure where a column ends in `written`; a number with decimals is one."""
    chinese = {term.name: name for name, term in load_dictionary().columns.items() if term.name}
    marts = {}
    for schema, mart, column, kind, _ in columns:
        if schema == "mart":
            marts.setdefault(mart, {})[chinese.get(column, column)] = kind
    figures = {
        (mart, column.removesuffix("written"))
        for mart, names in marts.items()
        for column in names
        if column.endswith("written")
    }
    assert {mart for mart, _ in figures} == {
        *("metrics", "指标", "figures", "latest_metric", "indicator_panel", "ranking", "targets"),
        *("changes", "conflicts"),
    }
    for mart, side in figures:
        shared = OF_THE_ROW.get((mart, side), set())
        wanted = {name if name in shared else side + name for name in EVIDENCE}
        assert wanted <= set(marts[mart]), (mart, side)
    numbers = {
        mart for mart, names in marts.items() if any(kind.startswith("DECIMAL") for kind in names.values())
    }
    scores = {"near", "duplicates", "vocabulary", "keywords", "year_keywords"}
    assert numbers - {mart for mart, _ in figures} == scores, "how alike or rare something is, is no figure"


def test_every_value_in_a_mart_has_its_unit(columns):
    """What stands beside each other in base units has one of them for all sides."""
    marts = {mart: set(names(columns, "mart", mart)) for schema, mart, *_ in columns if schema == "mart"}
    for mart, beside in marts.items():
        for column in beside:
            if column.endswith("value"):
                assert column.removesuffix("value") + "unit" in beside, (mart, column)
            if column.endswith("value_base"):
                assert "unit_base" in beside, (mart, column)


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
