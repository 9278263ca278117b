"""The program `gongkai`: one group of commands, each in a module of `flows.commands`.

Heavy libraries (Prefect, DuckDB, httpx) are imported inside the commands that need them, so that
`--help` and `status` answer at once.
"""

import signal
import sys
from importlib import import_module

import click

from extract.errors import GongkaiError
from flows.context import Options, shared_options
from flows.exit_codes import ExitCode, exit_code_of
from flows.language import t
from flows.output import complain
from flows.translated import TranslatedGroup

COMMANDS = (
    "demo", "crawl", "ingest", "extract", "rebuild", "sql", "search", "status", "doctor", "changes", "diff",
    "verify", "export", "sites", "probe", "schedule", "web",
)  # fmt: skip


class Program(TranslatedGroup):
    """The commands in the order of DESIGN, each imported when it is called or its help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of DESIGN."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module and return the command; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"flows.commands.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="gongkai", message="%(prog)s %(version)s")
@shared_options
def program() -> None:
    """Crawl, archive and read the information-disclosure pages of Chinese districts, and ask them in SQL."""


def main(arguments: list[str] | None = None) -> None:
    """Run the program and leave with its exit code; every foreseen error is one line on standard error."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # a service manager's stop is an interruption too
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    try:
        result = program.main(args=arguments, prog_name="gongkai", standalone_mode=False, obj=Options())
        return int(result) if isinstance(result, int) else ExitCode.OK
    except click.UsageError as error:
        error.show()
        return ExitCode.USAGE
    except click.ClickException as error:
        complain(error.format_message())
        return ExitCode.USAGE
    except GongkaiError as error:
        complain(f"gongkai: {error}")
        return exit_code_of(error)
    except (KeyboardInterrupt, click.Abort):
        complain(t("interrupted; everything recorded so far is kept"))
        return ExitCode.INTERRUPTED
    except SystemExit:
        return ExitCode.OK  # click leaves so when the reader of a pipe (`head`) has gone
