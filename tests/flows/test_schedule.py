"""Schedules fire with the locked dependencies: with a newer SQLAlchemy all looks well and no run is made."""

import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.prefect_server import ServerError, prefect_server, serving
from scrapers.site import load_sites


def test_a_deployment_of_each_site_gets_runs_in_chinese_time(
    demo: DemoSite, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "1")
    folder = demo.site_files[0].parent
    sites = load_sites(folder)
    with prefect_server(layout) as api:
        from prefect.client.orchestration import get_client
        from prefect.settings import PREFECT_API_URL, temporary_settings

        from flows.schedule import deploy, deployments

        assert len(deploy(deployments(layout, sites, folder), api, "gongkai")) == len(sites)
        with temporary_settings({PREFECT_API_URL: api}), get_client(sync_client=True) as client:
            assert {found.name for found in client.read_deployments()} == {site.key for site in sites}
            deadline = time.monotonic() + 60
            while not (runs := client.read_flow_runs()) and time.monotonic() < deadline:
                time.sleep(0.5)  # the scheduler of a real server decides when
    assert runs
    minutes = {int(site.schedule.split()[0]) for site in sites}
    hours = {int(site.schedule.split()[1]) for site in sites}
    for run in runs:
        assert run.state_name == "Scheduled"
        assert run.expected_start_time
        assert run.expected_start_time.minute in minutes
        shown = run.expected_start_time.astimezone(ZoneInfo("Asia/Shanghai"))
        assert shown.hour in hours


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
