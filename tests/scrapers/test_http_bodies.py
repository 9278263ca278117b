"""Framing, codings and sizes of bodies against a real server. Numbers are those of the fault list."""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable

import pytest

from scrapers.answer import Answer
from scrapers.http import Fetcher
from scrapers.politeness import Pace
from tests.scrapers.conftest import FakeTime
from tests.scrapers.fetches import QUICK, TEXT, anywhere, got
from tests.scrapers.server import Stream, answer, serving, zipped

GZIPPED = gzip.compress(TEXT)


def raw(body: bytes) -> Callable[[Stream], Awaitable[None]]:
    async def write(writer: Stream) -> None:
        writer.write(body)
        await writer.drain()

    return write


def test_chunked_framing_is_undone_and_renamed(fake_time: FakeTime):
    chunks = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    found, _ = got(fake_time, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert (found.outcome, found.payload) == ("ok", b"abcde")
    assert b"X-Archive-Orig-Transfer-Encoding: chunked" in found.exchanges[0].response_head


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nxyz\r\n",
    ],
    ids=["short body", "cut chunk", "bad chunk"],
)
def test_13_cut_answers_are_kept_as_cut(fake_time: FakeTime, reply: bytes):
    found, _ = got(fake_time, reply)
    assert (found.outcome, found.payload) == ("network_error", None)
    assert found.exchanges[0].truncated == "disconnect"
    assert found.exchanges[0].body in (b"half", b"")


@pytest.mark.parametrize(
    "reply",
    [
        b"<html>no status line</html>",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    ],
    ids=["HTTP/0.9", "bad header", "two lengths", "no number", "huge number", "header bomb"],
)
def test_15_protocol_faults_are_reasons(fake_time: FakeTime, reply: bytes):
    found, _ = got(fake_time, reply)
    assert (found.outcome, found.exchanges) == ("network_error", ())


def test_17_bytes_behind_an_answer_are_not_the_next_answer(fake_time: FakeTime):
    async def run() -> tuple[Answer, Answer]:
        forged = answer(200, b"FORGED")
        async with serving({"/1": [answer(200, b"one") + forged], "/2": [answer(200, b"two")]}) as server:
            clock = fake_time.clock()
            async with Fetcher(agent="t", pace=Pace(0.0, clock), limits=QUICK, clock=clock) as fetcher:
                first = await fetcher.fetch(f"{server.url}/1", permit=anywhere)
                return first, await fetcher.fetch(f"{server.url}/2", permit=anywhere)

    first, second = asyncio.run(run())
    assert (first.payload, second.payload) == (b"one", b"two")


def test_20_a_gzip_bomb_is_too_large(fake_time: FakeTime):
    found, _ = got(fake_time, zipped(b"\0" * 5_000_000))
    assert (found.outcome, found.payload) == ("too_large", None)
    assert found.exchanges[0].truncated is None


@pytest.mark.parametrize(
    ("body", "coding", "outcome"),
    [
        (TEXT, "gzip", "network_error"),
        (TEXT, "br", "unsupported"),
        (GZIPPED, "gzip, gzip, gzip", "unsupported"),
        (gzip.compress(GZIPPED), "gzip, gzip", "ok"),
        (zlib.compress(TEXT), "deflate", "ok"),
        (TEXT, "identity", "ok"),
        (gzip.compress(TEXT[:300]) + gzip.compress(TEXT[300:]), "gzip", "ok"),
    ],
)
def test_21_22_codings_are_undone_or_refused(fake_time: FakeTime, body: bytes, coding: str, outcome: str):
    found, _ = got(fake_time, answer(200, body, f"Content-Encoding: {coding}"))
    assert found.outcome == outcome
    assert found.payload == (TEXT if outcome == "ok" else None)


@pytest.mark.parametrize("cut", [GZIPPED[:-1], GZIPPED[: len(GZIPPED) // 2], GZIPPED[:-8] + b"\0" * 8])
def test_23_a_cut_gzip_stream_is_not_ok(fake_time: FakeTime, cut: bytes):
    found, _ = got(fake_time, answer(200, cut, "Content-Encoding: gzip"))
    assert (found.outcome, found.payload) == ("network_error", None)
    assert found.exchanges[0].truncated == "disconnect"


@pytest.mark.parametrize(
    ("reply", "kept_bytes"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 107374182400\r\n\r\n" + b"a" * 60_000, 0),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 60_000, 50_000),
    ],
    ids=["declared", "streamed"],
)
def test_24_large_bodies_are_left_early(fake_time: FakeTime, reply: bytes, kept_bytes: int):
    found, _ = got(fake_time, raw(reply))
    assert (found.outcome, found.payload) == ("too_large", None)
    assert (len(found.exchanges[0].body), found.exchanges[0].truncated) == (kept_bytes, "length")


def test_24_a_body_of_just_the_limit_is_whole(fake_time: FakeTime):
    assert got(fake_time, answer(200, b"a" * 50_000))[0].outcome == "ok"


PAGE = b"<!DOCTYPE html><html><head><title>t</title></head><body><p>" + TEXT + b"</p></body></html>\n"


@pytest.mark.parametrize(
    "kept", [18, len(PAGE) // 2, len(PAGE) - 9], ids=["the first line", "half", "all but the end"]
)
def test_14_a_page_without_length_that_has_no_end_is_cut(fake_time: FakeTime, kept: int):
    """Nothing on the wire tells: the connection ends as that of a whole page does."""
    cut = answer(200, PAGE[:kept], "Content-Type: text/html", length=False)
    found, _ = got(fake_time, cut)
    assert (found.outcome, found.payload) == ("network_error", None)
    assert "has no end" in (found.reason or "")
    assert found.exchanges[-1].truncated == "disconnect"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "body",
    [PAGE, PAGE.replace(b"</html>", b"</HTML >"), TEXT, b"<p>a part of a page"],
    ids=["whole", "other spelling", "plain text", "no document"],
)
def test_14_what_needs_no_end_or_has_one_is_whole(fake_time: FakeTime, body: bytes):
    found, _ = got(fake_time, answer(200, body, "Content-Type: text/html", length=False))
    assert (found.outcome, found.payload) == ("ok", body)


def test_14_a_page_whose_coding_tells_its_end_needs_no_other(fake_time: FakeTime):
    zipped_page = answer(200, gzip.compress(PAGE[:-9]), "Content-Encoding: gzip", length=False)
    found, _ = got(fake_time, zipped_page)
    assert (found.outcome, found.payload) == ("ok", PAGE[:-9])


def test_14_a_page_of_the_length_that_was_told_needs_no_end(fake_time: FakeTime):
    found, _ = got(fake_time, answer(200, PAGE[:-9], "Content-Type: text/html"))
    assert found.outcome == "ok"


def test_16_chunks_count_where_a_length_stands_beside_them(fake_time: FakeTime):
    chunked = b"5\r\nhello\r\n0\r\n\r\n"
    found, _ = got(
        fake_time, answer(200, chunked, "Transfer-Encoding: chunked", "Content-Length: 3", length=False)
    )
    assert (found.outcome, found.payload) == ("ok", b"hello")
