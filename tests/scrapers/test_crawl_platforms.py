"""Whole runs of the JSON platforms: where texts are asked for, and what happens where the JSON is not."""

import json
from pathlib import Path

from scrapers.site import Column, Site
from tests.scrapers.conftest import FakeTime
from tests.scrapers.runs import crawled, known_of, site_of
from tests.scrapers.server import Reply, Server, answer, page


def nfcms(server: Server) -> Site:
    return site_of(server, "nfcms", columns=(Column(name="工作总结", column=4310, url="/zj/index.html"),))


def post(number: int) -> str:
    return f"/postmeta/p/{number // 1_000_000}/{number // 1_000}/{number}.json"


def nfcms_replies(*numbers: int, with_json: bool = True, with_posts: bool = True) -> dict[str, list[Reply]]:
    links = [(number, f"/zj/content/post_{number}.html") for number in numbers]
    articles = [{"id": n, "title": f"总结{n}", "url": url, "date": "2024-08-07"} for n, url in links]
    items = "".join(f'<li><a href="{url}">总结{n}</a><i>2024-08-07</i></li>' for n, url in links)
    replies: dict[str, list[Reply]] = {"/zj/index.html": [page(f"<ul>{items}</ul>")]}
    replies |= {url: [page(f"<p>{number}</p>")] for number, url in links}
    if with_json:
        replies["/postmeta/i/4310.json"] = [answer(200, json.dumps({"articles": articles}).encode())]
    if with_posts:
        replies |= {post(n): [answer(200, json.dumps({"content": f"<p>{n}</p>"}).encode())] for n in numbers}
    return replies


def test_nfcms_reads_json_alone_where_the_site_has_it(tmp_path: Path, fake_time: FakeTime):
    done = crawled(tmp_path, fake_time, nfcms_replies(1000001, 1000002), site=nfcms)
    assert done.server.requests == ["/robots.txt", "/postmeta/i/4310.json", post(1000001), post(1000002)]
    assert done.rows["entries"][0]["fetch_url"] == done.server.url + post(1000001)
    assert done.rows["entries"][0]["url"] == f"{done.server.url}/zj/content/post_1000001.html"
    assert done.report.complete


def test_nfcms_falls_back_to_pages_and_stops_asking_for_json(tmp_path: Path, fake_time: FakeTime):
    numbers = tuple(range(1000001, 1000007))
    replies = nfcms_replies(*numbers, with_json=False, with_posts=False)
    replies[post(1000001)] = [page("<p>您访问的页面不存在</p>")]
    done = crawled(tmp_path, fake_time, replies, site=nfcms)
    assert done.captures("listing") == [("/postmeta/i/4310.json", "not_found"), ("/zj/index.html", "ok")]
    pages = [f"/zj/content/post_{number}.html" for number in numbers]
    assert [path for path, outcome in done.captures("document") if outcome == "ok"] == [post(1000001), *pages]
    assert sum(path.startswith("/postmeta/p/") for path in done.server.requests) == 3
    again = done.rows["entries"][len(numbers) :]
    assert [entry["fetch_url"].removeprefix(done.server.url) for entry in again] == pages
    assert (done.report.complete, done.issues()) == (True, [])


def test_nfcms_finds_the_json_through_the_list_page(tmp_path: Path, fake_time: FakeTime):
    def site(server: Server) -> Site:
        return site_of(server, "nfcms")

    replies = nfcms_replies(1000001)
    listing = replies["/zj/index.html"][0]
    assert isinstance(listing, bytes)
    body = listing.partition(b"\r\n\r\n")[2].decode()
    replies["/zj/index.html"] = [page(f'<script>window.NFCMS_CAT_ID="4310"</script>{body}')]
    found = crawled(tmp_path / "1", fake_time, replies, site=site)
    assert found.captures("listing") == [("/zj/index.html", "ok"), ("/postmeta/i/4310.json", "ok")]
    del replies["/postmeta/i/4310.json"]
    without = crawled(tmp_path / "2", fake_time, replies, site=site)
    assert without.captures("listing")[1] == ("/postmeta/i/4310.json", "not_found")
    assert (without.report.complete, without.report.entries) == (True, 1)


def test_nfcms_remembers_where_a_document_was_found(tmp_path: Path, fake_time: FakeTime):
    replies = nfcms_replies(1000001, with_posts=False)
    path = "/zj/content/post_1000001.html"
    done = crawled(tmp_path, fake_time, replies, site=nfcms, known=lambda server: known_of(server, path))
    assert post(1000001) not in done.server.requests
    assert [entry["fetch_url"] for entry in done.rows["entries"]] == [done.server.url + path]


def test_nfcms_taken_down_is_seen_on_both_addresses(tmp_path: Path, fake_time: FakeTime):
    replies = nfcms_replies(1000001)
    replies[post(1000001)] = [answer(404, b"")]
    replies["/zj/content/post_1000001.html"] = [answer(404, b"")]
    done = crawled(tmp_path, fake_time, replies, site=nfcms)
    assert [outcome for _, outcome in done.captures("document")] == ["not_found", "not_found"]


def test_gkmlpt_reads_its_pages(tmp_path: Path, fake_time: FakeTime):
    def site(server: Server) -> Site:
        return site_of(server, "gkmlpt", columns=(Column(name="工作总结", column=512, sid="755099"),))

    def articles(numbers: range) -> bytes:
        rows = [
            {
                "id": n,
                "title": f"总结{n}",
                "url": f"/gkmlpt/content/0/0/post_{n}.html",
                "create_time": 1734329834,
            }
            for n in numbers
        ]
        return answer(200, json.dumps({"total": 101, "articles": rows}).encode())

    replies: dict[str, list[Reply]] = {
        "/gkmlpt/api/all/512?page=1&sid=755099": [articles(range(1, 101))],
        "/gkmlpt/api/all/512?page=2&sid=755099": [articles(range(101, 102))],
        "/gkmlpt/content/0/0/post_1.html": [page("<p>one</p>")],
    }
    done = crawled(tmp_path, fake_time, replies, site=site, limit=1)
    assert (done.report.complete, done.report.expected, done.report.entries) == (True, 101, 101)
    assert done.captures("document") == [("/gkmlpt/content/0/0/post_1.html", "ok")]


def test_an_open_platform_is_read_as_its_pages_show(tmp_path: Path, fake_time: FakeTime):
    def site(server: Server) -> Site:
        return site_of(server, "auto", columns=(Column(name="工作总结", url="/col/col4310/index.html"),))

    def store(numbers: range) -> str:
        cells = (f"<li><a href='/art/2024/8/7/art_4310_{n}.html'>总结{n}</a>2024-08-07</li>" for n in numbers)
        records = "".join(f"<record><![CDATA[{cell}]]></record>" for cell in cells)
        return f"<datastore><totalrecord>50</totalrecord><recordset>{records}</recordset></datastore>"

    script = "<script>var param_6={columnid:4310,unitid:'6'};</script>"
    proxy = "/module/web/jpage/dataproxy.jsp?startrecord=46&endrecord=90&perpage=15&columnid=4310&unitid=6"
    replies: dict[str, list[Reply]] = {
        "/col/col4310/index.html": [page(store(range(1, 46)) + script)],
        proxy: [page(store(range(46, 51)))],
        "/art/2024/8/7/art_4310_1.html": [page("<p>one</p>")],
    }
    done = crawled(tmp_path, fake_time, replies, site=site, limit=1)
    assert (done.report.complete, done.report.expected, done.report.entries) == (True, 50, 50)
    assert done.captures("listing") == [("/col/col4310/index.html", "ok"), (proxy, "ok")]
    assert done.captures("document") == [("/art/2024/8/7/art_4310_1.html", "ok")]
