"""Protects what stands before the pages: scripts stay text, only this machine asks, odd input gets a page."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

PAGES = ["/", "{summary}", "{summary}/capture", "/none"]


@pytest.mark.parametrize("path", [*PAGES, "/healthz", "/static/style.css"])
def test_every_answer_has_a_strict_policy(get, made, path: str) -> None:
    policy = get(path.format(summary=made.summary)).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES[:3])
def test_a_script_in_a_title_stays_text(get, made, read, path: str) -> None:
    page = read(get(path.format(summary=made.summary)).text)
    assert made.title in page.text
    assert "script" not in page.tags


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_chinese_and_needs_nothing_from_elsewhere(get, made, path: str) -> None:
    text = get(path.format(summary=made.summary)).text
    assert '<html lang="zh-CN">' in text
    assert re.findall(r'<link[^>]+href="([^"]+)"', text) == ["/static/style.css"]
    assert not re.search(r'\s(?:style|on\w+|src)="', text)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_other_hosts_are_refused(get, host: str) -> None:
    assert get("/", host=host).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "127.0.0.1"])
def test_this_machine_is_answered(get, host: str) -> None:
    assert get("/", host=host).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?page=0", 400),
        ("/?page=-1", 400),
        ("/?page=" + "9" * 40, 400),
        ("/?page=٣", 400),
        ("/?year=20x4", 400),
        ("/?year=%00", 400),
        ("/?page=3", 404),
        ("/?office=%00%ff", 200),
        ("/none", 404),
        ("/docs", 404),
        ("/openapi.json", 404),
        ("/documents/0000000000000000", 404),
        ("/documents/..%2f..%2fetc%2fpasswd", 404),
        ("/documents/%27%20or%201=1", 404),
        ("{summary}/capture?version=9", 404),
        ("{summary}/capture?version=x", 400),
        ("{only_listed}/capture", 404),
        ("/static/../app.py", 404),
    ],
)
def test_odd_addresses_get_a_page_and_never_a_trace(get, made, path: str, status: int) -> None:
    page = get(path.format(summary=made.summary, only_listed=made.only_listed))
    assert page.status_code == status
    assert '<html lang="zh-CN">' in page.text
    assert "Traceback" not in page.text


def test_nothing_can_be_written(get) -> None:
    assert [get("/", method=method).status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3


def test_a_bug_is_a_page_without_a_trace(get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.queries.filters", lambda connection: 1 / 0)
    page = get("/")
    assert page.status_code == 500
    assert "程序出错了" in page.text
    assert "ZeroDivision" not in page.text
    assert "content-security-policy" in page.headers


def test_pages_are_served_at_the_same_time(get, made) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert {page.status_code for page in pool.map(get, ["/", made.summary] * 8)} == {200}
