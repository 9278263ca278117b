"""One spelling for each address, and nothing outside the allow-list."""

import pytest

from scrapers.address import Hosts, canonical, host_key, host_name, joined

HOSTS = Hosts(["www.qinghe.example", "qinghe.example", "127.0.0.1:8080"], "http://www.qinghe.example")


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HTTP://WWW.Qinghe.example:80/a/b.html#top", "http://www.qinghe.example/a/b.html"),
        ("https://qinghe.example:443", "https://qinghe.example/"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("http://qinghe.example/总结 2024.html", "http://qinghe.example/%E6%80%BB%E7%BB%93%202024.html"),
        ("http://qinghe.example/a%25b%23c.html", "http://qinghe.example/a%25b%23c.html"),
        ("http://qinghe.example/a;jsessionid=0A1B.html", "http://qinghe.example/a"),
        ("http://qinghe.example/a;jsessionid=0A1B?id=3", "http://qinghe.example/a?id=3"),
        ("http://qinghe.example/a?id=3&utm_source=x&spm=1", "http://qinghe.example/a?id=3"),
        ("http://qinghe.example/a?dispmode=%B1&x=1", "http://qinghe.example/a?dispmode=%B1&x=1"),
        ("http://qinghe.example/a?q=一&p=2", "http://qinghe.example/a?q=%E4%B8%80&p=2"),
        ("http://qinghe.example/open/../secret/./a.html", "http://qinghe.example/secret/a.html"),
        ("http://qinghe.example/open/%2e%2E/../../secret/", "http://qinghe.example/secret/"),
        ("http://qinghe.example/gk/b/..", "http://qinghe.example/gk/"),
        ("http://qinghe.example/a..b/...", "http://qinghe.example/a..b/..."),
        ("http://qinghe.example/%e6%80%bb%7E%73.html", "http://qinghe.example/%E6%80%BB~s.html"),
        ("http://qinghe.example/100%/%zz.html", "http://qinghe.example/100%/%zz.html"),
        (r"http:\\qinghe.example\gk\a.html?q=\b", "http://qinghe.example/gk/a.html?q=%5Cb"),
        ("http://qinghe.example/\ud800.html", None),
        ("http://\ud800.qinghe.example/", None),
        ("http://qinghe.example/" + "a/" * 5_000, None),
        ("javascript:void(0)", None),
        ("mailto:a@qinghe.example", None),
        ("http:///nohost", None),
        ("http://qinghe.example:99999/", None),
        ("http://[broken/", None),
    ],
)
def test_spelling(written: str, spelled: str | None):
    assert canonical(written) == spelled


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("./2024/t1.html", "http://qinghe.example/gk/2024/t1.html"),
        ("../index_2.html", "http://qinghe.example/index_2.html"),
        ("//qinghe.example/x", "http://qinghe.example/x"),
        (r"2024\t1.html", "http://qinghe.example/gk/2024/t1.html"),
        (r"\\baixi.example\x", "http://baixi.example/x"),
        (" t1\t.html\r\n", "http://qinghe.example/gk/t1.html"),
        ("data:text/html,x", None),
        ("http://[bad", None),
    ],
)
def test_joining(reference: str, meant: str | None):
    assert joined("http://qinghe.example/gk/index.html", reference) == meant


@pytest.mark.parametrize(
    ("url", "part_of_reason"),
    [
        ("http://www.qinghe.example/a", None),
        ("https://qinghe.example/a", None),
        ("http://127.0.0.1:8080/a", None),
        ("http://127.0.0.1/a", "not in `hosts`"),
        ("http://127.0.0.1:8081/a", "not in `hosts`"),
        ("http://qinghe.example:8080/a", "not in `hosts`"),
        ("http://qinghe.example.mirror.example/a", "not in `hosts`"),
        ("http://169.254.169.254/latest", "not in `hosts`"),
        ("http://2130706433/", "not in `hosts`"),
        ("http://user:pass@qinghe.example/", "user name"),
        ("ftp://qinghe.example/", "scheme ftp"),
        ("file:///etc/passwd", "scheme file"),
        ("http://qinghe.example:x/", "readable"),
    ],
)
def test_allow_list(url: str, part_of_reason: str | None):
    refusal = HOSTS.refusal(url)
    assert refusal is None if part_of_reason is None else refusal is not None and part_of_reason in refusal


@pytest.mark.parametrize(
    ("url", "rewritten"),
    [
        ("https://www.qinghe.example/a?b=1", "http://www.qinghe.example/a?b=1"),
        ("https://other.example/a", "https://other.example/a"),
        ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"),
    ],
)
def test_rows_get_the_scheme_of_base_url(url: str, rewritten: str):
    assert HOSTS.own_scheme(url) == rewritten


def test_hosts_are_counted_by_name_and_port():
    assert host_key("http://qinghe.example/a") == "qinghe.example:80"
    assert host_key("https://qinghe.example/a") == "qinghe.example:443"
    assert host_key("http://127.0.0.1:8080/a") == "127.0.0.1:8080"


SESSIONS = [
    ";jsessionid=0A1B2C",
    "?jsessionid=0A1B!-12",
    "?PHPSESSID=8f14e45f",
    "?ASPSESSIONIDQQBRCDTA=EOHBLBDDPFCLHKPGGKLILNAM",
    "?CFID=17&CFTOKEN=90b",
    "?sid=0123456789abcdef0123456789abcdef",
    "?utm_source=a&utm_medium=b",
    "?spm=a2c.1.2&gclid=x&fbclid=y",
    "#top",
    "?",
]


@pytest.mark.parametrize("tail", SESSIONS)
def test_40_sessions_and_tracking_make_no_address_of_their_own(tail: str):
    assert canonical(f"http://qinghe.example/gk/t1.html{tail}") == "http://qinghe.example/gk/t1.html"


def test_40_the_number_of_a_site_is_no_session():
    assert canonical("http://qinghe.example/api?page=1&sid=755099") == (
        "http://qinghe.example/api?page=1&sid=755099"
    )


def test_38_a_host_is_one_server_by_http_and_by_https():
    assert host_name("http://qinghe.example/a") == host_name("https://qinghe.example/b") == "qinghe.example"
    assert host_name("http://qinghe.example:8080/a") == "qinghe.example:8080"
