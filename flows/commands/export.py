"""`gongkai export`: the corpus to take home."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json
from flows.translated import TranslatedCommand

if TYPE_CHECKING:
    from warehouse.export.corpus import Kind

KINDS = ("duckdb", "parquet", "csv", "jsonl", "text", "warc", "wacz")
TOLD_MAX = 20


@click.command(cls=TranslatedCommand)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--office", metavar="NAME", help="Only documents of this office, its whole name as printed.")
@click.option("--district", metavar="NAME", help="Only this district, by name or six-digit code.")
@click.option("--year", type=int, metavar="YEAR", help="Only documents published in this year.")
@click.option("--column", metavar="NAME", help="Only documents listed in this column of a site.")
@shared_options
@pass_options
def command(
    options: Options,
    kind: str,
    out: Path,
    office: str | None,
    district: str | None,
    year: int | None,
    column: str | None,
) -> int:
    """Write the corpus to the new folder OUT, with checksums and a description of every field.

    duckdb, parquet, csv and jsonl hold tables, text a file a document, warc and wacz the archived pages.
    Interrupted, the same command goes on where it was. Exit code 3 where a capture is missing or damaged.
    """
    from flows.exporting import export_corpus
    from warehouse.export.selection import Selection

    selection = Selection(office, district, year, column)
    exported = export_corpus(options.layout, cast("Kind", kind), out, selection, complain)
    files = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    if options.json:
        print_json({"kind": kind, "out": str(out), "files": files, "missing": exported.missing})
    else:
        click.echo(t("{n} files in {out}", n=len(files), out=out))
    for line in exported.missing[:TOLD_MAX]:
        complain(f"gongkai: {line}")
    if more := len(exported.missing[TOLD_MAX:]):
        complain(t("and {n} more; {path} names them all", n=more, path=out / "MISSING.txt"))
    return ExitCode.CHECK_FAILED if exported.missing else ExitCode.OK
