"""The demo's story: crawl a made-up district, let it change, crawl again, and look at what is known then."""

from dataclasses import dataclass
from pathlib import Path

from archive.manifest import read_lines
from flows.crawl_flow import run_flow
from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.loading import Tell
from flows.questions import CHANGED, GONE, Answer, ask
from flows.run_results import CrawlOptions, RunResult
from warehouse.publish import current

HELD = """
    select
        (select count(*) from raw.captures) as captures,
        (select count(*) from mart.documents where state = 'held') as documents,
        (select count(*) from mart.metrics) as figures
"""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo did: its runs, what lies in the archive, and the answers that show the changes."""

    runs: tuple[RunResult, ...]
    requests: int
    warc_files: int
    warc_bytes: int
    held: dict[str, int]
    changed: Answer
    gone: Answer
    published: Path


def run_demo(layout: Layout, api: str, tell: Tell) -> DemoReport:
    """Run the demo in the fresh folder of demo.folder.make_fresh, told to the Prefect server `api`.

    Three crawls: one of the site as it is, one after it changed, and one that confirms the take-down, since a
    document counts as gone only when two complete runs have missed it.
    """
    runs = []
    with DemoSite(layout.data / "sites") as site:
        for step in (
            "first crawl",
            "second crawl, after the site changed",
            "third crawl, to confirm the take-down",
        ):
            tell(step)
            runs.append(run_flow(layout, layout.data / "sites", (), CrawlOptions(), api))
            site.change()
        requests = site.requests
    database = current(layout.data)
    lines, _ = read_lines(layout.archive)
    return DemoReport(
        runs=tuple(runs),
        requests=requests,
        warc_files=len(lines),
        warc_bytes=sum(line.length for line in lines),
        held=ask(database, HELD).objects()[0],
        changed=ask(database, CHANGED),
        gone=ask(database, GONE),
        published=database,
    )
