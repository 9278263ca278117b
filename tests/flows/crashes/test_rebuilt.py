"""Rebuilt from archive and run files, a warehouse has the same rows in every table and view (FAULTS 99)."""

from typing import Any

from flows.cli import run
from flows.layout import Layout
from warehouse.publish import current
from warehouse.query import reader

RELATIONS = """
    select schema_name, table_name from duckdb_tables()
    where schema_name in ('raw', 'core', 'mart') and table_name not in ('migrations', 'layers')
    union all
    select schema_name, view_name from duckdb_views() where schema_name = 'mart'
    order by all
"""


def everything(layout: Layout) -> dict[str, list[tuple[Any, ...]]]:
    with reader(current(layout.data)) as connection:
        relations = connection.execute(RELATIONS).fetchall()
        return {
            f"{schema}.{name}": connection.execute(f'from {schema}."{name}" order by all').fetchall()
            for schema, name in relations
        }


def test_99_a_rebuild_gives_the_same_rows_in_every_table_and_view(layout: Layout) -> None:
    before = everything(layout)
    assert {"core.documents", "core.metrics", "core.tables", "mart.metrics", "mart.gone"} <= before.keys()
    assert run(["--data", str(layout.data), "rebuild"]) == 0
    assert everything(layout) == before
