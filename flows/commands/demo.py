"""`gongkai demo`: a made-up district from address to SQL in under a minute."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.change_view import show_changed, show_gone
from flows.context import DATA_VARIABLE, Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.layout import Layout
from flows.output import print_json, progress
from flows.translated import TranslatedCommand

if TYPE_CHECKING:
    from flows.demo.story import DemoReport

DEMO_DATA = Path("demo-data")
QUERIES = (
    "from mart.metrics select office, period_end, indicator, written, sentence limit 20",
    "select office, year(period_end) as year, value, unit from mart.metrics "
    "where indicator = '规上工业总产值' and measure = 'level' and status = 'actual' order by all",
    "select office, indicator, scope, value from mart.metrics where measure = 'rank' order by all",
    "select title, old_written, new_written, new_sentence from mart.changes where change = 'changed'",
    "from mart.gone select title, office, gone_at, warc, warc_offset",
    "select indicator, written, sentence, page.title as page from mart.metrics "
    "inner join mart.attachments as page on file_document_id = metrics.document_id order by span_start",
)


@click.command(cls=TranslatedCommand)
@shared_options
@pass_options
def command(options: Options) -> int:
    """Serve a made-up district on loopback, crawl it, change it, crawl again, and show what is known then.

    Everything lies in ./demo-data unless --data or GONGKAI_DATA names another folder.
    """
    from flows.demo.folder import make_fresh
    from flows.prefect_server import prefect_server

    chosen = options.data or os.environ.get(DATA_VARIABLE)
    layout = Layout(Path(chosen) if chosen else DEMO_DATA)
    make_fresh(layout)
    with prefect_server(layout) as api:
        from flows.demo.story import run_demo

        report = run_demo(layout, api, progress)
    if options.json:
        print_json(_as_json(layout, report))
    else:
        _show(layout, report)
    return ExitCode.SOME_FAILED if any(run.failed for run in report.runs) else ExitCode.OK


def _show(layout: Layout, report: "DemoReport") -> None:
    click.echo(t("A made-up district of two offices was crawled three times from loopback."))
    click.echo(
        t(
            "Archived: {captures} captures in {files} WARC files ({bytes} bytes). "
            "Held: {documents} documents with {figures} figures.",
            files=report.warc_files,
            bytes=report.warc_bytes,
            **report.held,
        )
    )
    click.echo("\n" + t("Figures that changed"))
    show_changed(report.changed)
    click.echo("\n" + t("Documents that vanished"))
    show_gone(report.gone)
    click.echo("\n" + t("Six questions to try"))
    for query in QUERIES:
        click.echo(f'  {_call(layout, "sql")} "{query}"')
    click.echo("\n" + t("Where everything lies"))
    for what, path in _places(layout, report):
        click.echo(f"  {path}  {t(what)}")
    click.echo("\n" + t("To read the documents with their figures marked"))
    click.echo(f"  {_call(layout, 'web')}")


def _call(layout: Layout, command: str) -> str:
    program = "gongkai" if shutil.which("gongkai") else os.path.relpath(sys.argv[0])
    return f"{program} --data {shlex.quote(str(layout.data))} {command}"


def _places(layout: Layout, report: "DemoReport") -> tuple[tuple[str, Path], ...]:
    return (
        ("WARC files: every byte that came", layout.archive),
        ("run files: what each crawl saw, as JSON lines", layout.runs),
        ("the published warehouse, for any DuckDB client", report.published),
        ("the site files of the demo", layout.data / "sites"),
    )


def _as_json(layout: Layout, report: "DemoReport") -> dict[str, object]:
    return {
        "data": str(layout.data),
        "archived": {"warc_files": report.warc_files, "warc_bytes": report.warc_bytes, **report.held},
        "requests": report.requests,
        "changed": report.changed.objects(),
        "gone": report.gone.objects(),
        "queries": list(QUERIES),
        "published": str(report.published),
    }
