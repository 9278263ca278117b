"""Click commands whose help is shown in the user's language."""

import inspect

import click

from flows.language import t


def paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a help text, each as one line: the keys of the catalogue."""
    return [part.replace("\n", " ") for part in inspect.cleandoc(text or "").split("\n\n") if part]


class TranslatedCommand(click.Command):
    """A command that translates its help, and click's own words in it, when they are shown."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first paragraph whole: a cut sentence helps nobody."""
        del limit
        return t(next(iter(paragraphs(self.help)), ""))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=t("Usage:") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description."""
        del ctx
        for part in paragraphs(self.help):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(t(part))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        records = [
            (record[0], t(parameter.help or ""))
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx))
        ]
        with formatter.section(t("Options")):
            formatter.write_dl(records)


class TranslatedGroup(TranslatedCommand, click.Group):
    """A group of such commands."""

    command_class = TranslatedCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands with their first paragraph."""
        TranslatedCommand.format_options(self, ctx, formatter)
        names = self.list_commands(ctx)
        commands = [(name, command) for name in names if (command := self.get_command(ctx, name))]
        with formatter.section(t("Commands")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in commands])
