"""`gongkai changes`: what changed and what vanished."""

import click

from flows.change_view import show_changed, show_gone
from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import print_json
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@shared_options
@pass_options
def command(options: Options) -> int:
    """Show which figures changed between the versions of a document, and what was taken down."""
    from flows.questions import CHANGED, GONE, ask
    from warehouse.publish import current

    database = current(options.layout.data)
    changed, gone = ask(database, CHANGED), ask(database, GONE)
    if options.json:
        print_json({"changed": changed.objects(), "gone": gone.objects()})
        return ExitCode.OK
    click.echo(t("Figures that changed"))
    show_changed(changed)
    click.echo("\n" + t("Documents that vanished"))
    show_gone(gone)
    return ExitCode.OK
