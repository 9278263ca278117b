"""One deployment for each site on its cron line, against a Prefect server of our own or the user's."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import GongkaiError
from flows.layout import Layout
from flows.prefect_settings import prepare_prefect
from scrapers.site import Site

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

TIMEZONE = "Asia/Shanghai"
_START_DEADLINE_S = 120
_STOP_DEADLINE_S = 30


class ServerError(GongkaiError):
    """Prefect's server did not start."""


@contextmanager
def server(layout: Layout, port: int) -> Iterator[str]:
    """Give the address of a Prefect API: the one of PREFECT_API_URL, else of a server started on loopback.

    Raises ServerError, which names the log, when the server does not answer within two minutes.
    """
    prepare_prefect(layout)
    if address := os.environ.get("PREFECT_API_URL"):
        yield address
        return
    layout.prefect.mkdir(parents=True, exist_ok=True)
    log = layout.prefect / "server.log"
    address = f"http://127.0.0.1:{port}/api"
    os.environ["PREFECT_API_URL"] = address
    # Prefect's API has no login and answers any origin by default: only its own pages may use it
    os.environ.setdefault("PREFECT_SERVER_CORS_ALLOWED_ORIGINS", f"http://127.0.0.1:{port}")
    os.environ.setdefault("PREFECT_SERVER_UI_API_URL", address)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603 - our own command
    try:
        _wait_until_healthy(process, port, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=_STOP_DEADLINE_S)


def _wait_until_healthy(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_DEADLINE_S
    while time.monotonic() < deadline and process.poll() is None:
        if _healthy(port):
            return
        time.sleep(0.3)
    raise ServerError(f"port {port}: Prefect's server did not start; its log is {log}")


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


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


def serve_deployments(served: "Sequence[RunnerDeployment]") -> None:
    """Serve until interrupted, one run at a time: all runs share one archive."""
    from prefect import serve

    serve(*served, limit=1)


def deploy(served: "Sequence[RunnerDeployment]", work_pool: str) -> list[str]:
    """Register the deployments for the workers of `work_pool`; return their ids.

    The pool is made (type process, one run at a time) where it is missing.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists

    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=work_pool, type="process", concurrency_limit=1))
    return [str(deployment.apply(work_pool_name=work_pool)) for deployment in served]
