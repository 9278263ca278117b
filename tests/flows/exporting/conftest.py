"""A data folder that three crawls of the demo have filled once: corrections, a take-down, revisits."""

import pytest

from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions
from scrapers.site import load_sites
from tests.flows.exporting.made_pages import write_pages


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


@pytest.fixture(scope="package")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return the folder of `made_pages`; nobody changes it."""
    layout = Layout(tmp_path_factory.mktemp("pages") / "data")
    write_pages(layout)
    return layout
