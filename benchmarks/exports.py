"""How exports grow: time, memory and size of each kind, in a process of its own.

    .venv/bin/python benchmarks/scale.py --documents 1000 10000 --keep DIR
    .venv/bin/python benchmarks/exports.py DIR/1000 DIR/10000

Prints a row for each kind and data folder: seconds of wall clock, also as a ratio to a count of all figures
by the same program (what starting it and asking costs), the most resident memory, and the size of the files.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from warehouse.export.corpus import Kind

PROGRAM = Path(sys.executable).with_name("gongkai")
YARDSTICK = ("sql", "select count(*), sum(value) from mart.metrics")


def took(data: Path, arguments: Sequence[str]) -> tuple[float, float]:
    """Run the program on a data folder; return its seconds, and the most resident memory (MB)."""
    began_s = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [PROGRAM, "--data", data, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"gongkai {' '.join(arguments)}: ended with {status}")
    return time.monotonic() - began_s, used.ru_maxrss / 1e3


def main() -> None:
    """Print a row for each kind of export and data folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="+", help="a data folder that is published")
    for data in parser.parse_args().data:
        yardstick_s, _ = took(data, YARDSTICK)
        for kind in get_args(Kind):
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "out"
                took_s, most_mb = took(data, ("export", kind, str(out)))
                size_mb = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
            sys.stdout.write(
                f"| {data.name} | {kind} | {took_s:.1f} s | {took_s / yardstick_s:.1f} | {most_mb:.0f} MB "
                f"| {size_mb:.0f} MB |\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
