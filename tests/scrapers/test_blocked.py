"""A challenge is told from a genuine page by script and text together, never by the script alone."""

import csv
from pathlib import Path

import pytest

from extract.document import read_document
from scrapers.blocked import challenge

RUISHU = "<script>$_ts=window['$_ts'];$_ts.nsd=1;$_ts.cd='q';</script><script src='/a/b.js'></script>"
ARTICLE = "<p>" + "清河街道上半年完成规上工业总产值十二亿元。" * 20 + "</p>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "found"),
    [
        (412, {}, f"<html><head>{RUISHU}</head><body></body></html>", "block page"),
        (202, {}, f"<html>{RUISHU}</html>", "block page"),
        (200, {}, f"<html>{RUISHU}</html>", "block page"),
        (200, {}, f"<html>{RUISHU}{ARTICLE}</html>", None),
        (412, {}, "<html><script src='/x.js'></script></html>", "412"),
        (412, {}, "", None),
        (521, {"set-cookie": "__jsluid_h=1f; path=/"}, "<script>go()</script>", "cookies"),
        (200, {"set-cookie": "acw_sc__v2=1"}, f"<script>a()</script>{ARTICLE}", None),
        (521, {}, "<p>web server is down</p>", None),
        (200, {}, "<script>document.cookie='a=1';location.reload()</script>", "block page"),
        (403, {}, "<h1>网站防火墙</h1><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>", "block page"),
        (200, {}, f"<script>var a=1</script>{ARTICLE}", None),
        (200, {}, '{"title": "网站防火墙改造工作总结", "content": "x"}', None),
        (404, {}, "<p>页面不存在</p>", None),
        (200, {}, f"<!-- {'x' * 70_000} -->{RUISHU}", None),
        (403, {}, f"{'<p class=a></p>' * 2_000}<h1>网站防火墙</h1>", "block page"),
        (403, {}, f"{'<p class=a></p>' * 2_000}<h1>网站防火墙</h1>{ARTICLE * 2}", None),
    ],
)
def test_conclusion(status: int, headers: dict[str, str], body: str, found: str | None):
    name = challenge(status, headers, body.encode())
    assert name is None if found is None else name is not None and found in name


def test_saved_pages(shared: Path):
    folder = shared / "pages" / "other"
    statuses = {"challenge_jsl_521_mps.html": 521, "challenge_ruishu_412_shape.html": 412}
    with (folder / "expected.tsv").open(encoding="utf-8") as table:
        for line in csv.DictReader(table, delimiter="\t"):
            name = challenge(statuses.get(line["file"], 200), {}, (folder / line["file"]).read_bytes())
            assert (name is not None) == (line["kind"] == "challenge"), line["file"]


def test_hostile_pages_take_no_time():
    for body in (b"<" * 60_000, b"document.cookie=" * 4_000, b"<!--" * 16_000, b"<script" * 9_000):
        challenge(200, {}, body + b"$_ts=")


@pytest.mark.parametrize("body", [f"<html>{RUISHU}</html>", "<h1>访问过于频繁</h1><p>请输入验证码</p>"])
def test_what_is_fetched_as_a_document_is_not_read_as_a_challenge(body: str):
    assert read_document(body.encode()).kind == "challenge"
    assert challenge(200, {}, body.encode()) is not None
