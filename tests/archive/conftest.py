"""Exchanges and archives to test with: invented hosts, nothing beyond the test's own folder."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.exchange import Exchange

RUN = "20260105T031700Z-demo-0a1b"
MOMENT = datetime(2026, 1, 5, 3, 17, 0, 123456, tzinfo=UTC)
REQUEST = b"GET /a HTTP/1.1\r\nHost: demo.example\r\nAccept-Encoding: gzip\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"

Make = Callable[..., Exchange]


def make_exchange(body: bytes = b"<p>text</p>", **changes: object) -> Exchange:
    fields: dict[str, object] = {
        "url": "http://demo.example/a",
        "fetched_at": MOMENT,
        "request_head": REQUEST,
        "status": 200,
        "response_head": HEAD,
        "body": body,
        "ip": "192.0.2.7",
    }
    return Exchange(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def exchange() -> Make:
    return make_exchange


@pytest.fixture
def run() -> str:
    return RUN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip flushing where a test repeats a repair hundreds of times and no power cut is at stake."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def locked() -> Iterator[Path]:
    """Return a folder that may be read and not written to, also where the tests are run by root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o755)
