"""The Prefect flow does what the plain pipeline does, is red when a site failed, and leaves its counts."""

from flows.demo.site import DemoSite
from flows.layout import Layout
from flows.run_results import CrawlOptions
from tests.flows.scheduling.served import Prefect


def test_a_flow_run_publishes_leaves_an_artifact_and_105_is_red_where_a_site_failed(
    demo: DemoSite, layout: Layout, prefect: Prefect
) -> None:
    from flows.crawl_flow import run_flow

    sites = demo.site_files[0].parent
    result = run_flow(layout, sites, (), CrawlOptions(), prefect.api)
    broken = demo.site_files[0]
    broken.write_text(broken.read_text("utf-8").replace("/ndgzjhjzj/", "/moved/"), "utf-8")
    again = run_flow(layout, sites, (), CrawlOptions(limit=1), prefect.api)
    states = sorted(str(run.state_name) for run in prefect.into(layout))
    artifacts = prefect.client(lambda client: client.read_artifacts())
    assert not result.failed
    assert result.loaded.published.parent == layout.published
    assert "run" in {artifact.key for artifact in artifacts}
    assert any(str(result.sites[0].run_id) in str(artifact.data) for artifact in artifacts)
    assert [site.site for site in again.failed] == [broken.stem]
    assert states == ["Completed", "Failed"], "a run with a failed site is red"
