"""Protects the made-up district's servers: what a crawler gets from them, before and after the change."""

import gzip
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from extract.document import read_document
from flows.demo.site import DemoSite
from flows.demo.word import CONTENT_TYPE
from scrapers.site import load_sites

NFCMS_COLUMN = "/xxgk/ghjh/ndgzjhjzj/"
LINKS_COLUMN = "/gongkai/gongzuo/"
CORRECTED = "/postmeta/p/9/9141/9141033.json"
TAKEN_DOWN = f"{LINKS_COLUMN}show-3107.html"
ADDED = "/gkmlpt/content/7/7320/post_7320902.html"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoSite]:
    with DemoSite(tmp_path / "sites") as site:
        yield site


def ask(url: str, **headers: str) -> tuple[int, Message, bytes]:
    """Return status, headers and body; underscores in the names of headers stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=named), timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def detail(page: bytes) -> dict[str, object]:
    text = page.decode()
    return json.JSONDecoder().raw_decode(text, text.index("DETAIL: ") + len("DETAIL: "))[0]


# -- the servers ---------------------------------------------------------------------------------------


def test_site_files_are_valid_and_name_the_servers(demo: DemoSite) -> None:
    sites = {site.key: site for site in load_sites(demo.site_files[0].parent)}
    assert {key: site.base_url for key, site in sites.items()} == demo.addresses
    assert [site.politeness.delay_s for site in sites.values()] == [0, 0, 0]
    for site in sites.values():
        assert ask(f"{site.base_url}/robots.txt")[2].startswith(b"User-agent: *\nCrawl-delay: 0\n")


def test_nfcms_gives_the_column_as_json_and_as_list_pages(demo: DemoSite) -> None:
    base = demo.addresses["yanlan"]
    first, second = (
        ask(f"{base}{NFCMS_COLUMN}{name}")[2].decode() for name in ("index.html", "index_2.html")
    )
    assert 'window.NFCMS_CAT_ID="83101"' in first
    listed = re.findall(r'_recurl" href="([^"]+)"', first + second)
    column = json.loads(ask(f"{base}/postmeta/i/83101.json")[2])
    assert [article["url"] for article in column["articles"]] == listed
    assert column["publish_count"] == len(listed) == 6
    for article in column["articles"]:
        folders = f"{article['id'] // 10**6}/{article['id'] // 10**3}"
        post = json.loads(ask(f"{base}/postmeta/p/{folders}/{article['id']}.json")[2])
        assert post["content"] in ask(article["url"])[2].decode()


def test_gkmlpt_api_counts_pages_as_the_platform_does(demo: DemoSite) -> None:
    base = demo.addresses["huaipu"]
    pages = [json.loads(ask(f"{base}/gkmlpt/api/all/4101?page={page}&sid=990617")[2]) for page in (0, 1, 2)]
    assert pages[0] == pages[1]
    assert [article["id"] for article in pages[1]["articles"]] == [7320655, 7320418]
    assert pages[2]["articles"] == []
    assert ask(f"{base}/gkmlpt/api/all/4101?page=3")[0] == 404
    assert "SID: '990617'" in ask(f"{base}/gkmlpt/index")[2].decode()


def test_gkmlpt_detail_is_strict_json_beside_the_table(demo: DemoSite) -> None:
    base = demo.addresses["huaipu"]
    articles = json.loads(ask(f"{base}/gkmlpt/api/all/0")[2])["articles"]
    for article in articles:
        page = ask(article["url"])[2]
        assert detail(page)["gkml_data"]["identifier"] == article["identifier"]
        assert f'<span title="{article["identifier"]}">' in page.decode()


def test_links_lists_lead_on_to_the_next_page(demo: DemoSite) -> None:
    base = demo.addresses["weiting"]
    first = ask(f"{base}{LINKS_COLUMN}index.html")[2].decode()
    following = re.search(r'<a href="([^"]+)">下一页</a>', first)
    assert following is not None
    second = ask(base + following[1])[2].decode()
    assert "下一页</a>" not in second
    assert len(re.findall(r'\[\d{4}-\d\d-\d\d\]</span><a href="show-\d+.html"', first + second)) == 5


def test_one_page_is_gb18030_and_only_its_meta_says_so(demo: DemoSite) -> None:
    status, headers, body = ask(f"{demo.addresses['weiting']}{LINKS_COLUMN}show-3051.html")
    assert (status, headers["Content-Type"]) == (200, "text/html")
    assert "charset=gb18030" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode()


def test_a_known_tag_or_date_is_answered_304_without_a_body(demo: DemoSite) -> None:
    url = demo.addresses["yanlan"] + CORRECTED
    _, headers, body = ask(url)
    assert ask(url, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert ask(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[::2] == (200, body)
    assert ask(url, If_Modified_Since="yesterday")[0] == 200


def test_gzip_only_when_it_is_asked_for(demo: DemoSite) -> None:
    url = demo.addresses["yanlan"] + CORRECTED
    _, headers, plain = ask(url)
    assert headers["Content-Encoding"] is None
    _, headers, packed = ask(url, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain


def test_the_view_counter_is_all_that_differs_between_two_answers(demo: DemoSite) -> None:
    url = f"{demo.addresses['weiting']}{LINKS_COLUMN}show-3264.html"
    (_, headers, one), (_, _, two) = ask(url), ask(url)
    assert headers["ETag"] is None
    assert one != two
    assert re.sub(rb"\d+", b"", one) == re.sub(rb"\d+", b"", two)
    assert demo.requests == 2


def test_odd_requests_get_a_404_page_and_no_trace(demo: DemoSite) -> None:
    for path in ("/none.html", "/gkmlpt/api/all/9?page=-1", "/gkmlpt/api/all/4101?page=" + "9" * 40, "/%00"):
        status, _, body = ask(demo.addresses["huaipu"] + path)
        assert status == 404
        assert "页面不存在" in body.decode()


def test_leaving_ends_the_servers(tmp_path: Path) -> None:
    with DemoSite(tmp_path) as demo:
        address = demo.addresses["weiting"]
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=1)


def test_a_page_links_to_a_word_file_that_is_the_same_every_time(demo: DemoSite) -> None:
    base = demo.addresses["weiting"]
    page = ask(f"{base}{LINKS_COLUMN}show-3215.html")[2].decode()
    link = re.search(r'<a href="(/files/[^"]+\.docx)">附件：', page)
    assert link is not None
    status, headers, body = ask(base + link[1])
    assert (status, headers["Content-Type"]) == (200, CONTENT_TYPE)
    assert b"64300" not in page.encode()
    demo.change()
    assert ask(base + link[1], If_None_Match=headers["ETag"])[0] == 304
    read = read_document(body, content_type=headers["Content-Type"])
    assert (read.kind, read.title) == ("file", "苇汀街道2024年居民生活状况调查报告")
    assert "人均可支配收入64300元" in read.body
    assert read.tables[0].rows[1] == ("人均可支配收入", "元", "64300", "61120", "5.2")


# -- the change ----------------------------------------------------------------------------------------


def test_change_corrects_one_figure_and_moves_only_the_publication_clock(demo: DemoSite) -> None:
    url = demo.addresses["yanlan"] + CORRECTED
    _, headers, body = ask(url)
    old = json.loads(body)
    demo.change()
    status, _, body = ask(url, If_None_Match=headers["ETag"])
    new = json.loads(body)
    assert status == 200
    assert new["content"] == old["content"].replace("672.2亿元", "627.2亿元") != old["content"]
    assert new["publish_time"] > old["publish_time"]
    assert new["display_publish_time"] == old["display_publish_time"]


def test_change_takes_one_document_down_and_puts_one_up(demo: DemoSite) -> None:
    gone, new = demo.addresses["weiting"] + TAKEN_DOWN, demo.addresses["huaipu"] + ADDED
    assert (ask(gone)[0], ask(new)[0]) == (200, 404)
    demo.change()
    assert (ask(gone)[0], ask(new)[0]) == (404, 200)
    assert b"show-3107" not in ask(f"{demo.addresses['weiting']}{LINKS_COLUMN}index.html")[2]
    assert json.loads(ask(f"{demo.addresses['huaipu']}/gkmlpt/api/all/4101")[2])["total"] == 3
