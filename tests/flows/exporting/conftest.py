"""A data folder that three crawls of the demo have filled once: corrections, a take-down, revisits."""

import pytest

from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions
from scrapers.site import load_sites


@pytest.fixture(scope="package")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return the folder; nobody changes it."""
    folder = tmp_path_factory.mktemp("crawled")
    layout = Layout(folder / "data")
    with DemoSite(folder / "sites") as site:
        for _ in range(3):
            run_sites(layout, load_sites(folder / "sites"), CrawlOptions(), lambda _: None)
            site.change()
    return layout
