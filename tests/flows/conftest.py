"""A data folder, and the demo's district crawled into one, without Prefect."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.cli import run
from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions, RunResult
from scrapers.site import load_sites

Cli = Callable[..., int]


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """Commands set Prefect's environment: what one test sets never reaches the next."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "data")


@pytest.fixture
def cli(layout: Layout) -> Cli:
    """The program on the test's data folder; gives the exit code."""
    return lambda *arguments: run(["--data", str(layout.data), *map(str, arguments)])


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoSite]:
    with DemoSite(tmp_path / "sites") as site:
        yield site


@pytest.fixture
def crawl(layout: Layout, demo: DemoSite) -> Callable[[], RunResult]:
    """Crawl the demo's sites once, as they are now."""
    sites = load_sites(demo.site_files[0].parent)
    return lambda: run_sites(layout, sites, CrawlOptions(), lambda _: None)
