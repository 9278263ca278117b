"""A misbehaving site on a loopback socket, crawled night after night into one data folder."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from flows.layout import Layout
from flows.pipeline import run_sites
from flows.questions import ask
from flows.run_results import CrawlOptions, RunResult
from scrapers.site import Column, Expect, Politeness, Site
from tests.scrapers.server import Reply, Server, page, serving
from warehouse.publish import current

LIST = "/zj/index.html"


def report(output: str = "63.4", more: str = "") -> bytes:
    """Return a street's report with one figure; `more` stands around it in the page."""
    return page(f"""<html><head><title>清河街道2023年工作总结</title></head><body>
<h1>清河街道2023年工作总结</h1><p>来源：清河街道办事处 发布时间：2024-01-20</p>
<div id="zoom"><p>全年实现规上工业总产值{output}亿元，新建公园3个。</p>
<p>街道坚持稳中求进，扎实推进各项工作，圆满完成全年目标任务，居民生活持续改善。</p></div>{more}</body></html>""")


def listing(*rows: tuple[str, str]) -> bytes:
    """Return a list page of (address, title)."""
    items = "".join(f'<li><a href="{url}">{title}</a><i>2024-01-20</i></li>' for url, title in rows)
    return page(f"<html><body><ul>{items}</ul></body></html>")


ONE = listing(("/zj/a1.html", "清河街道2023年工作总结"), ("/zj/a2.html", "清河街道2022年工作总结"))


@dataclass
class Nights:
    """The site as it is tonight (`replies`), and what the nights made of it."""

    layout: Layout
    server: Server
    results: list[RunResult] = field(default_factory=list)

    def serve(self, **changes: list[Reply]) -> None:
        """Let paths answer otherwise from now on; `a1` stands for /zj/a1.html, `listing` for the list."""
        for name, replies in changes.items():
            path = LIST if name == "listing" else f"/zj/{name}.html"
            self.server.replies[path] = replies
            self.server._served[path] = 0

    def crawl(self, **site: Any) -> RunResult:
        """Crawl the site once and load what came."""
        self.server.requests.clear()
        self.server.heads.clear()
        return self.crawl_sites([self.site(**site)])

    def site(self, key: str = "qinghe", delay_s: float = 0.0, **more: Any) -> Site:
        """Return the site; with another key it is another site on the same host."""
        return Site(
            key=key, name="清河区人民政府", region="990101", base_url=self.server.url,
            hosts=(self.server.host,), platform="links", columns=(Column(name="工作总结", url=LIST),),
            politeness=Politeness(delay_s=delay_s), expect=Expect(entries_min=1), **more,
        )  # fmt: skip

    def crawl_sites(self, sites: Sequence[Site], options: CrawlOptions | None = None) -> RunResult:
        """Crawl some sites in one run and load what came."""
        self.results.append(run_sites(self.layout, sites, options or CrawlOptions(), lambda _: None))
        return self.results[-1]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a question to the published warehouse."""
        return ask(current(self.layout.data), sql).rows

    @property
    def versions(self) -> int:
        """How many versions all documents have."""
        return int(self.ask("select count(*) from mart.versions")[0][0])


@pytest.fixture
def nights(layout: Layout) -> Iterator[Nights]:
    """Two documents that behave; the tests change what they answer."""
    started, stop = threading.Event(), asyncio.Event()
    made: list[Any] = []

    async def run() -> None:
        async with serving(
            {LIST: [ONE], "/zj/a1.html": [report()], "/zj/a2.html": [report("58.1")]}
        ) as server:
            made.extend((server, asyncio.get_running_loop()))
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    started.wait()
    server, loop = made
    try:
        yield Nights(layout, server)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
