"""`gongkai sites check KEY`: what a site file gives on its site, what is wrong, and what to do."""

import asyncio
import json
from pathlib import Path

import pytest

from flows.demo.site import DemoSite
from flows.site_check import check_site
from scrapers.http import Limits
from scrapers.site import load_site
from tests.flows.conftest import Cli
from tests.flows.made_site import made_site

COLUMN = '[[columns]]\nname = "工作总结"\nurl = "/zj/index.html"'
TEXT = "<p>" + "上半年，街道各项工作稳步推进，重点项目建设加快，民生实事有序落实。" * 8 + "</p>"
ARTICLE = f'<title>工作总结</title><meta name="ArticleTitle" content="工作总结"><div id="zoom">{TEXT}</div>'


def rows(*names: str, day: str = "2024-08-07") -> str:
    return "".join(f'<li><a href="{name}">{name}工作总结</a><i>{day}</i></li>' for name in names)


def test_the_demo_s_sites_are_found_good(
    cli: Cli, demo: DemoSite, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = demo.site_files[0].parent
    assert cli("--sites", folder, "sites", "check", "yanlan", "huaipu", "weiting", "--json") == 0
    sites = json.loads(capsys.readouterr().out)["sites"]
    assert [(site["site"], site["failed"]) for site in sites] == [
        ("yanlan", False),
        ("huaipu", False),
        ("weiting", False),
    ]
    columns = [column for site in sites for column in site["columns"]]
    assert all(column["rows"] == column["dated"] > 0 for column in columns)
    assert all((column["kind"], column["problems"]) == ("article", []) for column in columns)


def test_a_site_is_asked_a_few_times_and_nothing_is_stored(cli: Cli, tmp_path: Path, capsys) -> None:
    names = [f"index_{number}.html" for number in range(9)]
    pages = {
        f"/zj/{name}": rows(f"{name}.htm") + f'<a href="{after}">下一页</a>'
        for name, after in zip(["index.html", *names], names, strict=False)
    }
    with made_site({**pages, "/zj/index.html.htm": ARTICLE}) as site:
        file = site.write_site_file(tmp_path, "links", COLUMN)
        assert cli("--sites", file, "sites", "check", "qinghe") == 0
    assert len(site.requests) == 6  # robots.txt, four pages of the listing, a document
    printed = capsys.readouterr()
    assert "more pages" in printed.out
    assert printed.err == ""
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("pages", "code", "told"),
    [
        ({}, 4, "listing_failed"),
        ({"/zj/index.html": "<title>工作总结</title><p>加载中</p>"}, 4, "no rows were found"),
        ({"/zj/index.html": "<title>404</title><p>页面不存在</p>"}, 4, "is an error page"),
        ({"/zj/index.html": rows("a1")}, 4, "the first document answers 404"),
        ({"/zj/index.html": rows("a1"), "/zj/a1": "<p>无</p>"}, 4, "set `body` under [profile]"),
        (
            {"/zj/index.html": rows("a1", "http://mirror.example/a2"), "/zj/a1": ARTICLE},
            0,
            "add a host to `hosts`",
        ),
        ({"/zj/index.html": rows("a1") + "共9页", "/zj/a1": ARTICLE}, 0, "older rows stay out of reach"),
        (
            {
                "/zj/index.html": "".join(
                    f'<p><a href="content/post_{n}.html">第{n}号</a></p>' for n in (1, 2, 3)
                ),
                "/zj/content/post_1.html": ARTICLE,
            },
            0,
            "3 of 3 rows have no date",
        ),
        ({"/robots.txt": "User-agent: *\nDisallow: /zj/"}, 4, "is disallowed by robots.txt"),
    ],
    ids=["404", "shell", "soft 404", "gone", "no text", "foreign host", "pager", "no dates", "robots"],
)
def test_what_is_wrong_is_told_with_what_to_do(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str], pages: dict[str, str], code: int, told: str
) -> None:
    with made_site(pages) as site:
        assert (
            cli("--sites", site.write_site_file(tmp_path, "links", COLUMN), "sites", "check", "qinghe")
            == code
        )
    error = capsys.readouterr().err
    assert (told if told != "listing_failed" else "mend `url`") in error
    assert error.startswith("gongkai: qinghe: 工作总结: ")


def test_keys_and_files_that_are_none(cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with made_site({}) as site:
        file = site.write_site_file(tmp_path, "links", COLUMN)
        assert cli("--sites", file, "sites", "check", "nowhere") == 2
        assert "known are qinghe" in capsys.readouterr().err
        site.write_site_file(tmp_path, "wordpress", COLUMN)
        assert cli("--sites", file, "sites", "check", "qinghe") == 2
        assert "platform" in capsys.readouterr().err
    assert site.requests == []


def test_a_site_whose_rules_cannot_be_known_is_left_alone(tmp_path: Path) -> None:
    with made_site({}) as site:
        tried = load_site(site.write_site_file(tmp_path, "links", COLUMN))
    found = asyncio.run(check_site(tried, contact=None, tell=lambda _: None, limits=Limits(tries=1)))
    assert (found.columns, found.failed) == ((), True)
    assert "robots.txt cannot be known" in (found.closed or "")


def test_texts_come_from_the_page_where_the_json_has_none(cli: Cli, tmp_path: Path) -> None:
    pages = {"/zj/index.html": rows("content/post_1000001.html"), "/zj/content/post_1000001.html": ARTICLE}
    with made_site(pages) as site:
        assert (
            cli("--sites", site.write_site_file(tmp_path, "nfcms", COLUMN), "sites", "check", "qinghe") == 0
        )
    assert site.requests[-2:] == ["/postmeta/p/1/1000/1000001.json", "/zj/content/post_1000001.html"]
