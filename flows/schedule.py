"""One deployment for each site on its cron line."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from flows.layout import Layout
from scrapers.site import Site

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

TIMEZONE = "Asia/Shanghai"


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
            },
            tags=["gongkai", site.platform],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for site in sites
    ]


def serve_deployments(served: "Sequence[RunnerDeployment]", api: str) -> None:
    """Serve at the Prefect API `api` until interrupted, one run at a time: all runs share one archive."""
    from prefect import serve
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: api}):
        serve(*served, limit=1)


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
