"""`gongkai status`: freshness and gaps of each site."""

from dataclasses import asdict
from datetime import UTC, datetime

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import local_time, print_json, print_table
from flows.site_status import site_status
from flows.translated import TranslatedCommand

_FINE = {"ok", "never", "running"}


@click.command(cls=TranslatedCommand)
@shared_options
@pass_options
def command(options: Options) -> int:
    """Show how fresh each site is and what is missing; exit code 4 where a site needs a person."""
    statuses = site_status(options.layout, options.sites, datetime.now(UTC))
    if options.json:
        print_json({"data": str(options.layout.data), "sites": [asdict(status) for status in statuses]})
    else:
        print_table(
            [
                t(name)
                for name in (
                    "site",
                    "name",
                    "state",
                    "last success",
                    "listed",
                    "held",
                    "newest document",
                    "errors",
                )
            ],
            (
                (
                    status.site,
                    status.name,
                    t(status.state),
                    local_time(status.last_success) if status.last_success else None,
                    status.entries,
                    status.documents_ok,
                    status.newest_document,
                    status.errors,
                )
                for status in statuses
            ),
        )
    return ExitCode.OK if all(status.state in _FINE for status in statuses) else ExitCode.SOME_FAILED
