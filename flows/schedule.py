"""One deployment for each site on its cron line."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from flows.due import TIMEZONE
from flows.layout import Layout
from scrapers.site import Site

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

    from flows.prefect_server import PrefectServer

WAIT_MINUTES = 360  # for a data folder that a person's crawl or rebuild holds; shorter than a day


def deployments(
    layout: Layout, sites: Sequence[Site], sites_path: Path, contact: str | None = None
) -> "list[RunnerDeployment]":
    """Return a deployment of the crawl flow for each site on its cron line, in Chinese standard time."""
    from prefect.deployments.runner import RunnerDeployment
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.crawl_flow import crawl_flow

    return [
        RunnerDeployment.from_flow(
            crawl_flow,
            name=site.key,
            description=site.name,
            schedule=Cron(site.schedule, timezone=TIMEZONE),
            parameters={
                "data": str(layout.data.resolve()),
                "sites": str(sites_path.resolve()),
                "keys": [site.key],
                "contact": contact,
                "wait_minutes": WAIT_MINUTES,
            },
            tags=["gongkai", site.platform],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for site in sites
    ]


def register(layout: Layout, served: "Sequence[RunnerDeployment]", api: str) -> dict[UUID, str]:
    """Register the deployments at the Prefect API `api`; return id -> site key.

    Those of this data folder whose site file is gone are deleted: nobody would run what Prefect schedules.
    """
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: api}):
        ids = {UUID(str(deployment.apply())): deployment.name for deployment in served}
        data = str(layout.data.resolve())
        with get_client(sync_client=True) as client:
            for known in client.read_deployments():
                if known.id not in ids and known.parameters.get("data") == data:
                    client.delete_deployment(known.id)
    return ids


def serve(layout: Layout, server: "PrefectServer", deployments: Mapping[UUID, str]) -> None:
    """Run what `server` schedules for `deployments` until interrupted, one run at a time."""
    from flows.runner import Runner

    Runner(layout, server, deployments).serve()


def deploy(served: "Sequence[RunnerDeployment]", api: str, work_pool: str) -> list[str]:
    """Register the deployments at the Prefect API `api` for the workers of `work_pool`; return their ids.

    The pool is made (type process, one run at a time) where it is missing.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: api}):
        with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
            client.create_work_pool(WorkPoolCreate(name=work_pool, type="process", concurrency_limit=1))
        return [str(deployment.apply(work_pool_name=work_pool)) for deployment in served]
