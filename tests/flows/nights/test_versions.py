"""What counts as a version, and what does not, over several nights (FAULTS 73-82, 90)."""

import hashlib

from tests.flows.nights.conftest import Nights, listing, report
from tests.scrapers.server import answer, page

CHANGED = "select change, old_written, new_written from mart.changes where change = 'changed'"


def test_73_a_corrected_figure_is_a_new_version_and_the_old_one_stays(nights: Nights):
    nights.crawl()
    nights.serve(a1=[report("61.9")])
    nights.crawl()
    assert nights.ask(CHANGED) == [("changed", "63.4亿元", "61.9亿元")]
    assert nights.ask("select version, written from mart.versions join core.metrics using (payload_digest) "
                      "where indicator = '规上工业总产值' and url like '%a1.html' order by 1") == [
        (1, "63.4亿元"), (2, "61.9亿元")
    ]  # fmt: skip


def test_74_a_counter_a_token_and_related_links_make_no_version(nights: Nights):
    nights.crawl()
    around = """<p>浏览次数：{0}</p><input type="hidden" name="token" value="{0}">
<ul><li><a href="/x{0}.html">相关{0}</a></li></ul>"""
    for count in (17, 18):
        nights.serve(a1=[report(more=around.format(count))])
        nights.crawl()
    assert nights.versions == 2
    assert nights.ask(CHANGED) == []


def test_75_a_redesign_keeps_the_new_bytes_and_makes_no_version(nights: Nights):
    nights.crawl()
    redesigned = page("""<html><head><title>清河街道2023年工作总结-清河区人民政府</title></head>
<body class="new"><div class="nav"><a href="/">首页</a></div><div class="article">
<h1>清河街道2023年工作总结</h1><span>发布日期：2024-01-20</span>
<div class="TRS_Editor"><p>全年实现规上工业总产值63.4亿元，新建公园3个。</p>
<p>街道坚持稳中求进，扎实推进各项工作，圆满完成全年目标任务，居民生活持续改善。</p></div></div></body></html>""")
    nights.serve(a1=[redesigned])
    nights.crawl()
    assert nights.versions == 2
    payloads = "select count(distinct payload_digest) from raw.captures where url like '%a1.html'"
    assert nights.ask(payloads) == [(2,)]


def test_76_a_take_down_is_told_after_two_nights_and_the_copy_stays(nights: Nights):
    nights.crawl()
    nights.serve(listing=[listing(("/zj/a2.html", "清河街道2022年工作总结"))], a1=[answer(404, b"gone")])
    nights.crawl()
    assert nights.ask("from mart.gone") == []
    nights.crawl()
    ((url, status, warc),) = nights.ask("select url, status, warc from mart.gone")
    assert (url.endswith("a1.html"), status) == (True, 404)
    assert (nights.layout.archive / warc).exists()
    assert nights.ask("select written from mart.metrics where written = '63.4亿元'") == [("63.4亿元",)]
    assert nights.ask("select count(*) from raw.captures where status = 404 and warc is not null")[0][0] >= 1


def test_77_what_comes_back_is_the_same_document(nights: Nights):
    nights.crawl()
    nights.serve(listing=[listing(("/zj/a2.html", "清河街道2022年工作总结"))], a1=[answer(404, b"gone")])
    nights.crawl()
    nights.crawl()
    nights.serve(
        listing=[
            listing(("/zj/a1.html", "清河街道2023年工作总结"), ("/zj/a2.html", "清河街道2022年工作总结"))
        ],
        a1=[report()],
    )
    nights.crawl()
    assert nights.ask("from mart.gone") == []
    assert nights.ask("select count(*) from mart.returned") == [(1,)]
    assert nights.ask("select count(*) from mart.documents") == [(2,)]


def test_78_a_document_that_moved_is_one_document_with_two_addresses(nights: Nights):
    nights.crawl()
    nights.serve(
        listing=[
            listing(("/zj/b1.html", "清河街道2023年工作总结"), ("/zj/a2.html", "清河街道2022年工作总结"))
        ],
        a1=[answer(301, b"", "Location: /zj/b1.html")],
        b1=[report()],
    )
    nights.crawl()
    nights.crawl()
    assert nights.ask("from mart.gone") == []
    ((document, url),) = nights.ask(
        "select distinct document_id, url from mart.addresses where fetch_url not like '%a2.html'"
    )
    assert url.endswith("b1.html")
    assert document == hashlib.sha256(f"{nights.server.url}/zj/a1.html".encode()).hexdigest()[:16]
    assert nights.ask("select count(*) from mart.documents") == [(2,)]


def test_79_one_payload_at_two_addresses_is_stored_once_and_both_lead_to_it(nights: Nights):
    nights.serve(a2=[report()])
    nights.crawl()
    rows = nights.ask(
        "select payload_digest, revisit from raw.captures where purpose = 'document' order by line"
    )
    assert len({digest for digest, _ in rows}) == 1
    assert [revisit for _, revisit in rows] == [False, True]
    ((kind, *urls),) = nights.ask("select kind, url, other_url from mart.duplicates")
    assert (kind, {url[-7:] for url in urls}) == ("payload", {"a1.html", "a2.html"})


def test_80_an_unchanged_answer_is_seen_and_stores_no_bytes(nights: Nights):
    body = report().partition(b"\r\n\r\n")[2]
    nights.serve(
        a1=[answer(200, body, 'ETag: "1"', "Content-Type: text/html"), answer(304, b"", 'ETag: "1"')]
    )
    nights.crawl()
    nights.crawl()
    assert any(b'if-none-match: "1"' in head.lower() for head in nights.server.heads)
    seen = "select outcome, status from raw.captures where url like '%a1.html' order by fetched_at"
    assert nights.ask(seen) == [("ok", 200), ("unchanged", 304)]
    assert nights.versions == 2


def test_82_an_etag_that_is_new_each_time_makes_no_version(nights: Nights):
    body = report().partition(b"\r\n\r\n")[2]
    tags = [
        answer(200, body, f'ETag: "{hashlib.sha256(bytes([n])).hexdigest()}"', "Content-Type: text/html")
        for n in range(3)
    ]
    nights.serve(a1=tags)  # fmt: skip
    for _ in range(3):
        nights.crawl()
    assert nights.versions == 2


def test_90_a_second_crawl_of_an_unchanged_site_makes_no_version(nights: Nights):
    nights.crawl()
    before = nights.ask("from mart.versions select * exclude (last_captured_at, captures) order by all")
    result = nights.crawl()
    assert not result.failed
    assert (
        nights.ask("from mart.versions select * exclude (last_captured_at, captures) order by all") == before
    )
