"""Runs what a Prefect server has scheduled, one crawl at a time, each in a process of its own.

Prefect's own runner starts every run that became late, gives up (and ends the crawl in hand) when its server
is away for half a minute, and leaves the runs of a killed runner Running for ever. This one starts the newest
due run of each site, goes on without the server until it is back, and mends the records.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.responses import SetStateStatus
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import AwaitingRetry, Cancelled, Crashed, Pending

from flows.dying import die_with_parent
from flows.language import t
from flows.layout import Layout
from flows.output import complain
from flows.prefect_logs import open_log
from flows.prefect_runs import due_runs, mark_lost, next_runs
from flows.prefect_server import PrefectServer

POLL_S = 3.0
_STOP_DEADLINE_S = 5


class Runner:
    """Serves `deployments` (id -> site key) of `server` into the data folder of `layout`."""

    def __init__(self, layout: Layout, server: PrefectServer, deployments: Mapping[UUID, str]) -> None:
        self._layout = layout
        self._server = server
        self._deployments = deployments
        self._run: FlowRun | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._away = False

    def serve(self) -> None:
        """Poll until interrupted; then stop the run in hand, which runs again at the next start."""
        try:
            while True:
                self._turn()
                self._wait()
        finally:
            self._stop()

    def _turn(self) -> None:
        """Do what is to be done now; a server that does not answer is told once, and once when it is back."""
        if self._server.revive():
            complain(t("gongkai: Prefect's server had ended and is started again"))
        try:
            with (
                temporary_settings({PREFECT_API_URL: self._server.api}),
                get_client(sync_client=True) as client,
            ):
                if self._run is not None:
                    self._attend(client, self._run)
                if self._run is None:
                    self._begin_next(client)
        except Exception as error:  # whatever Prefect's client and its HTTP library raise
            if not self._away:
                reason = str(error) or type(error).__name__
                complain(t("gongkai: Prefect's server does not answer: {reason}", reason=reason))
            self._away = True
            return
        if self._away:
            complain(t("gongkai: Prefect's server answers again"))
        self._away = False

    def _wait(self) -> None:
        if self._process is None:
            time.sleep(POLL_S)
            return
        try:
            self._process.wait(POLL_S)
        except subprocess.TimeoutExpired:
            return
        if self._away:
            time.sleep(POLL_S)

    def _begin_next(self, client: SyncPrefectClient) -> None:
        for lost in mark_lost(client, self._layout):
            self._tell(lost, "Crashed", "lost: its process was killed")
        for run in next_runs(due_runs(client, self._deployments)):
            claim: State[None] = Pending()
            if client.set_flow_run_state(run.id, claim).status is SetStateStatus.ACCEPT:
                self._process = self._start(run)
                self._run = run
                return

    def _start(self, run: FlowRun) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            "PREFECT_API_URL": self._server.api,
            "PREFECT_CLIENT_MAX_RETRIES": "5",  # a minute, in which the server may have been started again
            "PREFECT_LOGGING_LEVEL": "INFO",
        }
        with open_log(self._layout.prefect / "runs.log") as output:
            return subprocess.Popen(  # noqa: S603 - our own command
                (sys.executable, "-m", "prefect.engine", str(run.id)),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us: we stop it while the server still lives
                preexec_fn=die_with_parent(signal.SIGKILL),
            )

    def _attend(self, client: SyncPrefectClient, run: FlowRun) -> None:
        """Look after the run in hand: has it ended, was it cancelled by hand?"""
        code = self._process.poll() if self._process else None
        now = client.read_flow_run(run.id)
        if code is None:
            if now.state and now.state.is_cancelling():
                self._end_process()
                self._settle(client, run, Cancelled(message="cancelled by hand"))
            return
        if now.state and now.state.is_final():
            self._tell(run, str(now.state_name), now.state.message)
            self._run = self._process = None
        else:
            self._settle(client, run, Crashed(message=f"its process ended with code {code}"))

    def _settle(self, client: SyncPrefectClient, run: FlowRun, state: State[None]) -> None:
        client.set_flow_run_state(run.id, state, force=True)
        self._tell(run, str(state.name), state.message)
        self._run = self._process = None

    def _tell(self, run: FlowRun, state: str, message: str | None) -> None:
        site = self._deployments.get(run.deployment_id) if run.deployment_id else None
        complain(f"gongkai: {site or run.name}: {state}{f': {message}' if message else ''}")

    def _end_process(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _stop(self) -> None:
        """End the run in hand and have Prefect schedule it again: it was no fault of the run."""
        run, unended = self._run, self._process is not None and self._process.poll() is None
        self._end_process()
        if run is None or not unended or self._away:
            return
        again: State[None] = AwaitingRetry(message="interrupted: runs again when the schedule is started")
        with (
            suppress(Exception),
            temporary_settings({PREFECT_API_URL: self._server.api}),
            get_client(sync_client=True) as client,
        ):
            self._settle(client, run, again)
