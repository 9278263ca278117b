"""`gongkai search`: full text with the hit in its sentence."""

from dataclasses import asdict

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json, print_table
from flows.translated import TranslatedCommand

KINDS = ("article", "file", "list", "shell", "challenge", "error")
STATES = ("held", "gone")
# what of a hit is printed
SHOWN = ("document_id", "office", "published", "title", "offset", "occurrences", "sentence")


@click.command(cls=TranslatedCommand)
@click.argument("words", nargs=-1, required=True)
@click.option("--office", metavar="NAME", help="Only documents of this office, its whole name as printed.")
@click.option("--district", metavar="NAME", help="Only this district, by name or six-digit code.")
@click.option("--year", type=int, metavar="YEAR", help="Only documents published in this year.")
@click.option(
    "--kind", type=click.Choice(KINDS), help="Only documents of this kind; `file` is what is no page."
)
@click.option("--status", type=click.Choice(STATES), help="Only documents still held, or only those gone.")
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
    kind: str | None,
    status: str | None,
    limit: int,
) -> int:
    """Find the documents that have all WORDS, exactly as they are written, newest first."""
    if not " ".join(words).strip():
        raise click.UsageError(t("give words to look for"))
    from warehouse.publish import current
    from warehouse.query import reader
    from warehouse.search import Filters, search, unknown_names

    copy = current(options.layout.data)
    filters = Filters(office, district, year, kind, status)
    with reader(copy) as connection:
        found = search(connection, copy, " ".join(words), filters, limit=limit)
        unknown = [] if found.count else list(unknown_names(connection, filters))
    if found.without_index:
        reason = found.without_index
        complain(t("every text was read: no full-text index until the next load: {reason}", reason=reason))
    for name, names in unknown:
        known = ", ".join(names) or t("none")
        complain(t("no document is of {name}; names that contain it: {known}", name=name, known=known))
    if options.json:
        print_json({"words": words, "count": found.count, "hits": [asdict(hit) for hit in found.hits]})
        return ExitCode.OK
    if found.hits:
        print_table(
            [t(name) for name in ("document", "office", "published", "title", "offset", "times", "sentence")],
            ([getattr(hit, field) for field in SHOWN] for hit in found.hits),
        )
    click.echo(t("documents: {n}", n=found.count))
    return ExitCode.OK
