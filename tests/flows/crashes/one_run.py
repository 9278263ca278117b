"""A child of test_killed.py: one run of a site, in a warmed process that may die at any time."""

import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from extract import records
from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions
from scrapers import http
from scrapers.site import Site

PAGE = "<html><body><p>全年规上工业总产值63.4亿元。</p></body></html>"
TOUCHES = ("open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate")

# dictionaries and seeds are read for the first page: once, in the process that all children come from
records.read(PAGE.encode(), url=None, content_type="text/html", body_selector=None)


def run(data: Path, site: Site, dies_at: int | None, told: Connection) -> None:
    """Run `site` into `data`, tell how often a file there was touched, and die before the time `dies_at`."""
    counted = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal counted
        if event in TOUCHES and str(arguments[0]).startswith(str(data)):
            counted += 1
            if counted == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    http.backoff_s = lambda *_: 0.001
    os.fsync = lambda descriptor: None  # no power cut is at stake
    run_sites(Layout(data), [site], CrawlOptions(), lambda _: None)
    told.send(counted)
