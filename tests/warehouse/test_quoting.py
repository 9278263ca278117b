"""Names and text in SQL are only names and text."""

import duckdb
import pytest

from warehouse.quoting import identifier, literal

HOSTILE = ["a", 'a"b', "a'b", '"; drop table t; --', "'; drop table t; --", "列 名", ""]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_as_it_was(text):
    with duckdb.connect() as connection:
        assert connection.execute(f"select {literal(text)}").fetchone() == (text,)


@pytest.mark.parametrize("name", HOSTILE[:-1])
def test_a_name_comes_back_as_it_was(name):
    with duckdb.connect() as connection:
        assert connection.execute(f"select 1 as {identifier(name)}").description[0][0] == name
