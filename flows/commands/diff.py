"""`gongkai diff`: the versions of one document, figures first, then sentences."""

from itertools import pairwise

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import console, print_json, print_table
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.argument("document", metavar="DOC")
@shared_options
@pass_options
def command(options: Options, document: str) -> int:
    """Show how a document's versions differ. DOC is its id, the beginning of it, or its address."""
    from flows.questions import CHANGED_IN, VERSIONS, ask
    from flows.sentence_diff import sentence_changes
    from warehouse.documents import find
    from warehouse.publish import current
    from warehouse.query import reader

    database = current(options.layout.data)
    with reader(database) as connection:
        document = find(connection, document)
    versions = ask(database, VERSIONS, document=document).objects()
    figures = ask(database, CHANGED_IN, document=document)
    steps = [
        (after["version"], sentence_changes(before["body"], after["body"]))
        for before, after in pairwise(versions)
    ]
    if options.json:
        sentences = [
            {"version": number, "sign": sign, "sentence": text}
            for number, lines in steps
            for sign, text in lines
        ]
        print_json(
            {
                "document": document,
                "versions": len(versions),
                "figures": figures.objects(),
                "sentences": sentences,
            }
        )
        return ExitCode.OK
    click.echo(
        t("{title}: {n} versions", title=versions[-1]["title"] if versions else document, n=len(versions))
    )
    if figures.rows:
        print_table([t(column) for column in figures.columns], figures.rows)
    for number, lines in steps:
        click.echo(t("version {n}", n=number))
        for sign, text in lines:
            console().print(f"{sign} {text}", style={"+": "green", "-": "red"}[sign], markup=False)
    return ExitCode.OK
