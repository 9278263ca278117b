"""The Prefect flow does what the plain pipeline does, is red when a site failed, and leaves its counts."""

from flows.demo_site import DemoSite
from flows.layout import Layout
from flows.pipeline import CrawlOptions
from flows.prefect_settings import prepare_prefect


def test_a_flow_run_publishes_and_leaves_an_artifact(demo: DemoSite, layout: Layout) -> None:
    prepare_prefect(layout)
    from prefect.client.orchestration import get_client

    from flows.crawl_flow import run_flow

    sites = demo.site_files[0].parent
    result = run_flow(layout, sites, (), CrawlOptions())
    assert not result.failed
    assert result.loaded.published == layout.data / "published" / result.loaded.published.name
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs()
        artifacts = client.read_artifacts()
    assert [run.state_name for run in runs] == ["Completed"]
    assert artifacts[0].key == "run"
    assert result.sites[0].run_id in str(artifacts[0].data)

    broken = demo.site_files[0]
    broken.write_text(broken.read_text("utf-8").replace('"nfcms"', '"trs"'), "utf-8")
    again = run_flow(layout, sites, (), CrawlOptions(limit=1))
    assert [site.site for site in again.failed] == [broken.stem]
    with get_client(sync_client=True) as client:
        states = sorted(str(run.state_name) for run in client.read_flow_runs())
    assert states == ["Completed", "Failed"], "a run with a failed site is red"
