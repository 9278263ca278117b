"""`gongkai verify`: is everything still what it was, and can every number be shown?"""

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json, printable, progress
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.option(
    "--repair",
    is_flag=True,
    help="Mend what can be mended, check again, and tell what was done and what is left.",
)
@shared_options
@pass_options
def command(options: Options, repair: bool) -> int:
    """Hash every archived file, slice every figure out of its text, compare counts; name what is damaged.

    Exit code 3 where anything does not agree.
    """
    done: tuple[str, ...] = ()
    if repair:
        from flows.mending import mend_all

        mended = mend_all(options.layout, progress)
        report, problems, done = mended.verification, mended.problems, mended.done
    else:
        from flows.verification import verify_all

        report = verify_all(options.layout, progress)
        problems = report.problems
    if options.json:
        checked = {"captures": report.captures, "metrics": report.metrics, "problems": list(problems)}
        print_json({**checked, "done": list(done)} if repair else checked)
    else:
        for line in done:
            click.echo(printable(line))
        click.echo(
            t(
                "checked {captures} captures and {metrics} figures",
                captures=report.captures,
                metrics=report.metrics,
            )
        )
    for problem in problems:
        complain(f"gongkai: {problem}")
    return ExitCode.CHECK_FAILED if problems else ExitCode.OK
