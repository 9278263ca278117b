"""Addresses from the list to the wire: each document once, at the target that a browser would ask for."""

from pathlib import Path

import pytest

from tests.scrapers.conftest import FakeTime
from tests.scrapers.runs import Done, crawled
from tests.scrapers.server import Reply, answer, page

ROW = '<li><a href="{0}">清河街道工作总结之{1}</a><i>2024-01-20</i></li>'
TITLES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


def listed(tmp_path: Path, time: FakeTime, hrefs: list[str], **replies: Reply) -> Done:
    rows = "".join(map(ROW.format, hrefs, TITLES))
    site = {path: [reply] for path, reply in replies.items()}
    return crawled(tmp_path, time, {"/zj/index.html": [page(f"<ul>{rows}</ul>")], **site})


def test_40_sessions_and_tracking_are_one_document(tmp_path: Path, fake_time: FakeTime):
    tails = ["", ";jsessionid=0A1B", "?PHPSESSID=8f14", "?utm_source=a&utm_medium=b", "?spm=1.2", "#top", "?"]
    done = listed(tmp_path, fake_time, [f"/zj/a1.html{tail}" for tail in tails])
    assert done.server.requests[2:] == ["/zj/a1.html"]
    assert len({entry["url"] for entry in done.rows["entries"]}) == 1


TARGETS = {
    "/zj/总 结.html?年=2023": "/zj/%E6%80%BB%20%E7%BB%93.html?%E5%B9%B4=2023",
    "/zj/%E6%80%BB.html": "/zj/%E6%80%BB.html",
    "/zj/%e7%bb%93.html": "/zj/%E7%BB%93.html",
    "/zj/a%2523.html": "/zj/a%2523.html",
    "/zj/a%23b%25.html": "/zj/a%23b%25.html",
    "/zj/a+b.html?q=a+b&amp;c=%2B": "/zj/a+b.html?q=a+b&c=%2B",
    r"fj\a1.html": "/zj/fj/a1.html",
    "./b/../a2.html": "/zj/a2.html",
    "/zj/b/%2e%2E/a3.html": "/zj/a3.html",
    " a4\t.html\n": "/zj/a4.html",
    "a5.html#正文": "/zj/a5.html",
    "a|b[1].html": "/zj/a%7Cb%5B1%5D.html",
}


def test_41_the_target_is_that_of_a_browser(tmp_path: Path, fake_time: FakeTime):
    done = listed(tmp_path, fake_time, list(TARGETS))
    assert done.server.requests[2:] == list(dict.fromkeys(TARGETS.values()))


@pytest.mark.parametrize(
    "path", ["/zj/../nb/a1.html", "/zj/%2e%2e/nb/a1.html", r"..\nb\a1.html", "/%6Eb/a1.html"]
)
def test_33_no_spelling_of_an_address_leads_past_the_rules(tmp_path: Path, fake_time: FakeTime, path: str):
    rules = answer(200, b"User-agent: *\nDisallow: /nb/")
    done = listed(tmp_path, fake_time, [path], **{"/robots.txt": rules})
    assert done.server.requests == ["/robots.txt", "/zj/index.html"]
    assert [outcome for _, outcome in done.captures("document")] == ["disallowed"]


def test_52_a_sitemap_is_not_followed_and_its_entities_are_not_read(tmp_path: Path, fake_time: FakeTime):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    sitemap = (
        f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY e0 "甲">{entities}'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://baixi.example/a.html</loc>'
        "<lastmod>2024-01-20</lastmod></url><url><loc>&e9;&f;</loc></url></urlset>"
    )
    robots = answer(200, b"User-agent: *\nDisallow:\nSitemap: http://baixi.example/s.xml\nSitemap: /s.xml")
    replies = {
        "/robots.txt": [robots],
        "/zj/index.html": [answer(200, sitemap.encode(), "Content-Type: text/xml")],
    }
    done = crawled(tmp_path, fake_time, replies)
    assert done.server.requests == ["/robots.txt", "/zj/index.html"]
    assert done.rows["entries"] == []
    assert ("error", "no_entries") in done.issues()
