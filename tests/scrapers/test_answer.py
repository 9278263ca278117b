"""An answer that is not whole is never `ok`, wherever it came from."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.exchange import Cut, Exchange
from archive.intake import captures_of
from scrapers.answer import Answer, judged

WHOLE = Exchange(
    url="http://qinghe.example/a",
    fetched_at=datetime(2024, 8, 7, tzinfo=UTC),
    request_head=b"",
    status=200,
    response_head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    body="<p>上半年工作总结".encode(),
)


def judge(exchange: Exchange) -> Answer:
    return judged(
        exchange.url, [exchange], failure=None, conditional=False, deferred=False, limit_bytes=1_000
    )


@pytest.mark.parametrize(
    ("truncated", "outcome"),
    [(None, "ok"), ("length", "too_large"), ("time", "network_error"), ("disconnect", "network_error")],
)
def test_whatever_is_marked_as_cut_is_no_document(truncated: Cut | None, outcome: str):
    answer = judge(replace(WHOLE, truncated=truncated))
    assert answer.outcome == outcome
    assert (answer.payload is None) == (truncated is not None)
    assert (answer.reason is None) == (truncated is None)
    assert answer.exchanges[-1].body == WHOLE.body, "what came is kept as evidence"  # type: ignore[union-attr]


def test_a_cut_404_is_still_not_found():
    assert judge(replace(WHOLE, status=404, truncated="disconnect")).outcome == "not_found"


@pytest.mark.parametrize("mark", ["length", "time", "disconnect", "unspecified"])
def test_a_cut_page_of_a_foreign_archive_is_no_document(mark: str, tmp_path: Path):
    block = WHOLE.response_head + WHOLE.body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {WHOLE.url}\r\n"
        f"WARC-Date: 2024-08-07T00:00:00Z\r\nWARC-Truncated: {mark}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    (tmp_path / "f.warc").write_bytes(head.encode() + block + b"\r\n\r\n")
    (came,) = captures_of(tmp_path / "f.warc")
    assert isinstance(came, Exchange)
    assert judge(came).outcome in ("too_large", "network_error")
