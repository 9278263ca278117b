"""A Prefect server of our own: on a port of its own, and gone when we are."""

import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from archive.lock import held
from flows.layout import Layout
from flows.prefect_server import ServerError, prefect_server, serving, telling_address


def test_a_port_in_use_is_told_and_not_joined(layout: Layout) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"port {port}"), serving(layout, port=port):
            pass


def test_the_server_ends_with_us_even_when_we_are_killed(layout: Layout) -> None:
    code = (
        "import sys, time; from pathlib import Path; from flows.layout import Layout;"
        "from flows.prefect_server import prefect_server\n"
        f"with prefect_server(Layout(Path({str(layout.data)!r}))) as api:\n"
        "    print(api, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        port = int(urlsplit(owner.stdout.readline()).port or 0)
        owner.kill()
    deadline = time.monotonic() + 20
    while listening(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not listening(port)


def test_a_command_beside_a_schedule_uses_its_server_and_starts_none(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr("flows.prefect_server.serving", None)
    monkeypatch.setattr("flows.prefect_server.prepare_prefect", lambda _: None)
    layout.prefect.mkdir(parents=True)
    with held(layout.schedule_lock):
        with pytest.raises(ServerError, match="no Prefect server yet"), prefect_server(layout):
            pass
        with telling_address(layout, "http://127.0.0.1:4200/api"), prefect_server(layout) as api:
            assert api == "http://127.0.0.1:4200/api"


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
