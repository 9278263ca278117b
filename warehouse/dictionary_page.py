"""docs/dictionary.md: every table and column of a warehouse in Chinese and English.

    python -m warehouse.dictionary_page > docs/dictionary.md

writes it anew; a test holds it against the dictionary and the tables.
"""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection

from warehouse.database import writer
from warehouse.dictionary import load_dictionary
from warehouse.mart import store_mart

HEAD = """\
# 数据字典 | Dictionary

Made from `seeds/dictionary.toml` by `python -m warehouse.dictionary_page`; do not edit. The same words are
the comments in the database (`select table_name, comment from duckdb_tables()`) and the fields of an
export's `datapackage.json`.

`mart` is what one asks; its tables are made anew in each published copy. `core` is what was read out of
payloads, `raw` what the runs recorded.
"""
COLUMNS = """
    select schema_name, table_name, column_name, data_type
    from duckdb_columns()
    where not internal and database_name = current_database()
    order by array_position(['mart', 'core', 'raw'], schema_name), table_name, column_index
"""


def dictionary_page(connection: DuckDBPyConnection) -> str:
    """Return the page for the tables and views of a warehouse, mart first."""
    return "\n".join(_lines(connection))


def _lines(connection: DuckDBPyConnection) -> Iterator[str]:
    dictionary = load_dictionary()
    rows = connection.execute(COLUMNS).fetchall()
    yield HEAD
    for (schema, table), columns in groupby(rows, key=lambda row: row[:2]):
        told = dictionary.table(schema, table)
        yield f"## {schema}.{table}\n\n{told.zh}\n\n{told.en}\n"
        yield "| column | type | 含义 | meaning |\n|---|---|---|---|"
        for _, _, column, type_ in columns:
            term = dictionary.column(schema, table, column)
            yield f"| {column} | {type_.lower()} | {term.zh} | {term.en} |"
        yield ""


if __name__ == "__main__":
    with TemporaryDirectory() as folder, writer(Path(folder)) as warehouse:
        store_mart(warehouse)
        sys.stdout.write(dictionary_page(warehouse))
