"""SQL over the published copy answers questions and reaches nothing else."""

from decimal import Decimal

import duckdb
import pytest

from warehouse.errors import NotPublishedError, QueryError
from warehouse.publish import publish
from warehouse.query import reader, run

A = "http://yunxi.example/1"
BODY = "税收5.0亿元。"

# a secret file and the published copy stand for {file} and {database}
ESCAPES = [
    "from read_text('{file}')",
    "from read_blob('{file}')",
    "from read_csv('{file}')",
    "from read_json('{file}')",
    "from read_parquet('{file}')",
    "from '{file}'",
    'from "{file}"',
    "select (select content from read_text('{file}'))",
    "with stolen as (from read_text('{file}')) from stolen",
    "describe (from read_csv('{file}'))",
    "summarize from read_csv('{file}')",
    "from query('from read_text(''{file}'')')",
    "from query_table('{file}')",
    "from glob('/*')",
    "from sniff_csv('{file}')",
    "from parquet_metadata('{file}')",
    "from read_duckdb('{database}')",
    "copy (select 1) to '{file}.out'",
    "copy mart.metrics to '{file}.out'",
    "export database '{file}.out'",
    "import database '{file}.out'",
    "attach '{file}.out'",
    "attach '{database}' as other",
    "detach memory",
    "use memory",
    "install httpfs",
    "load httpfs",
    "from 'https://example.org/a.csv'",
    "from read_csv('https://example.org/a.csv')",
    "set enable_external_access = true",
    "set threads = 64",
    "set memory_limit = '100GB'",
    "reset lock_configuration",
    "pragma enable_profiling",
    "pragma database_list",
    "pragma show_tables",
    "call pragma_version()",
    "from enable_logging('QueryLog', storage = 'file', storage_path = '{file}.log')",
    "from checkpoint()",
    "from force_checkpoint()",
    "from duckdb_secrets()",
    "from duckdb_settings()",
    "from which_secret('s3://a', 's3')",
    "create secret (type s3)",
    "create table stolen as select 1",
    "create temp table stolen as select 1",
    "create macro steal() as 1",
    "create view stolen as select 1",
    "insert into core.documents (body) values ('x')",
    "update core.metrics set value = 0",
    "delete from core.metrics",
    "drop view mart.metrics",
    "alter table core.metrics drop column value",
    "truncate core.metrics",
    "vacuum",
    "checkpoint",
    "begin",
    "prepare p as select 1",
    "execute p",
    "explain analyze delete from core.metrics",
    "explain select 1",
    "select 1; select 2",
    "select 1; copy (select 1) to '{file}.out'",
    "select getenv('HOME')",
    "from secret_of_the_caller",
    "",
    " -- nothing\n",
    "select 1\0; drop view mart.metrics",
    "select '\ud800'",
    "select " + "not " * 5000 + "true",
    # the same by another door
    "from duckdb_databases",
    "from main.duckdb_databases",
    'from "Duckdb_Databases" select path',
    "from pragma_database_list",
    "from duckdb_logs",
    "from pg_catalog.pg_settings",
    "from pg_database",
    "from system.pg_catalog.pg_settings",
    "describe duckdb_databases",
    "summarize pg_catalog.pg_settings",
    "with t as (from duckdb_databases) from t",
    "select current_setting('secret_directory')",
    "select pg_catalog.current_setting('allowed_paths')",
    "select ('secret_directory').current_setting()",
    "select json_serialize_plan('from duckdb_settings()')",
    "select json_serialize_plan('create table stolen as select 1')",
    "select write_log('x')",
    "select sleep_ms(1)",
    # a table function in every corner of a SELECT
    "select 1 limit (select count(*) from checkpoint())",
    "select 1 limit 1 offset (select count(*) from checkpoint())",
    "select 1 order by (select count(*) from checkpoint())",
    "select * replace ((select count(*) from checkpoint()) as a) from (select 1 as a)",
    "select 1 as a qualify row_number() over (order by (select count(*) from checkpoint())) = 1",
    "select sum(a) over w from range(3) as t (a) window w as (order by (select count(*) from checkpoint()))",
    "select sum(a) over (order by a rows (select 1 from checkpoint()) preceding) from range(3) as t (a)",
    "select count(*) filter (where exists (from checkpoint()))",
    "select distinct on ((select count(*) from checkpoint())) 1",
    "select count(*) group by grouping sets (((select count(*) from checkpoint())))",
    "select count(*) having exists (from checkpoint())",
    "select list(a order by (select count(*) from checkpoint())) from range(3) as t (a)",
    "select list_transform([1], lambda x: (select count(*) from checkpoint()))",
    "select columns(c -> exists (from checkpoint())) from (select 1 as a)",
    "values ((select count(*) from checkpoint()))",
    "select 1 = any (select 1 from checkpoint())",
    "from range(1) join lateral (from checkpoint()) on true",
    "from range(1) positional join checkpoint()",
    "with recursive t as (select 1 as a union all select a + 1 from t, checkpoint() where a < 2) from t",
    "with unused as (from checkpoint()) select 1",
    "select 1 union by name select 1 from checkpoint()",
    "from system.main.checkpoint()",
    'from "ChEckPoint"()',
    "pivot (select 1 as a, 2 as b) on a in (select 1 from checkpoint()) using sum(b)",
    "pivot (select 1 as a, 2 as b) on a using sum(b)",
    "unpivot (select * from checkpoint()) on success",
    "from mart.metrics at (version => (select count(*) from checkpoint()))",
    # table functions of DuckDB 1.5 that no question needs
    "from sql_auto_complete('sel')",
    "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "from pragma_storage_info('mart.metrics')",
    "from pragma_database_size()",
    "from pragma_user_agent()",
    "from duckdb_memory()",
    "from duckdb_extensions()",
    "from duckdb_temporary_files()",
    "from duckdb_variables()",
    "from duckdb_external_file_cache()",
    "from duckdb_logs_parsed('QueryLog')",
    "from truncate_duckdb_logs()",
    "from enable_profiling()",
    "from repeat(1, 1000000000)",
    "from test_all_types()",
    "from histogram(mart.metrics, value)",
    "from python_map_function(1)",
    "from pandas_scan(1)",
    "from arrow_scan(1, 2, 3)",
    # more than one statement, or another, in disguise
    "select 1 --\r; drop view mart.metrics",
    "select 'a\\'; drop view mart.metrics --'",
    "select $a$ $b$ $a$; drop view mart.metrics",
    "/* select 1 */ drop view mart.metrics",
    "select 1；drop view mart.metrics",
    "pragma json_execute_serialized_sql('{}')",
    "execute immediate 'select 1'",
    "with gone as (delete from core.metrics returning 1) from gone",
    "merge into core.documents using (select 1) on false when not matched then insert default values",
    "comment on table core.documents is 'x'",
    "set variable stolen = 1",
    "create temp macro steal() as table from read_text('{file}')",
    "create function steal() as 1",
    "update extensions",
    "analyze",
    # nested until the parser gives up
    "select " + "(" * 20_000 + "1" + ")" * 20_000,
    "select " + "[" * 20_000 + "1" + "]" * 20_000,
    "select 1" + "::int" * 5_000,
    "select " + "case when true then " * 2_000 + "1" + " end" * 2_000,
    "select * from " + "(select * from " * 2_000 + "(select 1)" + ")" * 2_000,
]


@pytest.fixture(scope="module")
def database(shared_world, shared_connection):
    """A published copy with one document and one figure."""
    shared_world.load(shared_connection, shared_world.run(1, listed={A: "甲"}, captured={A: BODY}))
    shared_world.read(shared_connection, BODY, shared_world.figure("5.0亿元", "税收", 5))
    return publish(shared_connection, shared_world.data, now=shared_world.now)


@pytest.fixture
def opened(database):
    with reader(database) as connection:
        yield connection


@pytest.mark.parametrize("escape", ESCAPES, ids=lambda escape: ascii(escape[:40]))
def test_escapes_are_refused(opened, database, tmp_path, escape):
    secret_of_the_caller = [("secret",)]
    file = tmp_path / "secret.csv"
    file.write_text("secret\n1\n")
    before = [*tmp_path.rglob("*"), *database.parent.rglob("*")]
    with pytest.raises(QueryError, match=r"^query: ."):
        list(run(opened, escape.replace("{file}", str(file)).replace("{database}", str(database))).rows)
    assert sorted([*tmp_path.rglob("*"), *database.parent.rglob("*")]) == sorted(before)
    assert secret_of_the_caller
    assert list(run(opened, "select count(*) from mart.metrics").rows) == [(1,)]


@pytest.mark.parametrize(
    "sql",
    [
        "from mart.metrics",
        "from mart.指标;",
        "select * from mart.metrics -- all of them",
        "with figures as (from mart.metrics) select * from figures",
        "select * from mart.metrics limit 1 ;\n",
    ],
)
def test_the_ways_to_ask_for_metrics(opened, sql):
    result = run(opened, sql)
    assert len(result.columns) == len(result.types) == 27
    assert len(list(result.rows)) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "describe mart.metrics",
        "summarize mart.documents",
        "show all tables",
        "values (1), (2)",
        "from range(3)",
        "show databases",
        "from duckdb_tables select table_name",
        "from information_schema.columns select column_name",
        "select $$; drop view mart.metrics$$ -- ; drop view mart.metrics",
        "select 'current_setting', E'a\\'; drop view mart.metrics'",
        "with recursive t as (select 1 as a union all select a + 1 from t where a < 3) from t",
        "select year(published) as year, count(*) from mart.documents group by all order by all",
    ],
)
def test_other_harmless_questions_are_answered(opened, sql):
    assert list(run(opened, sql).rows)


def test_types_and_values_are_duckdbs(opened):
    result = run(opened, "select value, written, period_start from mart.metrics")
    assert result.columns == ("value", "written", "period_start")
    assert result.types == ("DECIMAL(38,10)", "VARCHAR", "DATE")
    assert next(result.rows)[0] == Decimal(5)


def test_rows_are_fetched_as_they_are_asked_for(opened):
    rows = run(opened, "from range(10_000_000)").rows
    assert [next(rows) for _ in range(3)] == [(0,), (1,), (2,)]


def test_readers_of_one_copy_do_not_disturb_each_other(database, tmp_path):
    with (
        reader(database) as one,
        reader(database, memory_limit="512MB", output=tmp_path / "out.csv") as other,
    ):
        assert list(run(one, "select count(*) from mart.metrics").rows) == [(1,)]
        assert list(run(other, "select count(*) from mart.metrics").rows) == [(1,)]
        other.execute("copy (select 1) to '" + str(tmp_path / "out.csv") + "'")
        with pytest.raises(duckdb.PermissionException):
            one.execute("copy (select 1) to '" + str(tmp_path / "other.csv") + "'")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("from mart.metric", "Table with name metric does not exist"),
        ("from metrics", r"Did you mean .*mart\.metrics"),
        ("select offic from mart.metrics", 'Candidate bindings: "office"'),
        ("selekt 1", 'syntax error at or near "selekt"$'),
        ("select 1; select 2", "one SELECT at a time"),
        ("delete from core.metrics", "DELETE is not allowed; only SELECT is"),
        ("from read_text('a')", "the table function read_text is not allowed"),
        ("", "there is no statement"),
        ("select error('on purpose')", "on purpose"),
        ("select 'a'::integer from mart.metrics", "Could not convert"),
    ],
)
def test_refusals_say_why_in_one_line(opened, sql, message):
    with pytest.raises(QueryError, match=message) as caught:
        list(run(opened, sql).rows)
    assert "\n" not in str(caught.value)


def test_a_copy_that_is_no_database_is_named(tmp_path):
    with (
        pytest.raises(NotPublishedError, match=r"none\.duckdb: cannot be opened"),
        reader(tmp_path / "none.duckdb"),
    ):
        pass
