"""How a warehouse of made-up reports grows: reading, loading and publishing at 1k, 10k, 100k documents.

    .venv/bin/python benchmarks/scale.py [--documents 1000 10000 100000] [--characters 3000] [--apart]

Prints a row for each size: seconds of wall clock by step, documents a second, the most resident memory of the
process that has the database, and the size of the published copy. Readers are processes of their own.
With --apart a batch is loaded when the next is read, and not beside it: each step has the machine for itself.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any
from unittest import mock

from crawl_nights import forget_most, resident_mb
from made_corpus import write_corpus

from flows import loading
from flows.layout import Layout
from flows.reading import Reading
from warehouse.rebuild import rebuild_raw

STEPS = ((Reading, "write"), (loading, "load_readings"), (loading, "publish"))


def rebuilt(data: Path, *, apart: bool) -> tuple[dict[str, float], loading.LoadReport]:
    """Rebuild a data folder, its steps `apart` or not; return the seconds of each, and what was loaded."""
    took_s: dict[str, float] = defaultdict(float)
    with _timed(took_s, Lock() if apart else nullcontext()):
        began_s = time.monotonic()
        rebuild_raw(data)
        took_s["raw"] = time.monotonic() - began_s
        report = loading.load(Layout(data), lambda _: None)
        took_s["all"] = time.monotonic() - began_s
    return took_s, report


@contextmanager
def _timed(took_s: dict[str, float], turn: AbstractContextManager[Any]) -> Iterator[None]:
    """Let the steps of a load be timed within the body, each while it has its `turn`."""
    with ExitStack() as stack:
        for place, name in STEPS:
            step = _timing(getattr(place, name), name, took_s, turn)
            stack.enter_context(mock.patch.object(place, name, step))
        yield


def _timing(
    step: Callable[..., Any], name: str, took_s: dict[str, float], turn: AbstractContextManager[Any]
) -> Callable[..., Any]:
    def timed(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the step takes and gives
        with turn:
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
    parser.add_argument("--apart", action="store_true", help="load nothing while anything is read")
    parser.add_argument("--keep", type=Path, help="a folder for the data, to look at afterwards")
    options = parser.parse_args()
    for documents in options.documents:
        with tempfile.TemporaryDirectory() as folder:
            data = (options.keep or Path(folder)) / str(documents)
            if not data.exists():
                write_corpus(data, documents, options.characters)
            forget_most()
            took_s, report = rebuilt(data, apart=options.apart)
            steps = " | ".join(f"{name} {seconds:.1f} s" for name, seconds in took_s.items())
            size_mb = report.published.stat().st_size / 1e6
            sys.stdout.write(
                f"| {report.documents:,} | {report.metrics:,} | {steps} | {documents / took_s['all']:.0f}/s "
                f"| {resident_mb('VmHWM'):.0f} MB | {size_mb:.0f} MB |\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
