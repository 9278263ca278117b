"""`gongkai doctor`: what is wrong with this installation."""

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import print_json, print_table
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@shared_options
@pass_options
def command(options: Options) -> int:
    """Check Python, pinned libraries, data folder, site files and seeds; name what is wrong and where."""
    from flows.health import examine

    findings = examine(options.layout, options.sites)
    if options.json:
        print_json({"findings": [finding.as_object() for finding in findings]})
    else:
        print_table(
            [t("check"), t("result"), t("found")],
            ((f.check, t("ok") if f.fine else t("wrong"), f.message) for f in findings),
        )
    return ExitCode.OK if all(finding.fine for finding in findings) else ExitCode.USAGE
