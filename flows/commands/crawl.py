"""`gongkai crawl`: run the flow once."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json, print_table, progress
from flows.run_report import loaded_line, refusals, run_json, run_rows
from flows.translated import TranslatedCommand

if TYPE_CHECKING:
    from flows.run_results import CrawlOptions, RunResult
    from scrapers.site import Site


@click.command(cls=TranslatedCommand)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Ask for at most N documents of a site; their attachments come with them.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only documents listed with this date (YYYY-MM-DD) or a later one.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Ask for all documents held, and not only for those that are due.",
)
@click.option(
    "--at-once",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    metavar="N",
    help="Crawl N sites side by side; a host is asked by one of them at a time.",
)
@click.option(
    "--dry-run", is_flag=True, help="Read the listings and show what would be asked for; store nothing."
)
@click.option(
    "--wait",
    "wait_minutes",
    type=click.FloatRange(min=0),
    default=0,
    metavar="MINUTES",
    help="Wait so long for another run that holds the data folder (default: end at once with code 75).",
)
@click.option("--no-prefect", is_flag=True, help="Do without Prefect: sooner, smaller, and no record there.")
@shared_options
@pass_options
def command(
    options: Options,
    keys: tuple[str, ...],
    limit: int | None,
    since: datetime | None,
    everything: bool,
    at_once: int,
    dry_run: bool,
    wait_minutes: float,
    no_prefect: bool,
) -> int:
    """Crawl sites once: listings, new and due documents, archive, extract, load, publish.

    Without keys every site of --sites is crawled. Exit code 4 where some sites failed: the rest is loaded.
    """
    from flows.run_results import CrawlOptions
    from flows.sites import chosen_sites

    sites, unusable = chosen_sites(options.sites, keys)
    wish = CrawlOptions(limit, since.date() if since else None, options.contact, everything, at_once)
    if dry_run:
        return _dry_run(options, sites, wish)
    from flows.crawling import crawl_once

    result = crawl_once(
        options.layout,
        options.sites,
        [site.key for site in sites],
        wish,
        wait_minutes=wait_minutes,
        prefect=not no_prefect,
    )
    _show(options, result)
    if result.failed or (unusable and not keys):
        return ExitCode.SOME_FAILED
    return ExitCode.OK if result.loaded.sound else ExitCode.CHECK_FAILED


def _show(options: Options, result: "RunResult") -> None:
    if options.json:
        print_json(run_json(result))
    else:
        print_table(
            [t(name) for name in ("site", "listed", "complete", "received", "unchanged", "failed", "run")],
            run_rows(result),
        )
        click.echo(loaded_line(result.loaded))
    for failed in result.failed:
        for error in failed.errors:
            complain(f"gongkai: {failed.site}: {error}")
    for refusal in refusals(result.loaded):
        complain(f"gongkai: {refusal}")


def _dry_run(options: Options, sites: "list[Site]", wish: "CrawlOptions") -> int:
    from flows.preview import preview

    plans = [preview(options.layout, site, wish, progress) for site in sites]
    if options.json:
        print_json({"sites": [asdict(plan) for plan in plans]})
        return ExitCode.OK
    for plan in plans:
        print_table(
            [t(name) for name in ("would ask for", "listed date", "title", "address")],
            (
                (t("known") if row.known else t("new"), row.published_on, row.title, row.url)
                for row in plan.rows
            ),
        )
        click.echo(
            t(
                "{site}: {listed} documents listed, {n} would be asked for, {new} of them new",
                site=plan.site,
                listed=plan.listed,
                n=len(plan.rows),
                new=sum(not row.known for row in plan.rows),
            )
        )
        for error in plan.errors:
            complain(f"gongkai: {plan.site}: {error}")
    return ExitCode.SOME_FAILED if any(plan.errors for plan in plans) else ExitCode.OK
