"""`gongkai verify`: is everything still what it was, and can every number be shown?"""

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json, progress
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@shared_options
@pass_options
def command(options: Options) -> int:
    """Hash every archived file, slice every figure out of its text, compare counts; name what is damaged.

    Exit code 3 where anything does not agree.
    """
    from flows.verification import verify_all

    report = verify_all(options.layout, progress)
    if options.json:
        print_json(
            {"captures": report.captures, "metrics": report.metrics, "problems": list(report.problems)}
        )
    else:
        click.echo(
            t(
                "checked {captures} captures and {metrics} figures",
                captures=report.captures,
                metrics=report.metrics,
            )
        )
    for problem in report.problems:
        complain(f"gongkai: {problem}")
    return ExitCode.CHECK_FAILED if report.problems else ExitCode.OK
