"""`gongkai sites`: the site files."""

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json, print_table
from flows.translated import TranslatedGroup


@click.group(cls=TranslatedGroup, invoke_without_command=True)
@shared_options
@pass_options
@click.pass_context
def command(ctx: click.Context, options: Options) -> int | None:
    """List the site files and check them."""
    return None if ctx.invoked_subcommand else _show(options)


@command.command()
@shared_options
@pass_options
def check(options: Options) -> int:
    """Check every site file; exit code 2 where one cannot be used."""
    return _show(options)


def _show(options: Options) -> int:
    from scrapers.site import read_sites

    sites, errors = read_sites(options.sites)
    if options.json:
        print_json(
            {
                "sites": [site.model_dump(mode="json") for site in sites],
                "errors": [str(error) for error in errors],
            }
        )
    else:
        print_table(
            [t(name) for name in ("site", "name", "region", "platform", "columns", "schedule", "address")],
            ((s.key, s.name, s.region, s.platform, len(s.columns), s.schedule, s.base_url) for s in sites),
        )
    for error in errors:
        complain(f"gongkai: {error}")
    return ExitCode.USAGE if errors else ExitCode.OK
