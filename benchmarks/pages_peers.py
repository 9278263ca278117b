"""What our reader and others take out of the saved pages beside the project, and how fast; prints Markdown.

Run it from the project's folder:

    .venv/bin/python benchmarks/pages_peers.py [--peers PYTHON]

The pages, their gold and the scorer lie beside the project (`../shared`). The peers are no dependencies:
`--peers` names the interpreter of an environment that has them, and can be thrown away:

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install '.[page-peers]'

Every reader runs in a process of its own (`page_readers.py`). CPU is the median over pages of the best of
five readings, from bytes to result.
"""

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
PEERS = ("resiliparse", "trafilatura", "readability", "gne")
GOOD_F1 = 0.98


def scorer() -> ModuleType:
    """Return the scorer beside the project."""
    spec = importlib.util.spec_from_file_location("score_text", SHARED / "score" / "score_text.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "score" / "score_text.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(python: str, reader: str, pages: list[Path]) -> dict[str, Any] | None:
    """Return what a reader gives for the pages; None with a line of warning where it does not run."""
    done = subprocess.run(  # noqa: S603 - the interpreter is this one, or the user's own choice
        [python, str(HERE / "page_readers.py"), reader, *map(str, pages)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason told"])[-1]
        print(f"{reader}: left out, {python} cannot run it: {reason}", file=sys.stderr)  # noqa: T201
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def row(name: str, given: dict[str, Any], score: ModuleType) -> str:
    """Return a reader's row of the table."""
    pages = given["pages"]
    results = [score.score_page(gold, pages[gold["file"]]) for gold in score.load_gold()]
    genuine = [result["F1"] for result in results if result["genuine"] == "y"]
    shares = [
        statistics.mean(bool(result[name]) for result in results)
        for name in ("title_ok", "date_ok", "source_ok")
    ]
    good = statistics.mean(result["F1"] >= GOOD_F1 for result in results)
    cpu_ms = statistics.median(page["cpu_ms"] for page in pages.values())
    bodies = f"{statistics.mean(genuine):.4f} | {statistics.mean(r['F1'] for r in results):.4f} | {good:.0%}"
    if not any(page.get("body") for page in pages.values()):
        bodies = "| |"
    facts = " | ".join(f"{share:.0%}" for share in shares)
    return f"| {name} {given['version']} | {bodies} | {facts} | {cpu_ms:.2f} |"


def report(peers: str | None) -> Iterator[str]:
    """Yield the table's lines."""
    score = scorer()
    pages = [SHARED / "pages" / "html" / gold["file"] for gold in score.load_gold()]
    readers = [(sys.executable, "gongkai"), *((peers, name) for name in PEERS if peers)]
    readers.append((sys.executable, "meta tags"))
    yield f"{len(pages)} pages:\n"
    yield "| | body F1, genuine | body F1, all | F1 ≥ 0.98 | title | date | source | CPU, ms |"
    yield "|---|---|---|---|---|---|---|---|"
    for python, name in readers:
        given = answer(python or sys.executable, name, pages)
        if given is not None:
            yield row(name, given, score)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="our reader of pages against others; prints Markdown")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter with the peers installed")
    options = parser.parse_args()
    if not (SHARED / "pages" / "gold.tsv").exists():
        parser.error(f"no pages with gold in {SHARED}: they stay outside the project")
    if not options.peers:
        print("the peers are left out: name their interpreter with --peers", file=sys.stderr)  # noqa: T201
    for line in report(options.peers):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
