"""What a page costs beyond the network: our crawl beside Scrapy's on one site on loopback, in one run.

Run it from the project's folder, in an environment with the extra `crawl-peers`:

    .venv/bin/python benchmarks/crawl_peers.py [--documents 1000] [--rounds 3]

Each crawler runs in a process of its own over a small site and one with `--documents` more; the cost of a
page is the difference in CPU time (user and system) by the difference in pages, so starting up does not
count. All obey robots.txt, ask with no delay, and fetch the same pages; the server is not counted.
The median of the rounds is shown. Ours flushes every exchange to disk before it goes on.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from loopback_site import running

FEW = 100
DOES = {
    "scrapy-parse": "Scrapy: fetch and parse",
    "scrapy-text": "Scrapy: fetch, WARC, text",
    "gongkai-crawl": "gongkai: fetch, archive with digests and flush, run files",
    "gongkai-text": "gongkai: the same and title, date, source, main text",
}


def used(crawler: str, address: str) -> dict[str, float]:
    """Run one crawler over one site and return what it printed."""
    script = Path(__file__).with_name("crawlers.py")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(script), crawler, address, folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print a row for each crawler."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    costs_ms: dict[str, list[float]] = {crawler: [] for crawler in DOES}
    with running(FEW) as small, running(FEW + options.documents) as large:
        for _ in range(options.rounds):
            for crawler, costs in costs_ms.items():
                few, many = used(crawler, small), used(crawler, large)
                if many["pages"] - few["pages"] != options.documents:
                    raise SystemExit(f"{crawler} fetched {few} and {many}")
                costs.append((many["cpu_s"] - few["cpu_s"]) / options.documents * 1000)
    least = statistics.median(costs_ms["scrapy-parse"])
    sys.stdout.write("| | CPU a page | ratio |\n|---|---|---|\n")
    for crawler, costs in costs_ms.items():
        cost = statistics.median(costs)
        sys.stdout.write(f"| {DOES[crawler]} | {cost:.2f} ms | {cost / least:.2f} |\n")


if __name__ == "__main__":
    main()
