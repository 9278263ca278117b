"""What Prefect's server is told of the sites: a deployment for each, due in Chinese time."""

from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from flows.demo.site import DemoSite
from flows.layout import Layout
from scrapers.site import load_sites
from tests.flows.scheduling.served import Prefect, until


def test_104_each_site_is_due_in_chinese_time_and_kept_in_utc(
    demo: DemoSite, layout: Layout, prefect: Prefect
) -> None:
    folder = demo.site_files[0].parent
    lines = {site.key: site.schedule for site in load_sites(folder)}
    deployments = prefect.register(layout, folder)
    assert deployments.keys() == lines.keys()
    until(lambda: len({run.deployment_id for run in prefect.into(layout)}) == len(lines), "a run of each")
    runs = prefect.into(layout)
    for key, deployment in deployments.items():
        minute, hour, *_ = lines[key].split()
        for run in (run for run in runs if run.deployment_id == deployment):
            assert run.state_name == "Scheduled"
            assert run.expected_start_time.utcoffset().total_seconds() == 0
            shown = run.expected_start_time.astimezone(ZoneInfo("Asia/Shanghai"))
            assert (shown.hour, shown.minute) == (int(hour), int(minute))


def test_a_site_whose_file_is_gone_is_no_longer_scheduled(
    prefect: Prefect, layout: Layout, sites: Path, registered: dict[str, UUID]
) -> None:
    (sites / "weiting.toml").unlink()
    assert prefect.register(layout, sites).keys() == registered.keys() - {"weiting"}
    left = prefect.client(lambda client: client.read_deployments())
    assert registered["weiting"] not in {deployment.id for deployment in left}
