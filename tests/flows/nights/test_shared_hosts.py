"""Sites that share a host: it is asked by one of them at a time, and left alone by all when it fails one."""

import asyncio
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from flows.layout import Layout
from flows.pipeline import run_sites
from flows.preview import preview
from flows.run_results import CrawlOptions
from tests.flows.nights.conftest import Nights, listing, report
from tests.scrapers.server import Stream, answer

DELAY_S = 0.05


async def slow_report(writer: Stream) -> None:
    await asyncio.sleep(DELAY_S)
    writer.write(report())
    await writer.drain()


def least_gap_s(nights: Nights) -> float:
    """Return the shortest time between the end of an answer and the begin of the next one."""
    spans = sorted(nights.server.spans)
    return min(following[0] - span[1] for span, following in pairwise(spans))


def test_38_sites_crawled_side_by_side_ask_a_host_one_at_a_time(nights: Nights):
    nights.serve(a1=[slow_report])
    result = nights.crawl_sites([nights.site(key, DELAY_S) for key in ("qinghe", "dongwan", "xipo")])
    assert not result.failed
    assert nights.server.count("/zj/a1.html") == 3, "each site asks for its own"
    assert least_gap_s(nights) >= DELAY_S


def test_38_runs_with_data_folders_of_their_own_share_turns_where_they_are_told_to(
    nights: Nights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GONGKAI_HOSTS", str(tmp_path / "hosts"))
    nights.serve(a1=[slow_report])
    folders = [Layout(tmp_path / name) for name in ("one", "two")]
    site, options = nights.site(delay_s=DELAY_S), CrawlOptions()
    threads = [Thread(target=run_sites, args=(each, [site], options, lambda _: None)) for each in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert nights.server.count("/zj/a1.html") == 2
    assert least_gap_s(nights) >= DELAY_S


def test_02_a_host_that_fails_one_site_is_left_alone_by_the_others(nights: Nights):
    documents = [f"/zj/b{number}.html" for number in range(9)]
    nights.serve(listing=[listing(*((url, f"第{url}号工作总结") for url in documents))])
    for url in documents:
        nights.server.replies[url] = [answer(403, b"")]
    sites = [nights.site("qinghe"), nights.site("dongwan")]
    result = nights.crawl_sites(sites, CrawlOptions(at_once=1))
    assert len(result.failed) == 2
    assert "left alone" in result.failed[1].errors[0]
    assert sum(nights.server.count(url) for url in documents) == 5


def test_a_dry_run_tells_what_is_due_and_touches_nothing(nights: Nights):
    site, quiet = nights.site(), lambda _: None
    first = preview(nights.layout, site, CrawlOptions(), quiet)
    assert [(row.title, row.known) for row in first.rows] == [
        ("清河街道2023年工作总结", False),
        ("清河街道2022年工作总结", False),
    ]
    assert not nights.layout.data.exists()
    nights.crawl()
    nights.serve(listing=[listing(("/zj/a2.html", "清河街道2022年工作总结"))])
    second = preview(nights.layout, site, CrawlOptions(), quiet)
    assert second.listed == 1
    assert [(row.title, row.known) for row in second.rows] == [
        ("清河街道2022年工作总结", True),
        ("清河街道2023年工作总结", True),
    ], "what is no longer listed is asked for as well"
    assert len(nights.layout.run_folders()) == 1
