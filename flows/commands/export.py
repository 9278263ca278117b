"""`gongkai export`: the corpus to take home."""

from pathlib import Path

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import print_json
from flows.translated import TranslatedCommand

KINDS = ("duckdb", "parquet", "csv", "jsonl", "text", "warc")


@click.command(cls=TranslatedCommand)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--office", metavar="NAME", help="Only documents of this office.")
@click.option("--district", metavar="NAME", help="Only this district, by name or six-digit code.")
@click.option("--year", type=int, metavar="YEAR", help="Only documents published in this year.")
@shared_options
@pass_options
def command(
    options: Options, kind: str, out: Path, office: str | None, district: str | None, year: int | None
) -> int:
    """Write the corpus to the new folder OUT, with checksums and a description of every field.

    warc copies the whole archive; the other kinds can be narrowed by office, district and year.
    """
    from flows.exporting import export_corpus

    files = export_corpus(options.layout, kind, out, office=office, district=district, year=year)
    if options.json:
        print_json({"kind": kind, "out": str(out), "files": files})
    else:
        click.echo(t("{n} files in {out}", n=len(files), out=out))
    return ExitCode.OK
