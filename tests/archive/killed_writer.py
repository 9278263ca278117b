"""A child of test_killed.py: writes records and rows until it is killed; tells each row once it is stored."""

import hashlib
import json
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from archive.exchange import Exchange
from archive.runs import RunWriter
from archive.writer import ArchiveWriter


def body(run_id: str, number: int) -> bytes:
    """Return bytes that do not compress, of 0 to 60 kB; every fifth is the one before again."""
    seed = f"{run_id} {number - (number % 5 == 4)}".encode()
    return hashlib.shake_256(seed).digest(int.from_bytes(hashlib.sha256(seed).digest()[:2]))


def main() -> None:
    """Write below the folder named first as the run named second; print each row of it."""
    data, run_id = Path(sys.argv[1]), sys.argv[2]
    with (
        ArchiveWriter(data / "archive", run_id, lambda wire_digest: None, roll_bytes=200_000) as archive,
        RunWriter(data / "runs", run_id) as rows,
    ):
        for number in count():
            stored = archive.write(
                Exchange(
                    f"http://demo.example/{number}",
                    datetime.now(UTC),
                    b"GET / HTTP/1.1\r\n\r\n",
                    200,
                    b"HTTP/1.1 200 OK\r\n\r\n",
                    body(run_id, number),
                )
            )
            row = {"digest": stored.wire_digest, "warc": stored.warc, "offset": stored.offset}
            rows.add("captures", row)
            sys.stdout.write(f"{json.dumps(row)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
