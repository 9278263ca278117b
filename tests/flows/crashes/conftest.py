"""A data folder that a crawl of the misbehaving site has filled once; each test damages a copy of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions
from scrapers import http
from tests.flows.crashes.hostile_site import HostileSite, hostile_site


@pytest.fixture(scope="package")
def server() -> Iterator[HostileSite]:
    with hostile_site(attached=False) as server:
        yield server


@pytest.fixture(scope="package")
def crawled(server: HostileSite, tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return the folder after two nights; nobody changes it."""
    layout = Layout(tmp_path_factory.mktemp("crawled") / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(http, "backoff_s", lambda *_: 0.001)
        for server.night in (0, 2):
            run_sites(layout, [server.site], CrawlOptions(), lambda _: None)
    return layout


@pytest.fixture
def layout(crawled: Layout, tmp_path: Path) -> Layout:
    """Return a copy of the folder."""
    shutil.copytree(crawled.data, tmp_path / "data")
    return Layout(tmp_path / "data")
