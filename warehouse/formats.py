"""The forms in which the answer to a query leaves: on the screen, CSV, JSON, Parquet and Excel.

Decimals stay exact: they are written as their digits, never through a double.
"""

import csv
import io
import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import duckdb
from rich import box
from rich.console import JustifyMethod
from rich.table import Column, Table
from rich.text import Text

from warehouse.errors import QueryError
from warehouse.query import Result, reader, refuse_unsafe

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?%?")
# the same as `neutral`, for text that DuckDB writes itself
SPREADSHEET_SAFE = (
    "case when regexp_matches({text}, '^[=+@\\t\\r\\n-]') "
    "and not regexp_full_match({text}, '[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?%?') "
    "then chr(39) || {text} else {text} end"
)
SHEET_ROWS_MAX = 1_048_576  # Excel's own limits
CELL_CHARACTERS_MAX = 32_767
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_table(result: Result, *, rows_max: int = 200) -> Table:
    """Return the first rows of a result as a table for a rich console; the caption says if there are more."""
    table = Table(header_style="bold")
    for column, type_ in zip(result.columns, result.types, strict=True):
        justify: JustifyMethod = "right" if _is_number(type_) else "left"
        table.add_column(Text(_printable(column)), justify=justify, overflow="fold")
    for row in _first(result, table, rows_max):
        table.add_row(*row)
    return table


def as_records(result: Result, *, rows_max: int = 200) -> Table:
    """Do what `as_table` does for a result that is too wide: a line a column, rows parted by a rule."""
    table = Table("", Column(overflow="fold"), box=box.HORIZONTALS, show_header=False)
    names = [Text(_printable(column), style="bold") for column in result.columns]
    for row in _first(result, table, rows_max):
        for name, value in zip(names, row, strict=True):
            table.add_row(name, value)
        table.add_section()
    return table


def _first(result: Result, table: Table, rows_max: int) -> Iterator[list[Text]]:
    """Yield the first rows as a console shows them; let the caption say if there are more."""
    for shown, row in enumerate(result.rows):
        if shown == rows_max:
            table.caption = f"the first {rows_max} rows; there are more"
            return
        yield [Text(_printable(plain(value))) for value in row]


def write_csv(result: Result, stream: BinaryIO) -> None:
    """Write a result as CSV that Excel opens: UTF-8 with BOM, no cell that a spreadsheet would run."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(column) for column in result.columns])
    writer.writerows([_cell(value) for value in row] for row in result.rows)
    text.flush()
    text.detach()


def write_json(result: Result, stream: BinaryIO) -> None:
    """Write a result as an array of objects, a line a row; decimals are numbers with their exact digits."""
    names = [json.dumps(name, ensure_ascii=False) for name in unique(result.columns)]
    stream.write(b"[")
    for number, row in enumerate(result.rows):
        fields = ", ".join(f"{name}: {_json(value)}" for name, value in zip(names, row, strict=True))
        stream.write(f"{',' if number else ''}\n{{{fields}}}".encode())
    stream.write(b"\n]\n")


def write_xlsx(result: Result, out: Path) -> None:
    """Write a result as a sheet of Excel; raise QueryError when `out` exists or the sheet cannot hold it.

    A number of more than 15 digits is written as text: Excel would round it. No text is taken for a formula.
    """
    from openpyxl import Workbook  # a quarter of a second, for this form only
    from openpyxl.cell import WriteOnlyCell

    refuse_unwritable(out)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("gongkai")
    sheet.freeze_panes = "A2"

    def cell(value: object) -> Any:  # noqa: ANN401 - a cell of openpyxl
        made = WriteOnlyCell(sheet, _excel_value(value))
        if isinstance(made.value, str):
            made.data_type = "s"
        return made

    with closing(sheet):
        sheet.append([cell(name) for name in result.columns])
        for number, row in enumerate(result.rows, start=2):
            if number > SHEET_ROWS_MAX:
                raise QueryError(f"{out}: a sheet holds {SHEET_ROWS_MAX - 1:,} rows; write csv or parquet")
            sheet.append([cell(value) for value in row])
    book.save(out)


def _excel_value(value: object) -> Any:  # noqa: ANN401 - what a cell takes
    if isinstance(value, bool | datetime | date | time) or value is None:
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if isinstance(value, int | Decimal) and len(digits(Decimal(value)).strip("-").replace(".", "")) <= 15:
        return value
    return CONTROL.sub("", plain(value))[:CELL_CHARACTERS_MAX]


def write_parquet(database: Path, sql: str, out: Path, values: Mapping[str, str] | None = None) -> None:
    """Run one SELECT over a published copy and write the answer as Parquet, as DuckDB's own types.

    The connection may write `out` and nothing else. Raise QueryError when the statement is refused or fails,
    or when `out` exists.
    """
    refuse_unwritable(out)
    with reader(database, output=out.resolve()) as connection:
        refuse_unsafe(connection, sql)
        try:
            connection.sql(sql, params=values or None).write_parquet(str(out.resolve()))
        except duckdb.Error as error:
            out.unlink(missing_ok=True)
            raise QueryError(f"{out}: cannot be written: {str(error).splitlines()[0]}") from error


def refuse_unwritable(out: Path) -> None:
    """Raise QueryError where there is a file already, or where none can be made."""
    if out.exists():
        raise QueryError(f"{out}: exists already; name another file")
    if not os.access(out.parent, os.W_OK | os.X_OK):
        raise QueryError(f"{out}: {out.parent} is no folder that takes files; make it, or name another")


def plain(value: object) -> str:
    """Return a value as people read it: decimals without trailing zeros, lists as JSON, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        return _json(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def digits(value: Decimal) -> str:
    """Return a decimal's exact digits without trailing zeros or exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def neutral(text: str) -> str:
    """Return a CSV cell with a quote before what a spreadsheet would take for a formula; numbers stay."""
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def unique(names: Iterable[str]) -> Iterator[str]:
    """Yield names, repeated ones with _2, _3 … behind them: keys of an object must differ."""
    seen: set[str] = set()
    for name in names:
        number, candidate = 1, name
        while candidate in seen:
            number += 1
            candidate = f"{name}_{number}"
        seen.add(candidate)
        yield candidate


def _cell(value: object) -> str:
    text = plain(value)
    return neutral(text) if isinstance(value, (str, list, dict, bytes)) else text


def _json(value: object) -> str:
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, float):
        return json.dumps(value) if math.isfinite(value) else "null"
    if isinstance(value, dict):
        fields = (
            f"{json.dumps(plain(key), ensure_ascii=False)}: {_json(item)}" for key, item in value.items()
        )
        return "{" + ", ".join(fields) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_json(item) for item in value) + "]"
    if isinstance(value, (date, time, timedelta, bytes, UUID)):
        return json.dumps(plain(value))
    return json.dumps(value, ensure_ascii=False)


def _is_number(type_: str) -> bool:
    return type_.endswith("INT") or type_.startswith(("DECIMAL", "INTEGER", "DOUBLE", "FLOAT"))


def _printable(text: str) -> str:
    """Return text without the control codes that would steer a terminal."""
    return CONTROL.sub("\ufffd", text)
