"""What counting words adds to the reading of a document.

    .venv/bin/python benchmarks/keywords_cost.py FILE ...

Prints the CPU that jieba's dictionary takes once in a process, and for made reports and for the files (saved
pages and texts) the characters of a text on average and the share that counting adds in three rounds.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from made_corpus import document

from extract import records
from extract.keywords import count_words
from extract.lexicon import lexicon

ROUNDS = 3
MADE = range(0, 40_000, 80)


def shares(payloads: Sequence[bytes]) -> tuple[list[float], float]:
    """Return what counting adds, as a share of reading, from best to worst; and the characters of a text."""
    found, characters = [], 0
    for _ in range(ROUNDS):
        began_s = time.process_time()
        readings = [records.read(payload) for payload in payloads]
        for reading in readings:
            records.metric_rows(reading)
            records.table_rows(reading)
        read_s = time.process_time()
        for reading in readings:
            count_words(reading.document.body)
        found.append((time.process_time() - read_s) / (read_s - began_s))
        characters = sum(len(reading.document.body) for reading in readings)
    return sorted(found), characters / len(payloads)


def main() -> None:
    """Print a row for the made reports and one for the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    began_s = time.process_time()
    lexicon()
    sys.stdout.write(f"dictionary: {time.process_time() - began_s:.1f} s, once in a process\n")
    corpora = {
        "made reports": [document(number).page for number in MADE],
        "files": [path.read_bytes() for path in parser.parse_args().files],
    }
    for name, payloads in corpora.items():
        if payloads:
            found, characters = shares(payloads)
            told = " | ".join(f"{share:.0%}" for share in found)
            sys.stdout.write(f"| {name} | {len(payloads)} | {characters:.0f} characters | {told} |\n")


if __name__ == "__main__":
    main()
