"""`gongkai status`: freshness and gaps of each site."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import click

from archive.lock import Holder, holder
from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.found import Found, read_found
from flows.language import t
from flows.layout import DEFAULT_DATA, Layout
from flows.output import complain, local_time, print_json, print_table
from flows.site_status import SiteStatus, site_status
from flows.translated import TranslatedCommand

_FINE = {"ok", "never", "running"}


@click.command(cls=TranslatedCommand)
@shared_options
@pass_options
def command(options: Options) -> int:
    """Show how fresh each site is, what is missing and what the data checks found; exit code 4 where a site
    needs a person.

    So too where `gongkai schedule` was killed and not started again. Why is on standard error.
    """
    statuses = site_status(options.layout, options.sites, datetime.now(UTC))
    owner, scheduler = holder(options.layout.lock), holder(options.layout.schedule_lock)
    found = read_found(options.layout)
    bad = [status for status in statuses if status.state not in _FINE]
    if options.json:
        print_json(
            {
                "data": str(options.layout.data),
                "held_by": asdict(owner) if owner and owner.alive else None,
                "schedule": asdict(scheduler) if scheduler else None,
                "sites": [asdict(status) for status in statuses],
                "findings": [asdict(one) for one in found] if found is not None else None,
            }
        )
    else:
        _show(statuses)
        if found:
            _show_found(found, options.layout)
        for status in bad:
            complain(_line(status))
    killed = scheduler is not None and not scheduler.alive
    if scheduler and killed:
        complain(t("gongkai: `schedule` was killed; it was started {since}", since=_local(scheduler)))
    return ExitCode.SOME_FAILED if bad or killed else ExitCode.OK


def _show(statuses: Sequence[SiteStatus]) -> None:
    columns = [
        t(name)
        for name in ("site", "name", "state", "last success", "listed", "held", "newest document", "errors")
    ]
    print_table(columns, map(_row, statuses))


def _show_found(found: Sequence[Found], layout: Layout) -> None:
    """Tell what the data checks found in the published copy, and which question shows all of it."""
    click.echo(t("What the data checks found in the published copy:"))
    print_table(
        [t(name) for name in ("data check", "findings", "severity", "for example")],
        ((_check(one), one.count, t(one.level), one.first[0]) for one in found),
    )
    data = "" if layout.data == DEFAULT_DATA else f"--data {layout.data} "
    question = f"gongkai {data}sql --saved findings --set check={found[0].check}"
    click.echo(t("all of a check: {command}", command=question))


def _check(found: Found) -> str:
    """Return a check's name, in Chinese with what it is called in SQL."""
    name = found.check.replace("_", " ")
    meaning = t(name)
    return found.check if meaning == name else f"{found.check} {meaning}"


def _row(status: SiteStatus) -> tuple[object, ...]:
    return (
        status.site,
        status.name,
        t(status.state),
        local_time(status.last_success) if status.last_success else None,
        status.entries,
        status.documents_ok,
        status.newest_document,
        status.errors,
    )


def _line(status: SiteStatus) -> str:
    state = t(status.state)
    if status.since is not None:
        state = t("{state} since {time}", state=state, time=local_time(status.since))
    return f"gongkai: {status.site}: {state}: {status.reason}"


def _local(scheduler: Holder) -> str:
    return local_time(datetime.fromisoformat(scheduler.since))
