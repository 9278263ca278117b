"""How fast numbers are read, against the libraries that read Chinese quantities, in one run; prints Markdown.

Run it from the project's folder:

    .venv/bin/python benchmarks/metrics_speed.py [--peers PYTHON] [--hostile] [FILE...]

The texts are FILEs, or those beside the project (`../shared/docs`, `../shared/seeds`). The peers are no
dependencies: `--peers` names the interpreter of an environment that has them, and can be thrown away:

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install '.[number-peers]'

Every reader runs in processes of its own (`number_readers.py`) on one core. "First seen" is the CPU time of
texts that the process has never read, after a warm-up on other texts: what a crawl pays. "Repeated" is the
best of five further rounds over the same texts: what caches can give at most. Where gold tables lie
beside the texts (`../shared/gold`), the share of their records that a reader finds with value (without
its sign) and unit is told, and how many names and slogans with a number in them it takes for one.
"""

import argparse
import importlib.util
import json
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from hostile_texts import hostile_texts

from extract.document import Document, read_document
from extract.metrics import read_metrics

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
WARM_UP = sorted((HERE.parent / "tests" / "extract" / "reports").glob("*.txt"))
PROCESSES, ROUNDS = 3, 5
HOSTILE_LENGTH, HOSTILE_LIMIT_S, SHORT_S, SHOWN = 100_000, 30, 0.5, 12
LINEAR = 2.5  # times as long at twice the length, with room for a shared machine
# Names and slogans of gold/GUIDELINES.md: whoever finds a number in one has taken a trap.
TRAPS = re.compile(r"20\+8|1\+3\+N|91530|[三6]个100%|十四五|[一二三四]期|\d{1,2}号线|15分钟|八项规定|百千万")
READERS = {"gongkai": "gongkai", "recognizers": "Recognizers-Text", "jionlp": "JioNLP (money only)"}

Found = list[tuple[int, int, float, str]]
Gold = dict[int, list[dict[str, Any]]]  # by the number of the text


def measured(python: str, reader: str, texts: list[str]) -> list[dict[str, Any]] | None:
    """Return the answers of a reader's processes; None with a line of warning where it does not run."""
    warm_up = [read_document(path.read_bytes()).body for path in WARM_UP]
    request = json.dumps({"warm_up": warm_up, "texts": texts, "rounds": ROUNDS})
    answers = []
    for _ in range(PROCESSES):
        done = subprocess.run(  # noqa: S603 - the interpreter is this one, or the user's own choice
            [python, str(HERE / "number_readers.py"), reader],
            input=request, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason told"])[-1]
            print(f"{reader}: left out, {python} cannot run it: {reason}", file=sys.stderr)  # noqa: T201
            return None
        answers.append(json.loads(done.stdout))
    return answers


def speed_row(name: str, answers: list[dict[str, Any]], length: int) -> str:
    """Return a reader's row: characters per second first seen and repeated, memory grown and at the peak."""
    first = statistics.median(answer["first_s"] for answer in answers)
    repeated = statistics.median(answer["repeated_s"] for answer in answers)
    peak = max(answer["peak_mb"] for answer in answers)
    grown = peak - answers[0]["before_mb"]
    return (
        f"| {name} {answers[0]['version']} | {length / first:,.0f} | {length / repeated:,.0f} "
        f"| {grown:,.0f} MB | {peak:,.0f} MB |"
    )


def scorer() -> ModuleType | None:
    """Return the scorer beside the project, None where there is none."""
    path = SHARED / "score" / "score_metrics.py"
    spec = importlib.util.spec_from_file_location("score_metrics", path)
    if spec is None or spec.loader is None or not path.exists():
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_of(texts: list[str], score: ModuleType) -> Gold:
    """Return the wanted rows of each text that has a gold table: the table whose quotes it holds."""
    found = {}
    for table in sorted((SHARED / "gold").glob("*.tsv")):
        read = [score.read_gold(table, text) for text in texts]
        best = min(range(len(texts)), key=lambda index: len(read[index][1]))
        rows, lost = read[best]
        if len(lost) < len(rows):
            found[best] = [row for row in rows if (row.get("optional") or "").strip() != "1"]
    return found


def right(row: dict[str, Any], found: Found, score: ModuleType) -> bool:
    """Tell whether a reader found a gold row's number with its value and unit; the sign is left out."""
    gold = row | {"value": abs(float(row["value"])), "value_max": ""}
    return any(
        score.same_value(gold, {"value": abs(value), "unit": unit})
        for start, end, value, unit in found
        if start < row["end"] and row["start"] < end
    )


def exact_row(name: str, found: list[Found], texts: list[str], gold: Gold, score: ModuleType) -> str:
    """Return a reader's row: the gold records with value and unit right, and the traps taken."""
    rows = [(row, found[index]) for index, wanted in gold.items() for row in wanted]
    hits = sum(right(row, each, score) for row, each in rows)
    traps = [
        (trap.span(), each) for text, each in zip(texts, found, strict=True) for trap in TRAPS.finditer(text)
    ]
    taken = sum(any(s < end and start < e for s, e, *_ in each) for (start, end), each in traps)
    return f"| {name} | {hits} of {len(rows)} ({hits / len(rows):.0%}) | {taken} of {len(traps)} |"


def report(files: list[Path], peers: str | None) -> Iterator[str]:
    """Yield the Markdown of speed and of what is found."""
    texts = [read_document(path.read_bytes()).body for path in files]
    length = sum(map(len, texts))
    runs = {"gongkai": measured(sys.executable, "gongkai", texts)}
    if peers:
        runs |= {reader: measured(peers, reader, texts) for reader in ("recognizers", "jionlp")}
    done = {READERS[reader]: answers for reader, answers in runs.items() if answers}
    yield f"{len(texts)} texts, {length:,} characters; characters per second and core:\n"
    yield "| | first seen | repeated | memory grown by | to |\n|---|---|---|---|---|"
    for name, answers in done.items():
        yield speed_row(name, answers, length)
    score = scorer()
    gold = gold_of(texts, score) if score else {}
    if score and gold:
        yield "\n| | gold records with value and unit | names and slogans taken |\n|---|---|---|"
        for name, answers in done.items():
            yield exact_row(name, answers[0]["found"], texts, gold, score)


class SlowError(Exception):
    """A hostile text took longer than the limit."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise SlowError in the block after so many seconds of wall clock."""

    def stop(*_: object) -> None:
        raise SlowError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds_of(document: Document) -> tuple[float, int]:
    """Return the CPU seconds and the records of a document; infinity and 0 over the limit.

    Short times are the better of two: there a disturbance counts.
    """
    start = time.process_time()
    try:
        with limited(HOSTILE_LIMIT_S):
            count = len(read_metrics(document))
            taken = time.process_time() - start
            if taken < SHORT_S:
                read_metrics(document)
                taken = min(taken, time.process_time() - start - taken)
    except SlowError:
        return float("inf"), 0
    return taken, count


def hostile_report() -> Iterator[str]:
    """Yield the Markdown of the hostile texts: how many are read quickly and in linear time, the slowest."""
    document = read_document(WARM_UP[0].read_bytes())
    read_metrics(document)
    texts, twice, fourfold = (hostile_texts(times * HOSTILE_LENGTH) for times in (1, 2, 4))
    rows = []
    for name, text in texts.items():
        once, count = seconds_of(replace(document, body=text))
        ratio = seconds_of(replace(document, body=twice[name]))[0] / once
        if ratio > LINEAR:  # a disturbance, or true: the next doubling tells
            ratio = min(ratio, (seconds_of(replace(document, body=fourfold[name]))[0] / once) ** 0.5)
        rows.append((once, ratio, count, name))
    rows.sort(reverse=True)
    quick = sum(once < 1 for once, *_ in rows)
    linear = sum(ratio <= LINEAR for _, ratio, *_ in rows)
    yield (
        f"\n{len(rows)} hostile texts of {HOSTILE_LENGTH:,} characters: {quick} are read in under a second; "
        f"{linear} take at most {LINEAR} times as long at twice the length. "
        "The slowest, and all that take more:\n"
    )
    yield "| | time | time at twice the length | records | a record |\n|---|---|---|---|---|"
    for place, (once, ratio, count, name) in enumerate(rows):
        if place < SHOWN or ratio > LINEAR:
            each = f"{once / count * 1e6:.0f} µs" if count else ""
            yield f"| {name} | {once:.2f} s | × {ratio:.1f} | {count:,} | {each} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="our reader of numbers against others; prints Markdown")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter with the peers installed")
    parser.add_argument("--hostile", action="store_true", help="also texts made to be slow (three minutes)")
    options = parser.parse_args()
    files = options.files or sorted([*SHARED.glob("docs/**/*.txt"), *SHARED.glob("seeds/*.txt")])
    if not files:
        parser.error("no texts beside the project: name FILEs")
    if not options.peers:
        print("the peers are left out: name their interpreter with --peers", file=sys.stderr)  # noqa: T201
    for line in report(files, options.peers):
        print(line, flush=True)  # noqa: T201
    if options.hostile:
        for line in hostile_report():
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
