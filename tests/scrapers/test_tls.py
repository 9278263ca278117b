"""TLS is checked, its failures say why, and an exception loosens one check for one host (FAULTS 53)."""

import asyncio
import ssl
import warnings
from collections.abc import Collection
from pathlib import Path

import certifi
import pytest

from scrapers.answer import Answer
from scrapers.http import Fetcher
from scrapers.politeness import Pace
from scrapers.reach import Reach
from tests.scrapers.certificates import HOST, Authority, authority, server_context
from tests.scrapers.conftest import FakeTime
from tests.scrapers.fetches import QUICK, anywhere
from tests.scrapers.server import Server, answer

# A server's hello of TLS 1.2 without any extension: it knows nothing of RFC 5746.
_HELLO_WITHOUT_RENEGOTIATION = bytes.fromhex("0303") + bytes(32) + bytes.fromhex("00 c02f 00")


@pytest.fixture
def known_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that the fetcher trusts."""
    made = authority(tmp_path)
    monkeypatch.setattr(certifi, "where", lambda: str(made.file))
    return made


def fetched(time: FakeTime, context: ssl.SSLContext, accept: Collection[str] = ()) -> Answer:
    async def run() -> Answer:
        server = Server(replies={"/a": [answer(200, b"<p>here</p>")]})
        listening = await asyncio.start_server(server.handle, "127.0.0.1", 0, ssl=context)
        server.port = listening.sockets[0].getsockname()[1]
        try:
            return await _asked(time, server.port, accept)
        finally:
            listening.close()
            await server.stop()
            await listening.wait_closed()

    return asyncio.run(run())


async def _asked(time: FakeTime, port: int, accept: Collection[str]) -> Answer:
    clock = time.clock()
    tls = {HOST: frozenset(accept)} if accept else {}
    async with Fetcher(
        agent="gongkai/test", pace=Pace(0.0, clock), limits=QUICK, clock=clock, reach=Reach(tls=tls)
    ) as fetcher:  # type: ignore[arg-type]
        return await fetcher.fetch(f"https://{HOST}:{port}/a", permit=anywhere)


def test_53_a_certificate_that_is_right_is_believed(fake_time, known_authority, tmp_path):
    assert fetched(fake_time, server_context(tmp_path, known_authority)).outcome == "ok"


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"days": -1}, "certificate has expired"),
        ({"host": "other.example"}, "Hostname mismatch"),
        ({"bits": 1024}, "too weak|key too small"),
    ],
)
def test_53_a_certificate_that_is_wrong_fails_with_the_reason_of_openssl(
    fake_time, known_authority, tmp_path, made, reason
):
    got = fetched(fake_time, server_context(tmp_path, known_authority, **made))
    assert got.outcome == "network_error"
    assert any(part in got.reason for part in reason.split("|")), got.reason


def test_53_an_unknown_authority_fails(fake_time, tmp_path):
    got = fetched(fake_time, server_context(tmp_path, authority(tmp_path)))
    assert got.outcome == "network_error"
    assert (
        "self-signed certificate in certificate chain" in got.reason
        or "unable to get local issuer" in got.reason
    )


def test_53_short_keys_are_accepted_where_the_site_file_says_so(fake_time, known_authority, tmp_path):
    context = server_context(tmp_path, known_authority, bits=1024)
    assert fetched(fake_time, context, ["weak_keys"]).outcome == "ok"


def test_53_short_keys_do_not_open_the_door_to_wrong_names(fake_time, known_authority, tmp_path):
    context = server_context(tmp_path, known_authority, bits=1024, host="other.example")
    assert fetched(fake_time, context, ["weak_keys"]).outcome == "network_error"


def test_53_old_tls_is_accepted_where_the_site_file_says_so(fake_time, known_authority, tmp_path):
    context = server_context(tmp_path, known_authority)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of TLS 1.0, which is what is tried
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        assert fetched(fake_time, context).outcome == "network_error"
        assert fetched(fake_time, context, ["tls1_0"]).outcome == "ok"


def test_53_any_certificate_is_accepted_where_the_site_file_says_so(fake_time, tmp_path):
    context = server_context(tmp_path, authority(tmp_path), days=-1)
    assert fetched(fake_time, context, ["unverified"]).outcome == "ok"


def test_53_servers_without_secure_renegotiation_are_spoken_to_where_the_site_file_says_so(fake_time):
    """The refusal that is loosened is gone; what the made server then fails with is another."""

    async def hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        message = (
            b"\x02" + len(_HELLO_WITHOUT_RENEGOTIATION).to_bytes(3, "big") + _HELLO_WITHOUT_RENEGOTIATION
        )
        writer.write(b"\x16\x03\x03" + len(message).to_bytes(2, "big") + message)
        await writer.drain()
        writer.close()

    async def asked(accept: Collection[str]) -> str:
        listening = await asyncio.start_server(hello, "127.0.0.1", 0)
        try:
            got = await _asked(fake_time, listening.sockets[0].getsockname()[1], accept)
        finally:
            listening.close()
            await listening.wait_closed()
        return str(got.reason)

    assert "unsafe legacy renegotiation" in asyncio.run(asked([])).lower()
    assert "unsafe legacy renegotiation" not in asyncio.run(asked(["legacy_renegotiation"])).lower()
