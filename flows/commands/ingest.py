"""`gongkai ingest`: take saved pages in."""

from pathlib import Path

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json, progress
from flows.run_report import load_json, loaded_line, refusals
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@shared_options
@pass_options
def command(options: Options, paths: tuple[Path, ...]) -> int:
    """Take saved pages in: .html, .txt, .json, .pdf, .warc(.gz), .wacz or a folder of them.

    They go through archive and extract like any capture. A file that cannot be read is told and left out.
    """
    from flows.ingest import ingest

    report = ingest(options.layout, paths, progress)
    for line in (*report.failures, *report.no_documents):
        complain(f"gongkai: {line}")
    if options.json:
        counts = {
            "run": report.run_id,
            "captures": report.captures,
            "runs": report.runs,
            "left_out": report.left_out,
            "failures": report.failures,
            "no_documents": report.no_documents,
        }
        print_json({**counts, "loaded": load_json(report.loaded)})
    else:
        click.echo(t("{n} captures archived in run {run}", n=report.captures, run=report.run_id))
        if report.runs:
            click.echo(t("{n} runs of an export taken in under their own names", n=len(report.runs)))
        click.echo(loaded_line(report.loaded))
    if report.left_out:
        complain(t("{n} runs of an export are here already and were left out", n=len(report.left_out)))
    for refusal in refusals(report.loaded):
        complain(f"gongkai: {refusal}")
    if not report.failures and not report.no_documents:
        return ExitCode.OK if report.loaded.sound else ExitCode.CHECK_FAILED
    return ExitCode.SOME_FAILED if len(report.failures) < report.files else ExitCode.USAGE
