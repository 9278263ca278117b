"""`gongkai search`: full text with the hit in its sentence."""

from dataclasses import asdict

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import print_json, print_table
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.argument("words", nargs=-1, required=True)
@click.option("--office", metavar="NAME", help="Only documents of this office.")
@click.option("--district", metavar="NAME", help="Only this district, by name or six-digit code.")
@click.option("--year", type=int, metavar="YEAR", help="Only documents published in this year.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most so many."
)
@shared_options
@pass_options
def command(
    options: Options,
    words: tuple[str, ...],
    office: str | None,
    district: str | None,
    year: int | None,
    limit: int,
) -> int:
    """Find the documents that have all WORDS, exactly as they are written, newest first."""
    if not " ".join(words).strip():
        raise click.UsageError(t("give words to look for"))
    from warehouse.publish import current
    from warehouse.query import reader
    from warehouse.search import search

    with reader(current(options.layout.data)) as connection:
        hits = list(search(connection, " ".join(words), office=office, district=district, year=year))
    if options.json:
        print_json({"words": words, "count": len(hits), "hits": [asdict(hit) for hit in hits[:limit]]})
        return ExitCode.OK
    if hits:
        print_table(
            [t(name) for name in ("document", "office", "published", "offset", "times", "sentence")],
            (
                (hit.document_id, hit.office, hit.published, hit.offset, hit.occurrences, hit.sentence)
                for hit in hits[:limit]
            ),
        )
    click.echo(t("{n} documents", n=len(hits)))
    return ExitCode.OK
