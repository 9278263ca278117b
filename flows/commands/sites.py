"""`gongkai sites`: the site files."""

import asyncio
from typing import TYPE_CHECKING

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json, print_table, progress
from flows.translated import TranslatedGroup

if TYPE_CHECKING:
    from flows.site_check import SiteCheck


@click.group(cls=TranslatedGroup, invoke_without_command=True)
@shared_options
@pass_options
@click.pass_context
def command(ctx: click.Context, options: Options) -> int | None:
    """List the site files and check them."""
    return None if ctx.invoked_subcommand else _show(options)


@command.command()
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@shared_options
@pass_options
def check(options: Options, keys: tuple[str, ...]) -> int:
    """Check every site file; exit code 2 where one cannot be used.

    With keys, try those sites: a few pages of each listing and one document, nothing stored. Exit code 4
    where a crawl would fail.
    """
    return _try(options, keys) if keys else _show(options)


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


def _try(options: Options, keys: tuple[str, ...]) -> int:
    from flows.manners import turns
    from flows.site_check import check_site
    from flows.sites import chosen_sites

    sites, _ = chosen_sites(options.sites, keys)
    checks = [
        asyncio.run(check_site(site, contact=options.contact, tell=progress, turns=turns(options.layout)))
        for site in sites
    ]
    if options.json:
        print_json({"sites": [check.as_object() for check in checks]})
    else:
        _print_checks(checks)
    for check in checks:
        if check.closed is not None:
            complain(f"gongkai: {check.site}: {check.closed}")
        for column in check.columns:
            for problem in column.problems:
                level = t("error") if problem.level == "error" else t("warning")
                complain(f"gongkai: {check.site}: {column.column}: {level}: {problem.message}")
    return ExitCode.SOME_FAILED if any(check.failed for check in checks) else ExitCode.OK


def _print_checks(checks: "list[SiteCheck]") -> None:
    print_table(
        [
            t(name)
            for name in (
                "site",
                "column",
                "rows",
                "dated",
                "newest",
                "total",
                "more pages",
                "kind",
                "characters",
            )
        ],
        (
            (
                check.site,
                column.column,
                column.rows,
                column.dated,
                column.newest,
                column.total,
                t("yes") if column.more_pages else t("no"),
                column.kind,
                column.characters,
            )
            for check in checks
            for column in check.columns
        ),
    )
