"""`gongkai probe`: which platform an address is, and a first site file for it."""

import asyncio
from pathlib import Path

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.argument("url", metavar="URL")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the site file there instead of printing it.",
)
@shared_options
@pass_options
def command(options: Options, url: str, out: Path | None) -> int:
    """Ask for URL, recognise its platform and write a site file to be completed by hand.

    A home page, a column, a list or an article will do. One page more is asked for where URL tells too
    little.
    """
    from flows.manners import turns
    from flows.probing import probe

    found = asyncio.run(probe(url, contact=options.contact, turns=turns(options.layout)))
    if out is not None:
        if out.exists():
            raise click.UsageError(t("{path}: exists already; name another file", path=out))
        out.write_text(found.site_file, encoding="utf-8")
    if options.json:
        print_json(
            {
                "url": url,
                "platform": found.platform,
                "signs": found.signs,
                "columns": found.columns,
                "site_file": found.site_file,
            }
        )
    elif out is None:
        click.echo(found.site_file, nl=False)
    complain(
        t(
            "{url}: {platform} ({signs})",
            url=url,
            platform=found.platform,
            signs="; ".join(found.signs) or t("no known sign"),
        )
    )
    if not found.columns:
        complain(t("no column of reports was seen; give the address of one, or fill the columns in"))
    return ExitCode.OK
