"""Whole runs against a real server with a real archive: what is recorded, in which order, what is told."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from archive.reader import read_payload
from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from scrapers.capture import Known
from scrapers.crawl import crawl
from scrapers.site import Column, Expect, Politeness, Site
from tests.scrapers.conftest import FakeTime
from tests.scrapers.runs import LIST, OK, RUN_ID, crawled, known_of, rows_of, site_of
from tests.scrapers.server import Reply, Server, answer, hang, page, serving


def test_a_run_records_everything_in_its_order(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, OK)
    assert done.server.requests == ["/robots.txt", "/zj/index.html", "/zj/a1.html", "/zj/a2.html"]
    assert done.captures("robots") == [("/robots.txt", "not_found")]
    assert done.captures("listing") == [("/zj/index.html", "ok")]
    assert done.captures("document") == [("/zj/a1.html", "ok"), ("/zj/a2.html", "ok")]
    assert [entry["title"] for entry in done.rows["entries"]] == ["2023年工作总结", "2024年上半年工作总结"]
    assert done.rows["entries"][0]["published_on"] == "2024-01-20"
    assert done.rows["sites"][0]["key"] == "qinghe"
    assert (done.report.complete, done.report.entries, dict(done.report.counts)) == (True, 2, {"ok": 2})
    assert done.rows["runs"][0]["complete"] is True
    assert done.issues() == []
    assert b"desk@example.org" in done.server.heads[0]


@pytest.mark.parametrize(("status", "told"), [(503, True), (500, False)])
def test_38_a_host_that_had_to_be_slowed_is_told(
    tmp_path: Path, fake_time: FakeTime, status: int, told: bool
):
    def patient(server: Server) -> Site:
        return site_of(server).model_copy(update={"politeness": Politeness(delay_s=2.0)})

    done = crawled(tmp_path, fake_time, OK | {"/zj/a1.html": [answer(status, b"")]}, site=patient)
    assert (("warning", "host_slowed") in done.issues()) == told


def test_every_capture_points_to_its_bytes(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, OK)
    for row in done.rows["captures"]:
        payload = read_payload(done.archive, row["warc"], row["offset"])
        assert (payload.url, payload.status) == (row["final_url"], row["status"])
        assert len(payload.wire) == row["length"]
    assert row["etag"] is None
    assert done.rows["captures"][2]["etag"] == '"1"'


def test_90_an_unchanged_site_gives_no_new_version(tmp_path: Path, fake_time: FakeTime):
    first = crawled(tmp_path / "1", fake_time, OK)
    digests = {
        row["url"].rpartition("/")[2]: row["payload_digest"]
        for row in first.rows["captures"]
        if row["payload_digest"]
    }
    replies = {**OK, "/zj/a1.html": [answer(304, length=False)]}

    def known(server: Server) -> dict[str, Known]:
        return known_of(server, "/zj/a1.html", '"1"', digests["a1.html"]) | known_of(
            server, "/zj/a2.html", None, digests["a2.html"]
        )

    second = crawled(tmp_path / "2", fake_time, replies, known=known)
    assert second.captures("document") == [("/zj/a1.html", "unchanged"), ("/zj/a2.html", "unchanged")]
    rows = [row for row in second.rows["captures"] if row["purpose"] == "document"]
    assert [row["payload_digest"] for row in rows] == [digests["a1.html"], digests["a2.html"]]
    assert [row["status"] for row in rows] == [304, 200]
    assert rows[0]["etag"] == '"1"', "validators outlive a 304 that does not repeat them"
    assert dict(second.report.counts) == {"unchanged": 2}


def test_76_a_document_that_is_no_longer_listed_is_asked_for(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, OK, known=lambda server: known_of(server, "/zj/old.html"))
    assert done.captures("document")[-1] == ("/zj/old.html", "not_found")
    gone = done.rows["captures"][-1]
    assert read_payload(done.archive, gone["warc"], gone["offset"]).status == 404, "the evidence is archived"
    assert done.report.complete


def test_listed_before_and_never_fetched(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, OK, listed=lambda server: [f"{server.url}/zj/missed.html"])
    assert ("/zj/missed.html", "not_found") in done.captures("document")


def test_limit_and_since(tmp_path: Path, fake_time: FakeTime):
    limited = crawled(tmp_path / "1", fake_time, OK, limit=1)
    assert limited.captures("document") == [("/zj/a1.html", "ok")]
    assert (limited.report.entries, limited.report.complete) == (2, True)
    newer = crawled(tmp_path / "2", fake_time, OK, since=date(2024, 8, 1))
    assert newer.captures("document") == [("/zj/a2.html", "ok")]
    assert len(newer.rows["entries"]) == 2, "what was seen is recorded all the same"


def test_34_without_robots_nothing_is_asked(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, {**OK, "/robots.txt": [answer(503, b"")]})
    assert set(done.server.requests) == {"/robots.txt"}
    assert (done.report.complete, done.issues()) == (False, [("error", "host_closed")])
    assert "robots.txt cannot be known" in done.rows["issues"][0]["message"]


def test_33_disallowed_documents_are_told_and_not_asked(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, {**OK, "/robots.txt": [page("User-agent: *\nDisallow: /zj/a")]})
    assert done.captures("document") == [("/zj/a1.html", "disallowed"), ("/zj/a2.html", "disallowed")]
    assert done.issues() == [("warning", "document_disallowed")]
    assert done.rows["captures"][-1]["warc"] is None


def test_46_a_failed_listing_is_loud_and_incomplete(tmp_path: Path, fake_time: FakeTime):
    replies = {**OK, "/zj/index.html": [answer(500, b"")]}
    done = crawled(tmp_path, fake_time, replies, known=lambda server: known_of(server, "/zj/a1.html"))
    assert not done.report.complete
    assert done.issues() == [("error", "listing_failed"), ("error", "no_entries")]
    assert done.captures("document") == [("/zj/a1.html", "ok")], "what is held is still asked for"


def test_47_an_empty_list_with_200_is_loud(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, {**OK, "/zj/index.html": [page("<p>维护中</p>")]})
    assert (done.report.complete, done.report.entries) == (False, 0)
    assert done.issues() == [("warning", "column_empty"), ("error", "no_entries")]
    assert done.rows["issues"][0]["url"] == f"{done.server.url}/zj/index.html", "an address to open"


def test_fewer_entries_than_expected(tmp_path: Path, fake_time: FakeTime):
    def site(server: Server) -> Site:
        return site_of(server, expect=Expect(entries_min=3))

    done = crawled(tmp_path, fake_time, OK, site=site)
    assert (done.report.complete, done.issues()) == (False, [("error", "too_few_entries")])
    assert "2 entries listed where the site file expects 3" in done.rows["issues"][0]["message"]


def test_03_a_challenged_host_is_left_alone(tmp_path: Path, fake_time: FakeTime):
    rows = "".join(f'<li><a href="/zj/b{n}.html">总结{n}</a><i>2024-08-07</i></li>' for n in range(9))
    challenge = answer(412, b"<html><script>$_ts={};$_ts.cd=1</script></html>")
    replies: dict[str, list[Reply]] = {f"/zj/b{n}.html": [challenge] for n in range(9)}
    done = crawled(tmp_path, fake_time, {**replies, "/zj/index.html": [page(f"<ul>{rows}</ul>")]})
    assert done.captures("document") == [("/zj/b0.html", "blocked"), ("/zj/b1.html", "blocked")]
    assert len(done.server.requests) == 4
    assert done.issues() == [("warning", "document_blocked"), ("error", "host_stopped")]
    assert "7 documents were not asked for" in done.rows["issues"][1]["message"]
    assert "challenge" in done.rows["issues"][1]["message"]


def test_58_one_document_in_two_columns(tmp_path: Path, fake_time: FakeTime):
    def site(server: Server) -> Site:
        columns = (Column(name="总结", url="/zj/index.html"), Column(name="计划", url="/jh/index.html"))
        return site_of(server, columns=columns)

    done = crawled(tmp_path, fake_time, {**OK, "/jh/index.html": [page(LIST)]}, site=site)
    assert done.server.count("/zj/a1.html") == 1
    assert [entry["column"] for entry in done.rows["entries"]] == ["总结", "总结", "计划", "计划"]
    assert done.report.entries == 2


def test_32_a_redirect_to_the_home_page_is_neither_document_nor_gone(tmp_path: Path, fake_time: FakeTime):
    replies = {**OK, "/zj/a1.html": [answer(302, b"", "Location: /")], "/": [page("<p>home</p>")]}
    done = crawled(tmp_path, fake_time, replies)
    assert done.captures("document")[0] == ("/zj/a1.html", "unsupported")


def stop(tmp_path: Path, time: FakeTime, replies: dict[str, list[Reply]], how: str) -> None:
    """Run a crawl that is cancelled, or told to exit, at /zj/a2.html, and see that it flushes its rows."""
    synced: list[bool] = []

    class Watched(RunWriter):
        def sync(self) -> None:
            super().sync()
            synced.append(True)

    async def run() -> None:
        async with serving({**replies, "/zj/a2.html": [hang]}) as server:
            with (
                Watched(tmp_path / "runs", RUN_ID) as writer,
                ArchiveWriter(tmp_path / "archive", RUN_ID, lambda _: None) as archive,
            ):

                def tell(message: str) -> None:
                    if how == "exit" and message.endswith("/zj/a2.html"):
                        raise SystemExit(143)

                site, clock = site_of(server), time.clock()
                running = crawl(site, archive=archive, run=writer, progress=tell, clock=clock)
                if how == "exit":
                    with pytest.raises(SystemExit):
                        await running
                else:
                    task = asyncio.create_task(running)
                    while "/zj/a2.html" not in server.requests:
                        await asyncio.sleep(0)
                    task.cancel()
                    with pytest.raises(asyncio.CancelledError):
                        await task
                assert synced, "by the crawl itself, before anybody closes the files"

    asyncio.run(run())


@pytest.mark.parametrize("how", ["cancel", "exit"])
def test_56_what_is_recorded_before_a_stop_is_valid(tmp_path: Path, fake_time: FakeTime, how: str):
    stop(tmp_path, fake_time, OK, how)
    rows = rows_of(tmp_path / "runs")
    assert [row["url"].rpartition("/")[2] for row in rows["captures"]] == [
        "robots.txt",
        "index.html",
        "a1.html",
    ]
    assert (len(rows["entries"]), rows["runs"]) == (2, []), "a run without a report did not end"
    last = rows["captures"][-1]
    assert read_payload(tmp_path / "archive", last["warc"], last["offset"]).body == b"<p>one</p>"


def test_56_what_failed_before_a_stop_is_told(tmp_path: Path, fake_time: FakeTime):
    stop(tmp_path, fake_time, {**OK, "/zj/a1.html": [answer(403, b"no")]}, "cancel")
    assert [issue["code"] for issue in rows_of(tmp_path / "runs")["issues"]] == ["document_blocked"]


def test_progress_is_told(tmp_path: Path, fake_time: FakeTime):
    told: list[str] = []

    async def run() -> None:
        async with serving(dict(OK)) as server:
            with (
                RunWriter(tmp_path / "runs", RUN_ID) as writer,
                ArchiveWriter(tmp_path / "archive", RUN_ID, lambda _: None) as archive,
            ):
                site = site_of(server)
                clock = fake_time.clock()
                await crawl(site, archive=archive, run=writer, progress=told.append, clock=clock)

    asyncio.run(run())
    assert told[:2] == ["listing 工作总结", "listing 工作总结: 2 rows"]
    assert told[2].startswith("document 1 of 2: http://127.0.0.1:")
