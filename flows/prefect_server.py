"""A Prefect server on loopback for as long as we live, or the one that PREFECT_API_URL names.

Prefect's own embedded server shares our process group: Ctrl-C would end it before the flow has told it how it
ended, and kill -9 would leave it running. Ours has a session of its own and dies with us.
"""

import http.client
import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive.durable import blamed
from archive.lock import holder
from extract.errors import GongkaiError
from flows.dying import die_with_parent
from flows.layout import Layout
from flows.prefect_logs import open_log
from flows.prefect_settings import prepare_prefect

_START_DEADLINE_S = 120
_STOP_DEADLINE_S = 3
_RESTART_EVERY_S = 60  # at most: a server that cannot live is not started in a loop


class ServerError(GongkaiError):
    """Prefect's server did not start."""


class PrefectServer:
    """A Prefect server: `api` is its address; `process` is None where it is not ours."""

    def __init__(self, api: str, command: "_Command | None" = None) -> None:
        """Start the server by `command`, or name a foreign one."""
        self.api = api
        self._command = command
        self.process = command.start() if command else None
        self._started_s = time.monotonic()
        self._revived_s = -math.inf

    def wait_until_healthy(self) -> None:
        """Return when a server of ours answers; raise ServerError when it ended or two minutes are over."""
        if self.process is None or self._command is None:
            return
        deadline_s = self._started_s + _START_DEADLINE_S
        while time.monotonic() < deadline_s and self.process.poll() is None:
            if _healthy(self._command.port):
                return
            time.sleep(0.1)
        raise ServerError(
            f"port {self._command.port}: Prefect's server did not start; its log is {self._command.log}"
        )

    def revive(self) -> bool:
        """Start a server of ours again that has ended, once a minute at most; tell whether it was."""
        if self.process is None or self._command is None or self.process.poll() is None:
            return False
        if time.monotonic() < self._revived_s + _RESTART_EVERY_S:
            return False
        self._revived_s = time.monotonic()
        self.process = self._command.start()
        return True

    def stop(self) -> None:
        """End a server of ours, by force where it does not within seconds: its database is made for that."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=_STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(layout: Layout, *, port: int | None = None, pages: bool = False) -> Iterator[PrefectServer]:
    """Give a Prefect server that answers; one that is started here ends with the `with` block.

    `port` on 127.0.0.1 (any free one where None), with Prefect's `pages` or the API alone. Raises
    ServerError when the port is taken or the server does not answer within two minutes.
    """
    prepare_prefect(layout)
    if address := os.environ.get("PREFECT_API_URL"):
        yield PrefectServer(address)
        return
    port = _free_port(port)
    command = _Command(port, layout.prefect / "server.log", pages=pages)
    server = PrefectServer(f"http://127.0.0.1:{port}/api", command)
    try:
        server.wait_until_healthy()
        yield server
    finally:
        server.stop()


@contextmanager
def prefect_server(layout: Layout) -> Iterator[str]:
    """Give the address of a Prefect API for as long as a command runs; errors as of `serving`.

    It is that of a `gongkai schedule` that serves this data folder: two servers cannot share its database.
    Raises ServerError where such a schedule has none yet.
    """
    scheduler = holder(layout.schedule_lock)
    if scheduler and scheduler.alive and not os.environ.get("PREFECT_API_URL"):
        prepare_prefect(layout)
        yield _address_told(layout)
        return
    with serving(layout) as server:
        yield server.api


@contextmanager
def telling_address(layout: Layout, api: str) -> Iterator[None]:
    """Tell commands beside this process, which holds the schedule's lock, that its Prefect API is `api`."""
    with blamed(layout.prefect_address):
        layout.prefect_address.write_text(api, "ascii")
    try:
        yield
    finally:
        layout.prefect_address.unlink(missing_ok=True)


def _address_told(layout: Layout) -> str:
    try:
        return layout.prefect_address.read_text("ascii")
    except FileNotFoundError:
        raise ServerError("`gongkai schedule` runs and has no Prefect server yet") from None


def _free_port(port: int | None) -> int:
    with socket.socket() as listener:
        # as the server does: what is left of the connections of one just stopped is no reason to wait
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port or 0))
        except OSError as error:
            reason = f"port {port}: {error.strerror}; choose another with --port"
            raise ServerError(f"{reason}, or name the server there in PREFECT_API_URL") from None
        return int(listener.getsockname()[1])


class _Command:
    """How our server is started, the first time and again."""

    def __init__(self, port: int, log: Path, *, pages: bool) -> None:
        self.port = port
        self.log = log
        self._pages = pages

    def start(self) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            # Prefect's API has no login and answers any origin by default: only its own pages may use it
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{self.port}",
            "PREFECT_SERVER_UI_API_URL": f"http://127.0.0.1:{self.port}/api",
            "PREFECT_UI_ENABLED": str(int(self._pages)),
            "PREFECT__SERVER_FINAL": "1",
        }
        with open_log(self.log) as output:
            return subprocess.Popen(  # noqa: S603 - our own command
                self._arguments(),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def _arguments(self) -> Sequence[str]:
        factory = "prefect.server.api.server:create_app"
        place = ("--host", "127.0.0.1", "--port", str(self.port))
        stop = ("--timeout-graceful-shutdown", "1")
        return (
            sys.executable,
            "-m",
            "uvicorn",
            "--factory",
            factory,
            *place,
            *stop,
            "--log-level",
            "warning",
        )


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
