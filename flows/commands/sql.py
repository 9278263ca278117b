"""`gongkai sql`: questions to the published warehouse."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import current as language
from flows.language import t
from flows.output import complain, console, print_json
from flows.translated import TranslatedCommand

if TYPE_CHECKING:
    from warehouse.query import Result

FORMATS = ("table", "csv", "json", "parquet", "xlsx")
READABLE = 12  # characters a column, on average: with fewer no name and no sentence can be read


@click.command(cls=TranslatedCommand)
@click.argument("query", required=False, metavar="[QUERY or -]")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="How the answer is written (default: what FILE ends in, else a table).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE (parquet and xlsx need one).",
)
@click.option(
    "--wait",
    "wait_s",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    metavar="SECONDS",
    help="Stop a query that takes longer (default 60).",
)
@click.option("--saved", metavar="NAME", help="Ask a saved query (see --list).")
@click.option(
    "--set",
    "chosen",
    multiple=True,
    metavar="NAME=VALUE",
    help="Choose a value of a saved query, e.g. indicator=常住人口.",
)
@click.option("--list", "listing", is_flag=True, help="List the saved queries and what they ask.")
@shared_options
@pass_options
def command(
    options: Options,
    query: str | None,
    form: str | None,
    out: Path | None,
    wait_s: float,
    saved: str | None,
    chosen: tuple[str, ...],
    listing: bool,
) -> int:
    """Ask the published warehouse in SQL: one SELECT, read-only, no files, no network.

    DuckDB's short form works: from mart.metrics where office like '%街道%' limit 10. With - or without a
    query, standard input is read.
    """
    if listing:
        return _list(options)
    from warehouse.publish import current
    from warehouse.sandbox import Limits, asked, asked_as_parquet

    sql, values, rows_max = _asked(query, saved, chosen)
    form = _form(form, out, options)
    limits = Limits(wait_s=wait_s)
    database = current(options.layout.data)
    if form == "parquet" and out is not None:
        asked_as_parquet(database, sql, out, values, limits=limits)
        return ExitCode.OK
    with asked(database, sql, values, limits=limits) as answer:
        result = replace(answer, rows=_to_the_last(answer.rows, rows_max))
        if options.json:
            rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
            print_json({"columns": result.columns, "rows": rows})
        elif form == "table":
            _show(result, values)
        else:
            _write(result, form, out)
    return ExitCode.OK


def _form(form: str | None, out: Path | None, options: Options) -> str:
    """Return the form of the answer: the one asked for, else what the file's name ends in, else a table."""
    if out is None:
        if form in ("parquet", "xlsx"):
            raise click.UsageError(t("{form} is no text: name a file with --out", form=form))
        return form or "table"
    if options.json:
        raise click.UsageError(t("--json prints the answer; for a file give --format json and --out"))
    chosen = form or out.suffix.removeprefix(".").lower()
    if chosen not in FORMATS or chosen == "table":
        raise click.UsageError(t("{out}: choose with --format csv, json, parquet or xlsx", out=out))
    return chosen


def _to_the_last(rows: Iterator[tuple[Any, ...]], rows_max: int | None) -> Iterator[tuple[Any, ...]]:
    """Yield rows; say at their end where a saved query's own limit may have cut them."""
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - counted for the end
        yield row
    if count == rows_max:
        complain(t("{n} rows, where the saved query ends; there may be more", n=count))


def _asked(
    query: str | None, saved: str | None, chosen: tuple[str, ...]
) -> tuple[str, dict[str, str], int | None]:
    """Return the statement, the values of its parameters, and how many rows it gives at most, if it says."""
    if saved is None:
        if chosen:
            raise click.UsageError(t("--set chooses values of a saved query: name it with --saved"))
        return sys.stdin.read() if query in (None, "-") else query or "", {}, None
    from warehouse.saved_queries import saved_query

    if query is not None:
        raise click.UsageError(t("give a query or --saved, not both"))
    pairs = [choice.partition("=") for choice in chosen]
    if any(not sign for _, sign, _ in pairs):
        raise click.UsageError(t("--set takes NAME=VALUE"))
    found = saved_query(saved)
    return found.sql, found.values({name: value for name, _, value in pairs}), found.rows_max


def _list(options: Options) -> int:
    from rich.table import Table

    from warehouse.saved_queries import saved_queries

    queries = list(saved_queries())
    if options.json:
        print_json({"queries": [asdict(query) for query in queries]})
        return ExitCode.OK
    table = Table(t("name"), t("asks"), t("values"))
    spoken = "zh" if language() == "zh" else "en"
    for query in queries:
        values = "\n".join(
            f"{choice.name}={choice.default} ({getattr(choice, spoken)})" for choice in query.choices
        )
        table.add_row(query.name, getattr(query, spoken), values)
    console().print(table)
    return ExitCode.OK


def _show(result: "Result", values: Mapping[str, str]) -> None:
    """Print a table, or where its columns would be too narrow to read, each row below the other."""
    from warehouse import formats

    first = next(result.rows, None)
    if first is not None:
        result = replace(result, rows=chain([first], result.rows))
    screen = console()
    narrow = screen.width < READABLE * len(result.columns)
    screen.print(formats.as_records(result) if narrow else formats.as_table(result))
    if first is None:
        asked = ", ".join(f"{name}={value}" for name, value in values.items())
        complain(t("no rows for {values}", values=asked) if asked else t("no rows"))


def _write(result: "Result", form: str, out: Path | None) -> None:
    from warehouse import formats

    if form == "xlsx" and out is not None:
        formats.write_xlsx(result, out)
        return
    with _stream(out) as stream:
        (formats.write_csv if form == "csv" else formats.write_json)(result, stream)


@contextmanager
def _stream(out: Path | None) -> Iterator[BinaryIO]:
    """Yield where text goes; a file half written is removed."""
    if out is None:
        yield sys.stdout.buffer
        return
    from warehouse.formats import refuse_unwritable

    refuse_unwritable(out)
    try:
        with out.open("wb") as stream:
            yield stream
    except BaseException:
        out.unlink(missing_ok=True)
        raise
