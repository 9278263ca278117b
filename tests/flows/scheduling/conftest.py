"""One real Prefect server for the tests of a module, and the demo's sites registered there."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.prefect_server import prefect_server
from scrapers.site import load_sites
from tests.flows.scheduling.served import Prefect, rewrite

NOT_SOON = "0 0 29 2 *"


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    with prefect_server(Layout(tmp_path_factory.mktemp("prefect") / "data")) as api:
        yield Prefect(api)


@pytest.fixture
def sites(demo: DemoSite) -> Path:
    """The demo's site files; none of them is ever due of itself."""
    for file in demo.site_files:
        rewrite(file, "schedule", f'"{NOT_SOON}"')
    return demo.site_files[0].parent


@pytest.fixture
def registered(prefect: Prefect, layout: Layout, sites: Path) -> dict[str, UUID]:
    """Site key -> deployment, registered as `gongkai schedule` does."""
    from flows.schedule import deployments, register

    ids = register(layout, deployments(layout, load_sites(sites), sites), prefect.api)
    return {key: deployment for deployment, key in ids.items()}
