"""One real Prefect server for these tests, and the demo's sites registered there."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.prefect_server import prefect_server
from tests.flows.scheduling.served import Prefect, never_due


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    """A server for all of these tests; what a command sets for it stays out of their environment."""
    before = dict(os.environ)
    home = tmp_path_factory.mktemp("prefect")
    os.environ |= {"PREFECT_HOME": str(home), "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1"}
    with prefect_server(Layout(home / "data")) as api:
        os.environ.clear()
        os.environ.update(before)
        yield Prefect(api, home)


@pytest.fixture
def sites(demo: DemoSite) -> Path:
    return never_due(demo)


@pytest.fixture
def registered(prefect: Prefect, layout: Layout, sites: Path) -> dict[str, UUID]:
    return prefect.register(layout, sites)
