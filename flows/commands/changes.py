"""`gongkai changes`: what changed and what vanished."""

import click

from flows.change_view import show_changed, show_gone, show_returned
from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import print_json
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@shared_options
@pass_options
def command(options: Options) -> int:
    """Show which figures changed between versions, which documents were taken down and which came back."""
    from flows.questions import CHANGED, GONE, RETURNED, ask
    from warehouse.publish import current

    database = current(options.layout.data)
    changed, gone, returned = (ask(database, question) for question in (CHANGED, GONE, RETURNED))
    if options.json:
        print_json({"changed": changed.objects(), "gone": gone.objects(), "returned": returned.objects()})
        return ExitCode.OK
    click.echo(t("Figures that changed"))
    show_changed(changed)
    click.echo("\n" + t("Documents that vanished"))
    show_gone(gone)
    click.echo("\n" + t("Documents that came back"))
    show_returned(returned)
    return ExitCode.OK
