"""Platforms are known by their signs, tested in the order in which one wraps the other."""

import csv
from pathlib import Path

import pytest

from extract.decode import decode
from scrapers.probe import FoundColumn, recognise, report_columns, site_toml
from scrapers.site import load_site

URL = "http://www.qinghe.example/xxgk/index.html"


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


def test_columns_of_a_home_page():
    html = """<a href="/xxgk/gzzj/">工作总结</a><a href="/xxgk/ghjh/index.html">年度工作计划及总结</a>
    <a href="/xxgk/gzzj/">工作总结</a><a href="http://mirror.example/gzzj/">工作总结</a>
    <a href="/a/post_1.html">清河街道办事处关于印发二〇二四年上半年工作总结的通知</a><a href="/b">新闻</a>"""
    assert report_columns(URL, html) == (
        FoundColumn("工作总结", url="http://www.qinghe.example/xxgk/gzzj/"),
        FoundColumn("年度工作计划及总结", url="http://www.qinghe.example/xxgk/ghjh/index.html"),
    )


def test_columns_of_a_catalogue_tree():
    html = """<script>window._CONFIG={SID:'755099', TREE:[{"id":1,"name":"法定公开","children":[
    {"id":512,"name":"工作总结","children":[]},{"id":513,"name":"工作计划","jump_url":"http://x.example"}]}],
    SERVICE_AREA_ID: 1}</script>"""
    assert report_columns(URL, html) == (FoundColumn("工作总结", column=512, sid="755099"),)
    assert report_columns(URL, "TREE:[{broken") == ()


@pytest.mark.parametrize(
    ("platform", "columns", "used"),
    [
        ("nfcms", (FoundColumn('工作"总结"\n', url="/gk/zj/"),), "nfcms"),
        ("gkmlpt", (FoundColumn("工作总结", column=512, sid="755099"),), "gkmlpt"),
        ("lonsun", (FoundColumn("工作总结", url="/zj/"),), "links"),
        ("links", (), "links"),
    ],
)
def test_a_written_site_file_loads(
    tmp_path: Path, platform: str, columns: tuple[FoundColumn, ...], used: str
):
    path = tmp_path / "site.toml"
    text = site_toml(
        key="qinghe",
        name="清河区人民政府",
        base_url="http://127.0.0.1:8000",
        platform=platform,
        columns=columns,
        signs=("a sign",),
    )
    path.write_text(text, encoding="utf-8")
    site = load_site(path)
    assert (site.platform, site.hosts, site.verified) == (used, ("127.0.0.1:8000",), ("seen: a sign",))
    assert ("recognised as lonsun" in site.notes) == (platform == "lonsun")
    assert [(one.name, one.url, one.column) for one in columns] == [
        (one.name, one.url, one.column) for one in site.columns if one.name != "fill in"
    ]
