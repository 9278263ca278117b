"""What a page tells of its site: the columns that look like reports, and a site file that loads."""

from pathlib import Path

import pytest

from scrapers.errors import UnreadableError
from scrapers.probe import FoundColumn, look_over, site_toml, together
from scrapers.site import load_site

URL = "http://www.qinghe.example/xxgk/"


def columns(html: str, url: str = URL) -> tuple[FoundColumn, ...]:
    return look_over(url, html).columns


def test_columns_of_a_home_page():
    html = """<a href="/xxgk/gzzj/">工作总结</a><a href="/xxgk/ghjh/index.html">年度工作计划及总结</a>
    <a href="/xxgk/gzzj/">工作总结</a><a href="http://mirror.example/gzzj/">工作总结</a>
    <a href="/a/post_1.html">清河街道办事处关于印发二〇二四年上半年工作总结的通知</a><a href="/b">新闻</a>"""
    assert columns(html) == (
        FoundColumn("工作总结", url="http://www.qinghe.example/xxgk/gzzj/"),
        FoundColumn("年度工作计划及总结", url="http://www.qinghe.example/xxgk/ghjh/index.html"),
    )


def test_a_short_title_of_a_document_is_no_column():
    assert columns('<a href="/xxgk/content/post_1.html">工作总结</a>') == ()
    assert columns('<a href="/zj/a1.html">清河街道2023年工作总结</a>') == (), "a report, told by its year"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.qinghe.example/bjtj/gkmlpt/index",
        "http://www.qinghe.example/bjtj/gkmlpt/index#512",
        "http://www.qinghe.example/bjtj/gkmlpt/content/1/1000/post_1000001.html",
    ],
)
def test_columns_of_a_catalogue_tree_are_told_apart(url: str):
    html = """<script>window._CONFIG={SID:'755099', TREE:[{"id":1,"name":"法定公开","children":[
    {"id":512,"name":"工作总结","children":[]},{"id":513,"name":"工作计划","jump_url":"http://x.example"},
    {"id":514,"name":"工作总结"},{"id":"515","name":"工作总结"},{"id":-516,"name":"工作总结"},7]}],
    SERVICE_AREA_ID: 1}</script>"""
    index = "http://www.qinghe.example/bjtj/gkmlpt/index"
    assert columns(html, url) == (
        FoundColumn("工作总结", index, 512, "755099"),
        FoundColumn("工作总结 (2)", index, 514, "755099"),
    )


@pytest.mark.parametrize("tree", ["TREE:[{broken", "TREE:" + "[" * 100_000, "TREE:[]"])
def test_a_catalogue_tree_that_is_none(tree: str):
    assert columns(tree, "http://www.qinghe.example/gkmlpt/index") == ()


ROWS = "".join(
    f'<li><a href="/gk/zj/a{n}.html">清河街道第{n}号文件</a><i>2024-08-0{n}</i></li>' for n in range(1, 7)
)


def test_a_list_page_is_a_column_itself_and_comes_first():
    html = f"""<title>工作动态 - 清河区</title><meta name="ColumnName" content="工作动态">
    <meta name="SiteName" content="清河区人民政府"><a href="/gk/gzjh/">工作计划</a><ul>{ROWS}</ul>
    <script>window.NFCMS_CAT_ID="4310"</script>"""
    seen = look_over("http://www.qinghe.example/gk/dt/index.html#top", html)
    assert (seen.platform, seen.site_name) == ("nfcms", "清河区人民政府")
    assert seen.columns == (
        FoundColumn("工作动态", "http://www.qinghe.example/gk/dt/index.html", 4310),
        FoundColumn("工作计划", "http://www.qinghe.example/gk/gzjh/"),
    )


@pytest.mark.parametrize("path", ["/", "/index.html", "/default.aspx"])
def test_a_home_page_is_no_column(path: str):
    assert columns(f"<ul>{ROWS}</ul>", f"http://www.qinghe.example{path}") == ()


def test_an_article_tells_the_column_that_its_crumb_leads_to():
    html = """<meta name="ColumnName" content="街道动态"><a href="/gk/">政务公开</a> &gt;
    <a href="http://mirror.example/gk/jddt/">街道动态</a><a href="/gk/jddt/">街道动态</a>"""
    url = "http://www.qinghe.example/gk/jddt/202408/t20240807_12.html"
    seen = look_over(url, html)
    assert (seen.platform, seen.columns) == (
        "trs",
        (FoundColumn("街道动态", "http://www.qinghe.example/gk/jddt/"),),
    )


def test_a_page_without_signs_says_which_page_would_tell_more():
    first = look_over(URL, '<a href="/gk/zj/">工作总结</a>')
    assert (first.platform, first.further) == ("links", "http://www.qinghe.example/gk/zj/")
    second = look_over("http://www.qinghe.example/gk/zj/", "<script>window.NFCMS_SITE_ID=7</script>")
    both = together(first, second)
    assert (both.platform, both.signs, both.columns) == ("nfcms", second.signs, first.columns)
    assert look_over(URL, "<!-- j-info-hit --><a href='/gk/zj/'>工作总结</a>").further is None
    own = '<meta name="ColumnName" content="工作总结"><a href="/gk/zj/">工作计划</a>'
    assert look_over("http://www.qinghe.example/gk/zongjie/", own).further is None


def test_a_catalogue_is_read_in_its_index():
    home = f"""<a href="/bjtj/gkmlpt/index#512">工作总结</a><a href="/gk/zj/">工作计划</a>
    <a href="/bjtj/gkmlpt/index#{"9" * 5000}">工作总结</a>
    <script src="/gkmlpt/gkml/pc/js/app.js"></script>"""
    first = look_over(URL, home)
    index = "http://www.qinghe.example/bjtj/gkmlpt/index"
    assert (first.further, first.columns) == (index, (FoundColumn("工作总结", index, 512),))
    tree = '<script>SID:"755099",TREE:[{"id":513,"name":"统计公报"}],SERVICE_AREA_ID:1</script>'
    both = together(first, look_over(index, tree))
    assert both.columns == (FoundColumn("统计公报", index, 513, "755099"),)
    assert together(first, look_over(index, "<p>x</p>")).columns == first.columns


def test_columns_of_a_catalogue_are_none_of_the_site_around_it():
    html = '<script>window.NFCMS_SITE_ID=7</script><a href="/gkmlpt/index#512">工作总结</a>'
    assert columns(html) == ()


def test_64_a_page_too_large_to_parse_is_refused():
    with pytest.raises(UnreadableError, match="too large"):
        columns("<div>" * 50_000)


@pytest.mark.parametrize(
    ("platform", "columns", "used"),
    [
        ("nfcms", (FoundColumn('工作"总结"\n', url="/gk/zj/"),), "nfcms"),
        ("gkmlpt", (FoundColumn("工作总结", column=512, sid="755099"),), "gkmlpt"),
        ("lonsun", (FoundColumn("工作总结", url="/zj/"),), "links"),
        ("links", (), "links"),
        ("gkmlpt", (), "gkmlpt"),
        ("hanweb", (), "hanweb"),
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


def test_the_host_without_www_is_the_same_office():
    text = site_toml(
        key="qinghe", name="清河", base_url="http://www.qinghe.example", platform="trs", columns=()
    )
    assert 'hosts = ["www.qinghe.example", "qinghe.example"]' in text
