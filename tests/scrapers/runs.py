"""Whole runs of a scripted site into a real archive, for the tests of what is recorded."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from archive.runs import RunWriter, read_rows
from archive.writer import ArchiveWriter
from scrapers.capture import Earlier, Known, KnownFiles, RunReport
from scrapers.crawl import crawl
from scrapers.http import Limits
from scrapers.site import Column, Politeness, Site
from tests.scrapers.conftest import FakeTime
from tests.scrapers.server import Reply, Server, answer, page, serving

RUN_ID = "20240807T031625Z-qinghe-0a1b"
LIMITS = Limits(total_s=2, connect_s=1, read_s=1)
LIST = """<ul><li><a href="/zj/a1.html">2023年工作总结</a><i>2024-01-20</i></li>
<li><a href="/zj/a2.html">2024年上半年工作总结</a><i>2024-08-07</i></li></ul>"""
OK: dict[str, list[Reply]] = {
    "/zj/index.html": [page(LIST)],
    "/zj/a1.html": [answer(200, b"<p>one</p>", 'ETag: "1"', "Content-Type: text/html")],
    "/zj/a2.html": [page("<p>two</p>")],
}


@dataclass
class Done:
    """A finished run: its report, rows, requests, and where its archive lies."""

    report: RunReport
    rows: dict[str, list[dict[str, Any]]]
    server: Server
    archive: Path

    def captures(self, purpose: str) -> list[tuple[str, str]]:
        """Return path and outcome of the captures of one purpose, in order."""
        return [
            (row["url"].removeprefix(self.server.url), row["outcome"])
            for row in self.rows["captures"]
            if row["purpose"] == purpose
        ]

    def issues(self) -> list[tuple[str, str]]:
        return [(row["level"], row["code"]) for row in self.rows["issues"]]


def site_of(server: Server, platform: str = "links", **more: Any) -> Site:
    columns = more.pop("columns", (Column(name="工作总结", url="/zj/index.html"),))
    return Site(
        key="qinghe",
        name="清河区人民政府",
        region="990101",
        base_url=server.url,
        hosts=(server.host,),
        platform=platform,  # type: ignore[arg-type]
        columns=columns,
        politeness=Politeness(delay_s=0),
        **more,
    )


def rows_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    kinds = ("sites", "entries", "captures", "issues", "runs")
    return {kind: list(read_rows(folder / RUN_ID, kind)) for kind in kinds}  # type: ignore[arg-type]


def crawled(
    tmp_path: Path,
    time: FakeTime,
    replies: Mapping[str, list[Reply]],
    *,
    known: Callable[[Server], Mapping[str, Known]] = lambda _: {},
    listed: Callable[[Server], Collection[str]] = lambda _: (),
    files: Callable[[Server], KnownFiles | None] = lambda _: None,
    site: Callable[[Server], Site] = site_of,
    limit: int | None = None,
    since: date | None = None,
) -> Done:
    async def run() -> Done:
        async with serving(dict(replies)) as server:
            with (
                RunWriter(tmp_path / "runs", RUN_ID) as writer,
                ArchiveWriter(tmp_path / "archive", RUN_ID, lambda _: None) as archive,
            ):
                report = await crawl(
                    site(server),
                    archive=archive,
                    run=writer,
                    earlier=Earlier(
                        known=known(server), listed=listed(server), files=files(server) or KnownFiles()
                    ),
                    limit=limit,
                    since=since,
                    contact="desk@example.org",
                    limits=LIMITS,
                    clock=time.clock(),
                )
            return Done(report, rows_of(tmp_path / "runs"), server, tmp_path / "archive")

    return asyncio.run(run())


def known_of(
    server: Server, path: str, etag: str | None = None, digest: str = "sha256:00"
) -> dict[str, Known]:
    url = server.url + path
    return {url: Known(url, etag, None, digest, datetime(2024, 8, 1, tzinfo=UTC))}
