"""A Prefect server of our own: on a port of its own, and gone when we are."""

import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from flows.layout import Layout
from flows.prefect_server import ServerError, serving


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


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
