"""Whatever a server sends, an adapter gives a page or says why not; no listing goes on for ever."""

import csv
import json
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scrapers.errors import UnreadableError
from scrapers.listing import MOST_PAGES
from scrapers.platforms import BUILT, platform_named
from scrapers.platforms.protocol import Listed, ListingPage
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

HTML_READERS = sorted(set(BUILT) - {"gkmlpt"})
CHANNEL = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
PAYLOADS: dict[str, bytes] = {
    "nothing": b"",
    "text": "暂无信息".encode(),
    "bytes": bytes(range(256)) * 20,
    "a file": b"%PDF-1.7 x",
    "json list": b"[]",
    "json of nulls": b'{"articles": null, "data": null, "total": null}',
    "json of wrong types": b'{"articles": [[], {}, 7], "data": {"results": 7, "html": {}}, "total": "x"}',
    "numbers without end": b'{"articles": [{"id": 1e999, "title": "t", "url": "/a"}], "total": 1e999}',
    "counts without end": b'{"articles": [{"id": 1%(0)s, "title": "t", "url": "/a"}], "total": 1%(0)s}'
    % {b"0": b"0" * 40},
    "a script of numbers without end": b"var zcData=[{title: 't', url: '/a', date: %s.5}]" % (b"9" * 400),
    "deep json": b'{"a":' * 100_000,
    "deep html": b"<div>" * 100_000,
    "many attributes": b"<p " + b"a=1 " * 100_000 + b">",
    "scripts without end": b"createPageHTML(" * 50_000 + b"var param_1={" * 5_000 + b"var zcData=[" * 5_000,
    "a tree without end": b"SID:'1',TREE:[" + b'{"children":[' * 50_000,
    "records without end": b"<recordset><record><![CDATA[" * 9_000,
    "links without end": b'<a href="http://[">x</a> 2024-08-07' * 9_000,
}


def columns(platform: str) -> list[Listed]:
    found = [listed(platform, url="/gk/zj/index.html")] if platform != "gkmlpt" else []
    if platform in ("gkmlpt", "nfcms"):
        found.append(listed(platform, column=4310))
    if platform in ("gkmlpt", "auto"):
        found.append(listed(platform, url="/gkmlpt/index"))
    if platform in ("ucap", "auto"):
        found.append(listed(platform, url=f"/common/search/{CHANNEL}"))
    return found


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("name", BUILT)
def test_49_50_64_every_step_gives_a_page_or_a_reason(name: str, payload: bytes):
    platform = platform_named(name)
    for column in columns(name):
        waiting, seen = [platform.first(column)], 0
        while waiting and seen < 5:
            request = waiting.pop()
            seen += 1
            waiting.extend(request.instead)
            with suppress(UnreadableError):
                page = platform.read(column, request, answered(request.url, payload))
                assert isinstance(page, ListingPage)
                assert (page.total or 0) < 2**63
                assert json.dumps([dict(row.meta) for row in page.rows], allow_nan=False, default=str)
                waiting.extend(page.following)


ROW = '<li><a href="/a{n}">文</a>2024-08-07</li>'
ENDLESS = {
    "links": '<a href="index_{page}.html">下一页</a>',
    "trs": '<script>createPageHTML(99999, 0, "index", "html")</script>',
    "vsb": '<a href="zj/{page}.htm">下页</a>共9条',
}


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize("moving", [True, False], ids=["new rows", "the same rows"])
def test_39_44_a_listing_never_goes_on_for_ever(name: str, moving: bool):
    asked: list[str] = []

    class Endless(dict[str, str]):
        def get(self, url: str, default: object = None) -> str:
            pager = ENDLESS[name].replace("{page}", str(len(asked)))
            return ROW.replace("{n}", str(len(asked)) if moving else "1") + pager

    listing = walked(platform_named(name), listed(name, url="/gk/zj/index.html"), Endless(), asked)
    assert len(asked) == (MOST_PAGES if moving else 2)
    assert not listing.complete


@pytest.mark.parametrize("name", ["nfcms", "ucap", "gkmlpt"])
def test_44_a_json_listing_that_repeats_is_told(name: str):
    row = {"title": "文", "url": "/gk/zj/content/post_1.html"}
    body = json.dumps({"total": 10**8, "articles": [row], "data": {"total": 10**8, "results": [row]}})

    class Same(dict[str, str]):
        def get(self, url: str, default: object = None) -> str:
            return body

    asked: list[str] = []
    column = listed(name, column=4310) if name != "ucap" else listed(name, url=f"/common/search/{CHANNEL}")
    listing = walked(platform_named(name), column, Same(), asked)
    assert (len(asked) <= 3, len(listing.rows)) == (True, 1)
    assert listing.complete == (name == "nfcms")


def read_saved(name: str, url: str, payload: bytes) -> ListingPage:
    column = listed(name, base_url=url, host=urlsplit(url).netloc, url=url)
    platform = platform_named(name)
    return platform.read(column, platform.first(column), answered(url, payload))


@pytest.mark.parametrize("name", HTML_READERS)
def test_saved_lists(name: str, shared: Path):
    folder = shared / "pages" / "lists"
    with (folder / "expected.tsv").open(encoding="utf-8") as table:
        for line in csv.DictReader(table, delimiter="\t"):
            page = read_saved(name, line["url"], (folder / line["file"]).read_bytes())
            found = [f"{row.title}|{row.published_on}|{row.url}" for row in page.rows]
            expected = [line[f"row{number}"].replace("\u3000", " ") for number in range(1, 6)]
            assert len(found) == int(line["row_count"]), line["file"]
            assert found[:5] == [row for row in expected if row]
            assert found[-1:] == [row for row in [line["row_last"].replace("\u3000", " ")] if row]
            assert [request.url for request in page.following] == [url for url in [line["next_url"]] if url]


@pytest.mark.parametrize("name", BUILT)
def test_saved_challenges_and_shells_give_no_rows(name: str, shared: Path):
    for path in sorted((shared / "pages" / "other").glob("*.html")):
        try:
            page = read_saved(name, "http://www.qinghe.example/gkmlpt/index", path.read_bytes())
        except UnreadableError:
            continue
        assert (page.rows, page.dropped) == ((), ()), path.name
