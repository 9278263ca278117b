"""One reader of numbers, measured in a process of its own: `metrics_speed.py` starts it and reads its answer.

    PYTHON benchmarks/number_readers.py (gongkai | recognizers | jionlp) < request.json > answer.json

The request is {"warm_up": [text], "texts": [text], "rounds": n}. The answer tells `first_s` (CPU seconds for
the texts, none of them seen before), `repeated_s` (the best of n further rounds over the same texts), the
memory in MB before the library was imported and at the peak, the version, and per text what was found last:
[start, end, value, unit as written]. This file imports nothing of the project but for gongkai itself, so
that peers are measured under another interpreter.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

Found = list[tuple[int, int, float, str]]
_NUMERAL = r"[一二两三四五六七八九十百千万亿零〇]+"
_WRITTEN = re.compile(r"(?P<digits>\d[\d,.]*)(?P<unit>.*)|第?" + _NUMERAL + r"(?P<other>.*)", re.DOTALL)


def gongkai() -> tuple[str, Callable[[str], Any], Callable[[Any], Found]]:
    """Return our version, our reader of a whole text, and what its answer comes to."""
    from dataclasses import replace

    from extract.document import read_document
    from extract.metrics import VERSION, Metric, read_metrics

    empty = read_document("2031年工作总结".encode())

    def read(text: str) -> tuple[Metric, ...]:
        return read_metrics(replace(empty, body=text, title=None))

    def found(metrics: tuple[Metric, ...]) -> Found:
        return [(m.start, m.end, float(m.value), m.unit or "") for m in metrics]

    return VERSION, read, found


def recognizers() -> tuple[str, Callable[[str], Any], Callable[[Any], Found]]:
    """Return Recognizers-Text with its Chinese models: numbers, percentages, ordinals, money, dimensions.

    It is given a text line by line: whole documents are not what it is made for.
    """
    from recognizers_number import NumberRecognizer  # type: ignore[import-not-found]
    from recognizers_number_with_unit import NumberWithUnitRecognizer  # type: ignore[import-not-found]
    from recognizers_text import Culture  # type: ignore[import-not-found]

    plain, with_unit = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = (
        plain.get_number_model(), plain.get_percentage_model(), plain.get_ordinal_model(),
        with_unit.get_currency_model(), with_unit.get_dimension_model(),
    )  # fmt: skip

    def read(text: str) -> list[tuple[int, Any]]:
        return [(at, hit) for at, line in _lines(text) for model in models for hit in model.parse(line)]

    def found(hits: list[tuple[int, Any]]) -> Found:
        return [_found(at + hit.start, hit.text, (hit.resolution or {}).get("value")) for at, hit in hits]

    return version("recognizers-text-suite"), read, found


def jionlp() -> tuple[str, Callable[[str], Any], Callable[[Any], Found]]:
    """Return JioNLP's extractor of money, with parsing; it has none of other quantities."""
    import jionlp as library  # type: ignore[import-not-found]

    def read(text: str) -> list[tuple[int, Any]]:
        lines = _lines(text)
        return [(at, hit) for at, line in lines for hit in library.ner.extract_money(line, with_parsing=True)]

    def found(hits: list[tuple[int, Any]]) -> Found:
        return [_found(at + hit["offset"][0], hit["text"], None) for at, hit in hits]

    return version("jionlp"), read, found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _found(start: int, text: str, told: object) -> tuple[int, int, float, str]:
    """Return a hit of a peer as we write one: value and unit as written; an ordinal has our unit of ranks."""
    written = _WRITTEN.search(text)
    if written is None:
        return start, start + len(text), float("nan"), ""
    digits = (written["digits"] or "").replace(",", "").strip(".")
    unit = "位" if text.startswith("第") else written["unit"] or written["other"] or ""
    try:
        value = float(digits or str(told).rstrip("%"))
    except ValueError:
        value = float("nan")
    return start, start + len(text), value, unit


def memory_mb(line: str) -> float:
    """Return a line of this process's status, VmRSS (now) or VmHWM (the most so far), in MB; Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(rf"{line}:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def _round(read: Callable[[str], Any], texts: list[str]) -> tuple[float, list[Any]]:
    start = time.process_time()
    answers = [read(text) for text in texts]
    return time.process_time() - start, answers


def main() -> None:
    """Measure the reader that the first argument names and print the answer."""
    request = json.load(sys.stdin)
    out, sys.stdout = sys.stdout, sys.stderr  # libraries greet on standard output
    before = memory_mb("VmRSS")
    told, read, found = {"gongkai": gongkai, "recognizers": recognizers, "jionlp": jionlp}[sys.argv[1]]()
    _round(read, request["warm_up"])
    first_s, answers = _round(read, request["texts"])
    repeated_s = min(_round(read, request["texts"])[0] for _ in range(request["rounds"]))
    answer = {
        "version": told, "first_s": first_s, "repeated_s": repeated_s, "before_mb": before,
        "peak_mb": memory_mb("VmHWM"), "found": [found(each) for each in answers],
    }  # fmt: skip
    json.dump(answer, out)


if __name__ == "__main__":
    main()
