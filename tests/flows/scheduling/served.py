"""`gongkai schedule` as a real process, and what a real Prefect server knows of its runs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from archive.lock import holder
from flows.demo.site import DemoSite
from flows.layout import Layout
from scrapers.site import load_sites

DEADLINE_S = 60
LEAP_DAY = "0 0 29 2 *"
PROGRAM = "from flows.cli import main; main()"


def until(happened: Callable[[], object], what: str) -> None:
    """Poll real processes until something happened."""
    deadline = time.monotonic() + DEADLINE_S
    while not happened():
        assert time.monotonic() < deadline, f"{what} within {DEADLINE_S} s"
        time.sleep(0.1)


class Prefect:
    """The server's records, as a client reads them."""

    def __init__(self, api: str, home: Path) -> None:
        self.api = api
        self.database = home / "prefect.db"

    def client(self, ask: Callable[[Any], Any]) -> Any:
        """Return what `ask` gets from a client of the server."""
        from prefect.client.orchestration import get_client
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: self.api}), get_client(sync_client=True) as client:
            return ask(client)

    def register(self, layout: Layout, sites: Path) -> dict[str, UUID]:
        """Register the sites as `gongkai schedule` does; return site key -> deployment."""
        from flows.schedule import deployments, register

        ids = register(layout, deployments(layout, load_sites(sites), sites), self.api)
        return {key: deployment for deployment, key in ids.items()}

    def into(self, layout: Layout) -> list[Any]:
        """Return the runs into a data folder."""
        runs = self.client(lambda client: client.read_flow_runs())
        return [run for run in runs if run.parameters["data"] == str(layout.data.resolve())]

    def states(self, layout: Layout, deployment: UUID) -> list[tuple[str, str]]:
        """Return name and message of the state of each run of a deployment, in the order they were due."""
        runs = [run for run in self.into(layout) if run.deployment_id == deployment]
        runs.sort(key=lambda run: run.expected_start_time)
        return [(run.state.name, run.state.message or "") for run in runs]

    def late(self, deployment: UUID, days: Sequence[int] = (1,)) -> None:
        """Leave a run that was due so many days ago, as a server does that nobody served."""
        from prefect.states import Scheduled

        for ago in days:
            state: Any = Scheduled(scheduled_time=datetime.now(UTC) - timedelta(days=ago))
            self.client(
                lambda client, state=state: client.create_flow_run_from_deployment(deployment, state=state)
            )


class Served:
    """`gongkai schedule` as a process, with what it says on standard error."""

    def __init__(self, layout: Layout, sites: Path, *options: str, **environment: str) -> None:
        self.layout = layout
        self._known = self._captured()
        self._log = layout.data.with_name(f"schedule-{time.monotonic_ns()}.log")
        command = (PROGRAM, "--data", str(layout.data), "--sites", str(sites), "schedule", *options)
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", *command],
                stderr=log,
                env={**os.environ, **environment},
                start_new_session=True,
                # whoever starts the tests in the background leaves them a SIGINT that is ignored
                preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
            )

    def __enter__(self) -> Self:
        self.until_said("serving")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    def until_said(self, text: str, times: int = 1) -> None:
        until(lambda: self.said.count(text) >= times or self.process.poll() is not None, repr(text))
        assert self.said.count(text) >= times, self.said

    def until_crawling(self) -> int:
        """Return the pid of the run that holds the data folder and has an answer from its site."""
        until(lambda: (owner := holder(self.layout.lock)) and owner.alive, "a run")
        until(lambda: self._captured() - self._known, "a capture")
        owner = holder(self.layout.lock)
        assert owner
        return owner.pid

    def children(self) -> list[int]:
        """Return the pids of its processes: its server and the run in hand."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in listed.split()]

    def _captured(self) -> set[Path]:
        return set(self.layout.runs.glob("*/captures.jsonl"))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Stop it as a service manager does; return how many seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(DEADLINE_S)
        return time.monotonic() - begun


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def never_due(demo: DemoSite) -> Path:
    """Return the folder of the demo's site files; none of them is due of itself any more."""
    for file in demo.site_files:
        rewrite(file, "schedule", f'"{LEAP_DAY}"')
    return demo.site_files[0].parent


def rewrite(file: Path, key: str, value: str) -> None:
    lines = file.read_text("utf-8").splitlines()
    assert any(line.startswith(f"{key} =") for line in lines)
    changed = (f"{key} = {value}" if line.startswith(f"{key} =") else line for line in lines)
    file.write_text("\n".join(changed) + "\n", "utf-8")
