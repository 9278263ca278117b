"""The forms of an answer: exact decimals, safe cells, valid JSON, Parquet with DuckDB's types."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
from openpyxl import load_workbook
from rich.console import Console

from warehouse.errors import QueryError
from warehouse.formats import (
    SPREADSHEET_SAFE,
    as_records,
    as_table,
    neutral,
    unique,
    write_csv,
    write_json,
    write_parquet,
    write_xlsx,
)
from warehouse.publish import publish
from warehouse.query import Result


def result(*rows, columns=("a", "b"), types=("VARCHAR", "DECIMAL(38,10)")):
    return Result(tuple(columns), tuple(types), iter(rows))


def as_csv(given):
    stream = io.BytesIO()
    write_csv(given, stream)
    return stream.getvalue()


def as_json(given):
    stream = io.BytesIO()
    write_json(given, stream)
    return stream.getvalue().decode()


def test_csv_has_a_bom_and_plain_decimals():
    written = as_csv(result(("税收", Decimal("328.1000000000")), (None, Decimal("100.0000000000"))))
    assert written == "\ufeffa,b\r\n税收,328.1\r\n,100\r\n".encode()


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "=", "+1+1"]
)
def test_csv_cells_that_a_spreadsheet_would_run_are_neutralised(cell):
    rows = list(
        csv.reader(
            io.StringIO(
                as_csv(result((cell, Decimal(-1)), columns=(cell, "b"))).decode("utf-8-sig"), newline=""
            )
        )
    )
    assert rows == [["'" + cell, "b"], ["'" + cell, "-1"]]


@pytest.mark.parametrize("cell", ["-5.6", "+3", "-5.6%", "-1e5", "税收", "", "5-6"])
def test_csv_cells_that_are_numbers_or_harmless_stay(cell):
    assert neutral(cell) == cell


@pytest.mark.parametrize(
    "cell", ["=1", "+a", "-a", "@a", "\ta", "\ra", "\na", "-5.6", "+3%", "甲", "-1e5", "a=b"]
)
def test_duckdb_neutralises_the_same_cells(cell):
    with duckdb.connect() as connection:
        sql = f"select {SPREADSHEET_SAFE.format(text='cell')} from (select ? as cell)"
        assert connection.execute(sql, [cell]).fetchone() == (neutral(cell),)


def test_json_is_an_array_of_objects_with_exact_numbers():
    big = Decimal("12345678901234567890.1234567890")
    text = as_json(result(("甲", big), ("乙\n\u2028", None)))
    assert '"b": 12345678901234567890.123456789}' in text
    assert json.loads(text)[1] == {"a": "乙\n\u2028", "b": None}


def test_json_of_no_rows_is_an_empty_array():
    assert json.loads(as_json(result())) == []


def test_json_values_of_every_kind():
    values = (
        True,
        date(2025, 1, 2),
        datetime(2025, 1, 2, 3, 4),
        [Decimal("1.50"), None],
        {"k": (1, "二")},
        b"\x00",
        float("nan"),
        2**100,
    )
    names = [str(number) for number in range(len(values))]
    (row,) = json.loads(as_json(result(values, columns=names, types=[""] * len(values))))
    assert list(row.values()) == [
        True,
        "2025-01-02",
        "2025-01-02T03:04:00",
        [1.5, None],
        {"k": [1, "二"]},
        "00",
        None,
        2**100,
    ]


def test_repeated_names_are_told_apart():
    assert list(unique(["a", "a", "a_2", "a"])) == ["a", "a_2", "a_2_2", "a_3"]
    assert json.loads(as_json(result((1, 2), columns=("a", "a")))) == [{"a": 1, "a_2": 2}]


def test_the_table_shows_the_first_rows_and_says_so():
    console = Console(file=io.StringIO(), width=80, color_system=None)
    console.print(as_table(result(*((f"第{number}行", Decimal(number)) for number in range(9))), rows_max=3))
    shown = console.file.getvalue()
    assert "第2行" in shown
    assert "第3行" not in shown
    assert "the first 3 rows; there are more" in " ".join(shown.split())


def test_the_table_takes_neither_markup_nor_terminal_codes_from_cells():
    console = Console(file=io.StringIO(), width=80, color_system=None)
    console.print(as_table(result(("[red]\x1b[2J[/red]\x07", Decimal(1)))))
    shown = console.file.getvalue()
    assert "[red]\ufffd[2J[/red]\ufffd" in shown
    assert "\x1b" not in shown


def test_long_text_without_blanks_is_folded_and_never_cut():
    for form in (as_table, as_records):
        console = Console(file=io.StringIO(), width=40, color_system=None)
        console.print(form(result(("全年完成固定资产投资" * 9, Decimal(1)))))
        assert console.file.getvalue().count("投") == 9
        assert "…" not in console.file.getvalue()


def test_records_have_a_line_a_column_and_say_if_there_are_more():
    console = Console(file=io.StringIO(), width=60, color_system=None)
    console.print(as_records(result(("[b]甲\x1b", Decimal("5.60")), ("乙", None)), rows_max=1))
    shown = console.file.getvalue()
    lines = [line.split() for line in shown.splitlines()]
    assert ["a", "[b]甲\ufffd"] in lines
    assert ["b", "5.6"] in lines
    assert "the first 1 rows; there are more" in " ".join(shown.split())
    assert "乙" not in shown


@pytest.fixture(scope="module")
def database(shared_world, shared_connection):
    shared_world.load(
        shared_connection,
        shared_world.run(
            1, listed={"http://yunxi.example/1": "甲"}, captured={"http://yunxi.example/1": "税收5.0亿元。"}
        ),
    )
    shared_world.read(shared_connection, "税收5.0亿元。", shared_world.figure("5.0亿元", "税收", 5))
    return publish(shared_connection, shared_world.data, now=shared_world.now)


def test_parquet_keeps_types_and_values(database, tmp_path):
    out = tmp_path / "out.parquet"
    write_parquet(database, "select value, section, captured_at from mart.metrics -- ;", out)
    with duckdb.connect() as connection:
        relation = connection.sql(f"from '{out}'")
        assert [str(type_) for type_ in relation.types] == ["DECIMAL(38,10)", "VARCHAR[]", "TIMESTAMP"]
        assert relation.fetchall() == [(Decimal(5), ["一、总结"], datetime(2026, 1, 1, 8, 1))]


def test_parquet_is_no_way_out(database, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\n")
    for sql in (
        f"from read_csv('{secret}')",
        f"from '{secret}'",
        "select 1; select 2",
        "delete from core.metrics",
    ):
        with pytest.raises(QueryError):
            write_parquet(database, sql, tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".parquet"] == []


def test_parquet_does_not_overwrite(database, tmp_path):
    out = tmp_path / "out.parquet"
    out.write_text("mine")
    with pytest.raises(QueryError, match="exists already"):
        write_parquet(database, "select 1", out)
    assert out.read_text() == "mine"


def test_a_sheet_keeps_numbers_and_runs_nothing(tmp_path):
    """Excel rounds a number of more than 15 digits, so such a one is text."""
    out = tmp_path / "out.xlsx"
    row = (
        Decimal("328.10"),
        Decimal("1234567890123456.5"),
        date(2024, 6, 30),
        "=1+1",
        None,
        ["一"],
        "\x07铃",
        True,
    )
    write_xlsx(Result(tuple("abcdefgh"), ("VARCHAR",) * 8, iter([row])), out)
    sheet = load_workbook(out).active
    head, cells = sheet.iter_rows()
    assert [cell.value for cell in head] == list("abcdefgh")
    assert [cell.value for cell in cells] == [
        328.1, "1234567890123456.5", datetime(2024, 6, 30), "=1+1", None, '["一"]', "铃", True,
    ]  # fmt: skip
    assert cells[3].data_type == "s"


def test_a_sheet_is_not_overwritten_and_not_cut(tmp_path, monkeypatch):
    out = tmp_path / "out.xlsx"
    monkeypatch.setattr("warehouse.formats.SHEET_ROWS_MAX", 2)
    with pytest.raises(QueryError, match="a sheet holds 1 rows; write csv or parquet"):
        write_xlsx(result((1, 1), (2, 2)), out)
    out.write_text("mine")
    with pytest.raises(QueryError, match="exists already"):
        write_xlsx(result((1, 1)), out)
    assert out.read_text() == "mine"
