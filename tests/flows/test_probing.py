"""`gongkai probe URL`: a site file that `sites check` and `crawl` accept, from one page or two."""

import json
from pathlib import Path

import pytest

from flows.demo.site import DemoSite
from flows.probing import _key
from scrapers.site import load_site
from tests.flows.conftest import Cli
from tests.flows.made_site import made_site

TEXT = "<p>" + "全年，街道扎实推进各项工作，经济运行总体平稳，民生保障持续加强。" * 8 + "</p>"
ARTICLE = f'<meta name="ArticleTitle" content="工作总结"><div id="zoom">{TEXT}</div>'


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.probing.DELAY_S", 0)


def hurry(file: Path) -> None:
    file.write_text(file.read_text("utf-8") + "\n[politeness]\ndelay_s = 0\n", "utf-8")


@pytest.mark.parametrize(
    ("key", "path", "platform"),
    [
        ("yanlan", "/", "nfcms"),
        ("yanlan", "/xxgk/ghjh/ndgzjhjzj/index.html", "nfcms"),
        ("huaipu", "/", "gkmlpt"),
        ("huaipu", "/gkmlpt/index", "gkmlpt"),
        ("weiting", "/gongkai/gongzuo/index.html", "links"),
    ],
)
def test_a_probed_site_is_found_good(
    cli: Cli,
    demo: DemoSite,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    key: str,
    path: str,
    platform: str,
) -> None:
    file = tmp_path / "probed.toml"
    assert cli("probe", demo.addresses[key] + path, "--out", file) == 0
    hurry(file)
    site = load_site(file)
    assert site.platform == platform
    assert cli("--sites", file, "sites", "check", site.key, "--json") == 0
    (column, *_) = json.loads(capsys.readouterr().out.splitlines()[-1])["sites"][0]["columns"]
    assert column["kind"] == "article"


def row(number: int) -> str:
    return f'<li><a href="202408/t20240807_{number}.html">第{number}号文</a><i>2024-08-07</i></li>'


def test_a_home_page_a_list_and_an_article_tell_the_same(cli: Cli, tmp_path: Path) -> None:
    crumb = '<a href="/">首页</a> &gt; <a href="/gk/gzzj/">工作总结</a>'
    paging = '<script>createPageHTML(1, 0, "index", "html")</script>'
    pages = {
        "/": '<meta name="SiteName" content="清河街道办事处"><a href="gk/gzzj/">工作总结</a>'
        '<a href="/">工作计划</a>',
        "/gk/gzzj/": f"<title>工作总结</title>{crumb}<ul>{row(1)}{row(2)}</ul>{paging}",
        "/gk/gzzj/202408/t20240807_1.html": crumb + ARTICLE,
    }
    with made_site(pages) as site:
        found = []
        for number, path in enumerate(pages):
            assert cli("probe", site.url + path, "--out", tmp_path / f"{number}.toml") == 0
            probed = load_site(tmp_path / f"{number}.toml")
            found.append((probed.platform, [(column.name, column.url) for column in probed.columns]))
        assert load_site(tmp_path / "0.toml").name == "清河街道办事处"
    assert found == [("trs", [("工作总结", f"{site.url}/gk/gzzj/")])] * 3


def test_crawl_takes_a_probed_file(cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paging = '<script>createPageHTML(1, 0, "index", "html")</script>'
    pages = {"/gk/gzzj/": f"<title>工作总结</title><ul>{row(1)}{row(2)}</ul>{paging}"}
    with made_site(pages) as site:
        file = tmp_path / "probed.toml"
        assert cli("probe", site.url + "/gk/gzzj/", "--out", file) == 0
        hurry(file)
        capsys.readouterr()
        assert cli("--sites", file, "crawl", load_site(file).key, "--dry-run", "--json") == 0
    (plan,) = json.loads(capsys.readouterr().out)["sites"]
    assert [planned["title"] for planned in plan["rows"]] == ["第1号文", "第2号文"]


def test_a_page_without_columns_says_so(cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with made_site({"/": "<p>欢迎</p>"}) as site:
        assert cli("probe", site.url + "/") == 0
    printed = capsys.readouterr()
    assert "no column of reports was seen" in printed.err
    assert 'name = "fill in"' in printed.out


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (None, "answers 404"),
        ("<div>" * 50_000, "is too large to be parsed"),
        ("<script>document.cookie='__jsl_clearance_s=1';location.href='/'</script>", "challenge"),
    ],
)
def test_what_cannot_be_recognised_has_a_reason(cli: Cli, capsys, page: str | None, told: str) -> None:
    with made_site({} if page is None else {"/": page}) as site:
        assert cli("probe", site.url + "/") == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("url", ["ftp://x.example/", "qinghe", "http://[", "http://"])
def test_what_is_no_address(cli: Cli, capsys: pytest.CaptureFixture[str], url: str) -> None:
    assert cli("probe", url) == 2
    assert "is no http or https address" in capsys.readouterr().err


def test_a_file_that_exists_is_kept(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "probed.toml"
    file.write_text("mine", encoding="utf-8")
    with made_site({"/": "<p>欢迎</p>"}) as site:
        assert cli("probe", site.url + "/", "--out", file) == 2
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("www.qinghe.gov.cn", "qinghe"),
        ("fgj.qinghe.gov.cn", "fgj-qinghe"),
        ("127.0.0.1", "127-0-0-1"),
        ("www.gov.cn", "site"),
        ("a" * 60 + ".gov.cn", "a" * 40),
    ],
)
def test_a_key_is_what_tells_a_host(host: str, key: str) -> None:
    assert _key(host) == key
