"""The whole way from address to SQL without Prefect: what a run stores, and what it does not store twice."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from archive.errors import Busy
from archive.exchange import SavedFile
from archive.lock import held
from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from extract import records
from flows import pipeline
from flows.demo.site import DemoSite
from flows.expectations import held_against
from flows.layout import Layout
from flows.loading import LoadReport, Tell, load
from flows.pipeline import Shared, owned, run_sites
from flows.questions import CHANGED, GONE, ask
from flows.run_results import CrawlOptions, RunResult, SiteResult
from flows.verification import verify_all
from scrapers.site import Site, load_sites
from warehouse.publish import current
from warehouse.readings import LoadedReadings, load_readings
from warehouse.rebuild import rebuild_raw

Crawl = Callable[[], RunResult]
TABLES = (
    "from core.documents order by all",
    "from core.metrics order by all",
    "from core.tables order by all",
    "from mart.metrics order by all",
    "from mart.documents order by all",
    "from mart.versions order by all",
    "from mart.changes order by all",
    "from mart.gone order by all",
    "from mart.attachments order by all",
)


def quiet(_: str) -> None:
    return None


def contents(layout: Layout) -> list[object]:
    return [ask(current(layout.data), table).rows for table in TABLES]


def versions(layout: Layout) -> int:
    return int(ask(current(layout.data), "select count(*) from mart.versions").rows[0][0])


def test_a_crawl_ends_with_every_listed_document_read(crawl: Crawl, layout: Layout) -> None:
    result = crawl()
    assert not result.failed
    assert all(site.report and site.report.complete for site in result.sites)
    listed = sum(site.report.entries for site in result.sites if site.report)
    states = "select state, kind, count(*) from mart.documents group by all order by kind"
    assert ask(current(layout.data), states).rows == [("held", "article", listed), ("held", "file", 1)]
    assert result.loaded.refused == ()


def test_a_second_crawl_of_an_unchanged_site_stores_no_new_version(crawl: Crawl, layout: Layout) -> None:
    crawl()
    before = versions(layout)
    again = crawl()
    assert versions(layout) == before
    assert ask(current(layout.data), CHANGED).rows == []
    assert again.loaded.metrics == 0 or again.loaded.documents < before, "view counters alone are read again"


def test_a_correction_is_a_changed_figure_and_a_take_down_needs_two_runs(
    crawl: Crawl, demo: DemoSite, layout: Layout
) -> None:
    crawl()
    demo.change()
    crawl()
    changed = ask(current(layout.data), CHANGED).objects()
    assert [(row["old_written"], row["new_written"]) for row in changed] == [("672.2亿元", "627.2亿元")]
    assert ask(current(layout.data), GONE).rows == [], "one run that misses it proves nothing"
    crawl()
    (gone,) = ask(current(layout.data), GONE).objects()
    assert gone["status"] == 404
    assert gone["warc"], "the last good copy is named"


ATTACHED = """
    select page.title, file.title, file.office, file.published::varchar, metric.written, metric.sentence
    from mart.attachments as page
    inner join mart.documents as file on file.document_id = page.file_document_id
    inner join mart.metrics as metric on metric.document_id = file.document_id
    where page.state = 'held' and metric.indicator = '受访家庭人均可支配收入' and metric.measure = 'level'
"""


def test_a_figure_that_only_an_attachment_has_is_found_and_cited(crawl: Crawl, layout: Layout) -> None:
    crawl()
    assert ask(current(layout.data), ATTACHED).rows == [
        (
            "关于公布苇汀街道2024年居民生活状况调查报告的通知",
            "苇汀街道2024年居民生活状况调查报告",
            "霁川市砚澜区苇汀街道办事处",
            "2025-03-18",
            "64300元",
            "2024年，受访家庭人均可支配收入64300元，比上年增长5.2%；人均消费支出41800元，增长4.6%。",
        )
    ]
    captured = "select count(*) from raw.captures where purpose = 'attachment'"
    crawl()
    assert ask(current(layout.data), captured).rows == [(1,)], "the view counter of its page is no change"
    assert verify_all(layout, quiet).problems == ()


def test_an_attachment_that_failed_is_asked_again_though_its_page_did_not_change(
    demo: DemoSite, layout: Layout
) -> None:
    server = next(one for one in demo._servers if one.face.key == "weiting")
    pages = server.pages
    sites = [site for site in load_sites(demo.site_files[0].parent) if site.key == "weiting"]
    states = "select state, outcome from mart.attachments"
    server.pages = {path: page for path, page in pages.items() if not path.endswith(".docx")}
    run_sites(layout, sites, CrawlOptions(), quiet)
    assert ask(current(layout.data), states).rows == [("failed", "not_found")]
    server.pages = pages
    run_sites(layout, sites, CrawlOptions(), quiet)
    assert ask(current(layout.data), states).rows == [("held", "ok")]


def test_rebuilt_equals_incremental(crawl: Crawl, demo: DemoSite, layout: Layout) -> None:
    crawl()
    demo.change()
    crawl()
    before = contents(layout)
    with owned(layout):
        rebuild_raw(layout.data)
        load(layout, quiet)
    assert contents(layout) == before
    assert verify_all(layout, quiet).problems == ()


def test_what_a_load_needs_only_while_it_runs_lies_in_the_data_folder_and_is_cleared(
    crawl: Crawl, layout: Layout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "system").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "system"))
    left = layout.scratch / "of-a-killed-run"
    left.mkdir(parents=True)
    folders: list[Path] = []

    def watched(connection: DuckDBPyConnection, folder: Path, *, metrics_version: str) -> LoadedReadings:
        folders.append(folder)
        assert list((tmp_path / "system").iterdir()) == []
        return load_readings(connection, folder, metrics_version=metrics_version)

    monkeypatch.setattr("flows.loading.load_readings", watched)
    crawl()
    assert {folder.parent for folder in folders} == {layout.scratch}
    assert list(layout.scratch.iterdir()) == []


def test_a_run_that_was_killed_is_loaded_by_the_next_one(
    crawl: Crawl, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> LoadReport:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "load", killed)
        with pytest.raises(KeyboardInterrupt):
            crawl()
    assert not layout.published.exists()
    again = crawl()
    assert sum(site.report.counts.get("unchanged", 0) for site in again.sites if site.report) > 5
    assert verify_all(layout, quiet).problems == ()


def test_two_runs_never_share_a_data_folder(crawl: Crawl, layout: Layout) -> None:
    with held(layout.lock), pytest.raises(Busy, match="process"):
        crawl()


def test_one_site_that_fails_does_not_stop_the_others(demo: DemoSite, layout: Layout) -> None:
    moved = demo.site_files[0].read_text("utf-8").replace("/ndgzjhjzj/", "/moved/")
    demo.site_files[0].write_text(moved, "utf-8")
    sites = load_sites(demo.site_files[0].parent)
    result = run_sites(layout, sites, CrawlOptions(), quiet)
    assert len(result.failed) == 1
    assert "page 1 of the listing answers 404" in result.failed[0].errors[0]
    assert result.loaded.documents > 0


def test_a_bug_met_at_one_site_does_not_stop_the_others(
    demo: DemoSite, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = load_sites(demo.site_files[0].parent)
    real = pipeline.crawl_site

    async def stumbles(
        layout: Layout, site: Site, options: CrawlOptions, shared: Shared, tell: Tell
    ) -> SiteResult:
        if site.key == sites[0].key:
            raise ZeroDivisionError("a bug of ours")
        return await real(layout, site, options, shared, tell)

    monkeypatch.setattr(pipeline, "crawl_site", stumbles)
    result = run_sites(layout, sites, CrawlOptions(), quiet)
    assert [(site.site, site.errors) for site in result.failed] == [
        (sites[0].key, ("ZeroDivisionError: a bug of ours",))
    ]
    assert result.loaded.documents > 0


def test_listed_documents_that_are_not_held_turn_the_run_red(demo: DemoSite, layout: Layout) -> None:
    sites = load_sites(demo.site_files[0].parent)
    short = run_sites(layout, sites, CrawlOptions(limit=1), quiet)
    assert not short.failed, "the user asked for no more"
    judged = held_against(current(layout.data), sites, short.sites, whole=True)
    assert all("listed documents are held" in site.errors[0] for site in judged)
    whole = run_sites(layout, sites, CrawlOptions(), quiet)
    assert not whole.failed


def test_a_payload_that_the_extractor_stumbles_over_is_told_and_stops_nothing(
    crawl: Crawl, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, stumbled = records.read, []

    def read(payload: bytes, **facts: Any) -> records.Reading:
        if not stumbled:
            stumbled.append(facts["url"])
            raise ZeroDivisionError("a bug of ours")
        return real(payload, **facts)

    with monkeypatch.context() as patch:
        patch.setattr(records, "read", read)
        result = crawl()
    (refused,) = result.loaded.refused
    assert stumbled[0] in refused
    assert "ZeroDivisionError" in refused
    assert not result.loaded.sound
    assert result.loaded.documents > 5
    assert crawl().loaded.refused == (), "it stays pending and is read once the bug is mended"


def test_bytes_of_a_run_that_died_before_their_row_are_no_damage(crawl: Crawl, layout: Layout) -> None:
    crawl()
    run_id = "20990101T000000000Z-huaipu-0001"
    with RunWriter(layout.runs, run_id), ArchiveWriter(layout.archive, run_id, lambda _: None) as archive:
        archive.write(SavedFile("http://demo.example/", "text/html", b"<p>", datetime.now(UTC)))
    with owned(layout):
        load(layout, quiet)
    assert verify_all(layout, quiet).problems == ()
    shutil.rmtree(layout.runs / run_id)
    assert any("restore its folder from a copy" in line for line in verify_all(layout, quiet).problems)
