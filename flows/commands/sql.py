"""`gongkai sql`: questions to the published warehouse."""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import console, print_json
from flows.translated import TranslatedCommand

FORMATS = ("table", "csv", "json", "parquet")


@click.command(cls=TranslatedCommand)
@click.argument("query", required=False, metavar="[QUERY or -]")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="How the answer is written (default table).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE (parquet needs one).",
)
@click.option(
    "--wait",
    "wait_s",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    metavar="SECONDS",
    help="Stop a query that takes longer (default 60).",
)
@shared_options
@pass_options
def command(options: Options, query: str | None, form: str | None, out: Path | None, wait_s: float) -> int:
    """Ask the published warehouse in SQL: one SELECT, read-only, no files, no network.

    DuckDB's short form works: from mart.metrics where office like '%街道%' limit 10. With - or without a
    query, standard input is read.
    """
    from warehouse import formats
    from warehouse.publish import current
    from warehouse.sandbox import Limits, asked, asked_as_parquet

    sql = sys.stdin.read() if query in (None, "-") else query or ""
    form = form or "table"
    limits = Limits(wait_s=wait_s)
    database = current(options.layout.data)
    if form == "parquet":
        if out is None:
            raise click.UsageError(t("parquet is no text: name a file with --out"))
        asked_as_parquet(database, sql, out, limits)
        return ExitCode.OK
    with asked(database, sql, limits) as result:
        if options.json:
            rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
            print_json({"columns": result.columns, "rows": rows})
        elif form == "table" and out is None:
            console().print(formats.as_table(result))
        elif form == "csv":
            with _stream(out) as stream:
                formats.write_csv(result, stream)
        else:
            with _stream(out) as stream:
                formats.write_json(result, stream)
    return ExitCode.OK


def _stream(out: Path | None) -> AbstractContextManager[BinaryIO]:
    return out.open("wb") if out else nullcontext(sys.stdout.buffer)
