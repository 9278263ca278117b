"""A crawl of many pages and a night without changes after it: requests, and memory page by page.

Run it from the project's folder (10,000 documents take some minutes and 200 MB of disk):

    .venv/bin/python benchmarks/crawl_nights.py [--documents 10000]

A site on loopback is crawled twice with no delay by `run_sites`, as `gongkai crawl` does it: listings,
documents, archive, reading, loading, publishing. The server counts the requests of each night; resident
memory is read from the kernel (VmRSS) as the run tells its progress. Readers are processes of their own and
not counted.
"""

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from loopback_site import columns, counted, running

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flows.layout import Layout
from flows.pipeline import run_sites
from flows.run_results import CrawlOptions
from scrapers.site import Column, Expect, Politeness, Site

PROGRESS = re.compile(r"(document|reading) (\d+) of \d+")
STEPS = 10


def resident_mb(kind: str = "VmRSS") -> float:
    """Return the resident memory of this process: what it has now, or with `VmHWM` the most it had."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(kind))


def forget_most() -> None:
    """Let the most resident memory be counted from now on."""
    Path("/proc/self/clear_refs").write_text("5")


def site_at(address: str, documents: int) -> Site:
    """Return the site file of the benchmark's site."""
    listed = [Column(name=f"工作总结{n}", url=path) for n, path in enumerate(columns(documents))]
    return Site(
        key="qinghe", name="清河区人民政府", region="990101", base_url=address,
        hosts=(address.removeprefix("http://"),), platform="links", columns=tuple(listed),
        politeness=Politeness(delay_s=0), expect=Expect(entries_min=documents),
    )  # fmt: skip


def night(layout: Layout, address: str, documents: int) -> tuple[Counter[str], dict[str, list[float]], float]:
    """Crawl once; return the requests, the memory by what went on, and the seconds it took."""
    memory: dict[str, list[float]] = {"document": [], "reading": []}

    def tell(message: str) -> None:
        found = PROGRESS.search(message)
        if found and int(found[2]) % max(1, documents // STEPS) in (0, 1):
            memory[found[1]].append(resident_mb())

    forget_most()
    before, began_s = counted(address), time.monotonic()
    result = run_sites(layout, [site_at(address, documents)], CrawlOptions(), tell)
    if result.failed:
        raise SystemExit(str(result.failed))
    memory["end"], memory["most"] = [resident_mb()], [resident_mb("VmHWM")]
    return counted(address) - before, memory, time.monotonic() - began_s


def main() -> None:
    """Print requests and memory of two nights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder, running(documents) as address:
        layout = Layout(Path(folder) / "data")
        for name in ("first night", "night without changes"):
            requests, memory, took_s = night(layout, address, documents)
            sys.stdout.write(f"{name}: {dict(requests)}, {took_s:.0f} s\n")
            for step, sizes_mb in memory.items():
                shown = " ".join(f"{size_mb:.0f}" for size_mb in sizes_mb)
                sys.stdout.write(f"  resident MB, {step}: {shown}\n")


if __name__ == "__main__":
    main()
