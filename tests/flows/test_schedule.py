"""Schedules fire with the locked dependencies: with a newer SQLAlchemy all looks well and no run is made."""

import socket
import time
from zoneinfo import ZoneInfo

import pytest

from flows.demo_site import DemoSite
from flows.layout import Layout


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_a_deployment_of_each_site_gets_runs_in_chinese_time(
    demo: DemoSite, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "1")
    monkeypatch.setenv("PREFECT_API_URL", "")
    from flows.schedule import deploy, deployments, server
    from scrapers.site import load_sites

    folder = demo.site_files[0].parent
    sites = load_sites(folder)
    with server(layout, free_port()) as address:
        from prefect.client.orchestration import get_client
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: address}):
            assert len(deploy(deployments(layout, sites, folder), "gongkai")) == len(sites)
            with get_client(sync_client=True) as client:
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
