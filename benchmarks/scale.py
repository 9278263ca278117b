"""How a warehouse of made-up reports grows: reading, loading and publishing at 1k, 10k, 100k documents.

    .venv/bin/python benchmarks/scale.py [--documents 1000 10000 100000] [--characters 3000]

Prints a row for each size: seconds of wall clock by step, documents a second, the most resident memory of the
process that has the database, and the size of the published copy. Readers are processes of their own.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from crawl_nights import forget_most, resident_mb
from made_corpus import write_corpus

from flows import loading
from flows.layout import Layout
from flows.reading import Reading
from warehouse.rebuild import rebuild_raw

STEPS = ((Reading, "write"), (loading, "load_readings"), (loading, "publish"))


def rebuilt(data: Path) -> tuple[dict[str, float], loading.LoadReport]:
    """Rebuild a data folder; return the seconds of each step, and what was loaded."""
    took_s: dict[str, float] = defaultdict(float)
    with _timed(took_s):
        began_s = time.monotonic()
        rebuild_raw(data)
        took_s["raw"] = time.monotonic() - began_s
        report = loading.load(Layout(data), lambda _: None)
        took_s["all"] = time.monotonic() - began_s
    return took_s, report


@contextmanager
def _timed(took_s: dict[str, float]) -> Iterator[None]:
    """Let the steps of a load be timed within the body."""
    with ExitStack() as stack:
        for place, name in STEPS:
            step = _timing(getattr(place, name), name, took_s)
            stack.enter_context(mock.patch.object(place, name, step))
        yield


def _timing(step: Callable[..., Any], name: str, took_s: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the step takes and gives
        began_s = time.monotonic()
        try:
            return step(*args, **options)
        finally:
            took_s[name] += time.monotonic() - began_s

    return timed


def main() -> None:
    """Print a row for each number of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--characters", type=int, default=0, help="the length of each report, 260 at least")
    parser.add_argument("--keep", type=Path, help="a folder for the data, to look at afterwards")
    options = parser.parse_args()
    for documents in options.documents:
        with tempfile.TemporaryDirectory() as folder:
            data = (options.keep or Path(folder)) / str(documents)
            if not data.exists():
                write_corpus(data, documents, options.characters)
            forget_most()
            took_s, report = rebuilt(data)
            steps = " | ".join(f"{name} {seconds:.1f} s" for name, seconds in took_s.items())
            size_mb = report.published.stat().st_size / 1e6
            sys.stdout.write(
                f"| {report.documents:,} | {report.metrics:,} | {steps} | {documents / took_s['all']:.0f}/s "
                f"| {resident_mb('VmHWM'):.0f} MB | {size_mb:.0f} MB |\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
