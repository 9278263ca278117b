"""`gongkai schedule` with a server of its own, as an operator starts it."""

import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from archive.runs import read_rows
from flows.layout import Layout
from tests.flows.scheduling.served import Prefect, Served, rewrite

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def test_106_a_schedule_fires_and_103_its_run_outlives_a_killed_server(
    layout: Layout, sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a newer SQLAlchemy all looks well and no run is ever made: this needs the locked one."""
    from prefect.client.schemas.schedules import IntervalSchedule

    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    rewrite(sites / "huaipu.toml", "delay_s", "1")
    port = free_port()
    with Served(
        layout,
        sites / "huaipu.toml",
        f"--port={port}",
        PREFECT_HOME=str(layout.prefect),
        PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS="1",
    ) as schedule:
        prefect = Prefect(f"http://127.0.0.1:{port}/api", layout.prefect)
        (deployment,) = prefect.client(lambda client: client.read_deployments())
        (cron,) = deployment.schedules
        assert (cron.schedule.cron, cron.schedule.timezone) == ("0 0 29 2 *", "Asia/Shanghai")
        often = IntervalSchedule(interval=timedelta(seconds=2))
        prefect.client(lambda client: client.create_deployment_schedules(deployment.id, [(often, True)]))
        schedule.until_crawling()
        (server,) = (pid for pid in schedule.children() if b"uvicorn" in command(pid))
        told = layout.prefect_address.read_text("ascii")
        assert told == prefect.api, "a crawl beside it uses its server"
        subprocess.run(["kill", "-9", str(server)], check=True)
        schedule.until_said("answers again")
        schedule.until_said("huaipu: Completed")
        states = [name for name, _ in prefect.states(layout, deployment.id)]
        assert "Completed" in states
        assert states.count("Running") <= 1, "never two at once"
        took_s = schedule.stop()
        assert (schedule.process.returncode, took_s < 10) == (0, True)
        assert "Traceback" not in schedule.said
        assert not layout.prefect_address.exists()
    assert next(read_rows(layout.run_folders()[0], "runs"))["complete"]


def command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
