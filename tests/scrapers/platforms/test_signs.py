"""Platforms are known by their signs, tested in the order in which one wraps the other."""

import csv
from pathlib import Path

import pytest

from extract.decode import decode
from scrapers.platforms.signs import is_document, recognise

URL = "http://www.qinghe.example/xxgk/index.html"
CHANNEL = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


@pytest.mark.parametrize(
    ("url", "html", "platform"),
    [
        (URL, '<script>window.NFCMS_SITE_ID=1;</script><div class="TRS_Editor">x</div>', "nfcms"),
        (URL, '<script src="/gkmlpt/gkml/pc/js/chunk-common.js"></script>', "gkmlpt"),
        ("http://www.qinghe.example/gkmlpt/index", "<p>x</p>", "gkmlpt"),
        (URL, '<meta name="MakeTime" content="2024-08-07">', "hanweb"),
        ("http://h/art/2024/8/7/art_12_345.html", "", "hanweb"),
        (URL, "<UCAPCONTENT><p>x</p></UCAPCONTENT>", "ucap"),
        (URL, "<!--Announced by Visual SiteBuilder 9-->", "vsb"),
        ("http://h/zj/202408/t20240807_12.html", "", "trs"),
        (URL, '<script>createPageHTML(3, 0, "index", "html")</script>', "trs"),
        (URL, '<a href="./202408/t20240807_12.html">x</a>', "trs"),
        (URL, '<span class="j-info-hit" data-setting="{infoId:1}"></span>', "lonsun"),
        (URL, '<script src="/js/webBuilderCommon.js"></script>', "ewb"),
        (URL, '<script src="//pucha.kaipuyun.cn/x.js"></script><p>x</p>', "links"),
    ],
)
def test_signs(url: str, html: str, platform: str):
    found, signs = recognise(url, html)
    assert (found, bool(signs)) == (platform, platform != "links")


def test_saved_pages(shared: Path):
    names = {"ucap_kaipu": "ucap", "other": "links"}
    with (shared / "pages" / "INDEX.tsv").open(encoding="utf-8") as table:
        pages = {line["file"]: line for line in csv.DictReader(table, delimiter="\t")}
    wrong = []
    for path in sorted((shared / "pages" / "html").iterdir()):
        line = pages.get(path.name)
        if line is not None:
            family = line["platform"].partition("(")[0]
            found, _ = recognise(line["original_url"], decode(path.read_bytes()).text)
            if found != names.get(family, family):
                wrong.append((path.name, found))
    assert wrong == []


def test_an_address_tells_too():
    assert recognise("http://www.qinghe.example/gk/content/post_12.html", "<p>x</p>")[0] == "nfcms"
    assert recognise(f"http://www.qinghe.example/common/search/{CHANNEL}", "{}")[0] == "ucap"
    assert recognise("http://www.qinghe.example/info/1021/12.htm", "")[0] == "vsb"


@pytest.mark.parametrize(
    ("html", "platform"),
    [
        ('<a href="/art/2024/8/7/art_12_345.html">x</a>', "hanweb"),
        ('<a href="/col/col12/index.html">x</a>', "hanweb"),
        (f'<a href="/gk/c100/202408/{CHANNEL}.shtml">x</a>' * 5, "ucap"),
        (f'<a href="/gk/c100/202408/{CHANNEL}.shtml">x</a>' * 4, "links"),
        ('<a href="info/1021/12.htm">x</a>', "vsb"),
        ('<a href="/gk/content/post_12.html">x</a>', "nfcms"),
        ('<a href="/bjtj/gkmlpt/index">x</a>', "gkmlpt"),
        ('<a href="/gkmlpt/index">x</a><a href="/gk/content/post_12.html">x</a>', "nfcms"),
        ('<a href="http://other.example/gk/t20240807_1.html">x</a>', "links"),
        ('<a href="http://[broken/t20240807_1.html">x</a>', "links"),
    ],
)
def test_a_page_without_marks_is_known_by_the_links_to_its_own_host(html: str, platform: str):
    assert recognise(URL, html)[0] == platform


@pytest.mark.parametrize(
    ("html", "platform"),
    [
        ("<script>createPageHTML('page_div',5,1,'list','shtml',89)</script>", "ucap"),
        (f'<script>$.get("/common/search/{CHANNEL}")</script>', "ucap"),
        ('<script src="/script/AuthorizedRead/unitbuild.js"></script>', "hanweb"),
        ('<script type="text/xml"><recordset><record></record></recordset></script>', "hanweb"),
        ("<script>var m_nRecordCount = 12;</script>", "trs"),
    ],
)
def test_list_pages_are_known_by_their_paging(html: str, platform: str):
    assert recognise(URL, html)[0] == platform


@pytest.mark.parametrize(
    ("path", "document"),
    [("/gk/content/post_12.html", True), ("/gk/zj/index_2.html", False), ("/col/col12/index.html", False)],
)
def test_the_form_of_a_document(path: str, document: bool):
    assert is_document(f"http://www.qinghe.example{path}") is document
