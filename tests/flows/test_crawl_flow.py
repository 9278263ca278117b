"""The Prefect flow does what the plain pipeline does, is red when a site failed, and leaves its counts."""

from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.prefect_server import prefect_server
from flows.run_results import CrawlOptions


def test_a_flow_run_publishes_and_leaves_an_artifact(demo: DemoSite, layout: Layout) -> None:
    sites = demo.site_files[0].parent
    with prefect_server(layout) as api:
        from prefect.client.orchestration import get_client
        from prefect.settings import PREFECT_API_URL, temporary_settings

        from flows.crawl_flow import run_flow

        result = run_flow(layout, sites, (), CrawlOptions(), api)
        broken = demo.site_files[0]
        broken.write_text(broken.read_text("utf-8").replace("/ndgzjhjzj/", "/moved/"), "utf-8")
        again = run_flow(layout, sites, (), CrawlOptions(limit=1), api)
        with temporary_settings({PREFECT_API_URL: api}), get_client(sync_client=True) as client:
            states = sorted(str(run.state_name) for run in client.read_flow_runs())
            artifacts = client.read_artifacts()
    assert not result.failed
    assert result.loaded.published.parent == layout.published
    assert "run" in {artifact.key for artifact in artifacts}
    assert any(str(result.sites[0].run_id) in str(artifact.data) for artifact in artifacts)
    assert [site.site for site in again.failed] == [broken.stem]
    assert states == ["Completed", "Failed"], "a run with a failed site is red"
