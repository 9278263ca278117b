"""A Prefect server on loopback for as long as we live, or the one that PREFECT_API_URL names.

Prefect's own embedded server shares our process group: Ctrl-C would end it before the flow has told it how it
ended, and kill -9 would leave it running. Ours has a session of its own and dies with us.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extract.errors import GongkaiError
from flows.layout import Layout
from flows.prefect_settings import prepare_prefect

_START_DEADLINE_S = 120
_STOP_DEADLINE_S = 10
_PR_SET_PDEATHSIG = 1  # prctl(2), Linux


class ServerError(GongkaiError):
    """Prefect's server did not start."""


@contextmanager
def prefect_server(layout: Layout, *, port: int | None = None, pages: bool = False) -> Iterator[str]:
    """Give the address of a Prefect API; a server that is started here ends with the `with` block.

    `port` on 127.0.0.1 (any free one where None), with Prefect's `pages` or the API alone. Raises
    ServerError when the port is taken or the server does not answer within two minutes.
    """
    prepare_prefect(layout, quiet=not pages)
    if address := os.environ.get("PREFECT_API_URL"):
        yield address
        return
    port = _free_port(port)
    log = layout.prefect / "server.log"
    process = _start(port, log, pages=pages)
    try:
        _wait_until_healthy(process, port, log)
        yield f"http://127.0.0.1:{port}/api"
    finally:
        process.terminate()
        try:
            process.wait(timeout=_STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port(port: int | None) -> int:
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port or 0))
        except OSError as error:
            reason = f"port {port}: {error.strerror}; choose another with --port"
            raise ServerError(f"{reason}, or name the server there in PREFECT_API_URL") from None
        return int(listener.getsockname()[1])


def _start(port: int, log: Path, *, pages: bool) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        # Prefect's API has no login and answers any origin by default: only its own pages may use it
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{port}",
        "PREFECT_SERVER_UI_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_UI_ENABLED": str(int(pages)),
        "PREFECT__SERVER_FINAL": "1",
    }
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own command
            _command(port),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def _command(port: int) -> Sequence[str]:
    factory = "prefect.server.api.server:create_app"
    place = ("--host", "127.0.0.1", "--port", str(port))
    return (sys.executable, "-m", "uvicorn", "--factory", factory, *place, "--log-level", "warning")


def _die_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies; runs between fork and exec."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_healthy(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_DEADLINE_S
    while time.monotonic() < deadline and process.poll() is None:
        if _healthy(port):
            return
        time.sleep(0.1)
    raise ServerError(f"port {port}: Prefect's server did not start; its log is {log}")


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
