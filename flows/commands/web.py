"""`gongkai web`: the reading room."""

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain
from flows.translated import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")
@shared_options
@pass_options
def command(options: Options, port: int) -> int:
    """Show documents with their figures in place, and the archived pages, in a browser; read-only."""
    import uvicorn

    from web.app import create_app

    complain(t("the reading room is at {address}; Ctrl-C ends it", address=f"http://127.0.0.1:{port}"))
    uvicorn.run(create_app(options.layout.data), host="127.0.0.1", port=port, log_level="warning")
    return ExitCode.OK
