"""What a command prints: data to standard output, progress and errors to standard error."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

_UNCUT = 100_000  # columns: a table in a file is as wide as it must be
SHOWN_IN = timezone(timedelta(hours=8))  # China has had one zone and no summer time since 1991


def print_json(value: object) -> None:
    """Print one JSON value on one line, dates as ISO strings and decimals as numbers."""
    click.echo(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def console() -> "Console":
    """Return the console of standard output; wide in a file or pipe, so that no cell is cut."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _UNCUT, highlight=False)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their columns; numbers stand right."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    taken = [list(row) for row in rows]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(columns):
        numeric = any(isinstance(row[index], int | float | Decimal) for row in taken)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in taken:
        table.add_row(*("" if cell is None else escape(printable(str(cell))) for cell in row))
    console().print(table)


def printable(text: str) -> str:
    """Return `text` with control characters as escapes: what a page says must not steer the terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def local_time(moment: datetime) -> str:
    """Return a time of the warehouse (UTC, with or without saying so) as Chinese standard time."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{aware.astimezone(SHOWN_IN):%Y-%m-%d %H:%M:%S} +08:00"


def progress(message: str) -> None:
    """Tell a person at a terminal what goes on; silent in a pipe or under cron."""
    if sys.stderr.isatty():
        click.echo(f"  {message}", err=True)


def complain(message: str) -> None:
    """Print one line to standard error, control characters shown as escapes."""
    click.echo(printable(message), err=True)
