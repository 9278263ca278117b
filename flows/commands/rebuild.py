"""`gongkai rebuild`: core and marts again."""

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.output import complain, print_json, progress
from flows.run_report import load_json, loaded_line, refusals
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.option("--changed", is_flag=True, help="Only what an older extractor version read; the tables stay.")
@shared_options
@pass_options
def command(options: Options, changed: bool) -> int:
    """Make the warehouse again from archive and run files, without the network."""
    from flows.loading import load
    from flows.pipeline import owned
    from flows.verification import refuse_empty, verify_warehouse
    from warehouse.rebuild import rebuild_raw

    refuse_empty(options.layout)
    with owned(options.layout):
        if not changed:
            rebuild_raw(options.layout.data, progress=progress)
        report = load(options.layout, progress)
    if options.json:
        print_json(load_json(report))
    else:
        click.echo(loaded_line(report))
    problems = [*refusals(report), *verify_warehouse(options.layout).problems]
    for problem in problems:
        complain(f"gongkai: {problem}")
    return ExitCode.CHECK_FAILED if problems else ExitCode.OK
