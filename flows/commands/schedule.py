"""`gongkai schedule`: a deployment for each site on its cron line."""

import os
from contextlib import suppress

import click

from flows.context import Options, pass_options, shared_options
from flows.exit_codes import ExitCode
from flows.language import t
from flows.output import complain, print_json
from flows.translated import TranslatedGroup


@click.group(cls=TranslatedGroup, invoke_without_command=True)
@click.option(
    "--port",
    default=4200,
    show_default=True,
    help="Port of the Prefect server on 127.0.0.1, where PREFECT_API_URL names none.",
)
@shared_options
@pass_options
@click.pass_context
def command(ctx: click.Context, options: Options, port: int) -> int | None:
    """Serve one deployment per site on its cron line (Asia/Shanghai) until interrupted.

    Starts a Prefect server on loopback, or uses the one that PREFECT_API_URL names. Crawls run one after the
    other; a site that became due more than once meanwhile is crawled once. Interrupted, it ends with code 0.
    """
    if ctx.invoked_subcommand:
        return None
    from archive.lock import held

    with suppress(KeyboardInterrupt), held(options.layout.schedule_lock):
        _serve(options, port)
    return ExitCode.OK


def _serve(options: Options, port: int) -> None:
    from flows.prefect_server import serving, telling_address
    from flows.sites import chosen_sites

    sites, _ = chosen_sites(options.sites, ())
    with serving(options.layout, port=port, pages=True) as server:
        from flows.schedule import deployments, register, serve

        ids = register(
            options.layout,
            deployments(options.layout, sites, options.sites, options.contact),
            server.api,
        )
        address = server.api.removesuffix("/api")
        complain(t("serving {n} deployments; Prefect's pages are at {address}", n=len(ids), address=address))
        with telling_address(options.layout, server.api):
            serve(options.layout, server, ids)


@command.command()
@click.option("--pool", default="gongkai", show_default=True, help="Work pool whose workers run the crawls.")
@shared_options
@pass_options
def deploy(options: Options, pool: str) -> int:
    """Register the deployments with the Prefect server that PREFECT_API_URL names, for workers to run."""
    api = os.environ.get("PREFECT_API_URL")
    if not api:
        raise click.UsageError(
            t("set PREFECT_API_URL to the server that schedules, for example http://127.0.0.1:4200/api")
        )
    from flows.prefect_settings import prepare_prefect

    prepare_prefect(options.layout)
    from flows.schedule import deploy as register
    from flows.schedule import deployments
    from flows.sites import chosen_sites

    sites, _ = chosen_sites(options.sites, ())
    ids = register(deployments(options.layout, sites, options.sites, options.contact), api, pool)
    if options.json:
        print_json({"pool": pool, "deployments": ids})
    else:
        complain(
            t(
                "{n} deployments in work pool {pool}; start a worker: prefect worker start -p {pool}",
                n=len(ids),
                pool=pool,
            )
        )
    return ExitCode.OK
