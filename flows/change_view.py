"""How changes and take-downs are shown to a person: a block each, since the sentence is what tells."""

from typing import TYPE_CHECKING

import click

from flows.language import t
from flows.output import local_time, printable

if TYPE_CHECKING:
    from flows.questions import Answer


def show_changed(answer: "Answer") -> None:
    """Print each changed figure: document, indicator, period, old and new form, sentence, address."""
    for row in answer.objects():
        old, new = row["old_written"] or t("none"), row["new_written"] or t("none")
        _show(
            row["title"],
            f"{row['indicator']} ({row['period_end']}): {old} → {new}",
            row["sentence"],
            f"{row['url']}  {local_time(row['captured_at'])}",
        )
    _none(answer)


def show_gone(answer: "Answer") -> None:
    """Print each document that was taken down: office, answer and time, and where the last good copy lies."""
    for row in answer.objects():
        _show(
            row["title"],
            f"{row['office'] or ''}  {row['url']}",
            t("answers {status} since {time}", status=row["status"], time=local_time(row["gone_at"])),
            t("last good copy: {warc} at {offset}", warc=row["warc"], offset=row["warc_offset"]),
        )
    _none(answer)


def show_returned(answer: "Answer") -> None:
    """Print each document that was taken down and is there again: office, address, from when to when."""
    for row in answer.objects():
        since, back = local_time(row["gone_at"]), local_time(row["returned_at"])
        _show(
            row["title"],
            f"{row['office'] or ''}  {row['url']}",
            t(
                "answered {status} since {time}, is back since {back}",
                status=row["status"],
                time=since,
                back=back,
            ),
        )
    _none(answer)


def _show(title: object, *lines: str | None) -> None:
    click.echo(f"  {printable(str(title))}")
    for line in lines:
        if line:
            click.echo(f"    {printable(line)}")


def _none(answer: "Answer") -> None:
    if not answer.rows:
        click.echo(f"  {t('none')}")
