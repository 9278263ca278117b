"""A run's digest: one message where something changed, vanished, came back or failed, none otherwise."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.digest import LINES_MAX, Digest, digest
from flows.loading import latest
from flows.notifying import VARIABLE, notify, targets
from flows.run_results import SiteResult
from tests.flows.nights.conftest import Nights, listing, report
from tests.scrapers.server import answer

WITHOUT_A1 = listing(("/zj/a2.html", "清河街道2022年工作总结"))
WITH_BOTH = listing(("/zj/a1.html", "清河街道2023年工作总结"), ("/zj/a2.html", "清河街道2022年工作总结"))


def news_of(nights: Nights, **changes: list[bytes]) -> Digest:
    """Crawl the site with `changes` and return what the run has to tell."""
    before: Path | None = latest(nights.layout)
    started_at = datetime.now(UTC)
    nights.serve(**changes)
    result = nights.crawl()
    return digest(before, result.loaded.published, started_at, result.failed)


def test_the_first_run_and_an_unchanged_night_have_no_news(nights: Nights):
    assert news_of(nights).is_empty
    assert news_of(nights).is_empty


def test_a_corrected_figure_is_told_once(nights: Nights):
    nights.crawl()
    news = news_of(nights, a1=[report("61.9")])
    assert news.title == "gongkai: 1 figures changed"
    assert "规上工业总产值 (2023-12-31): 63.4亿元 → 61.9亿元" in news.body
    assert f"{nights.server.url}/zj/a1.html" in news.body
    assert news_of(nights).is_empty


def test_a_take_down_and_a_return_are_told_once_each(nights: Nights):
    nights.crawl()
    assert news_of(nights, listing=[WITHOUT_A1], a1=[answer(404, b"gone")]).is_empty
    gone = news_of(nights)
    assert gone.title == "gongkai: 1 documents taken down"
    assert "a1.html" in gone.body
    assert news_of(nights).is_empty
    assert news_of(nights, listing=[WITH_BOTH], a1=[report()]).title == "gongkai: 1 documents back"
    assert news_of(nights).is_empty


def test_a_failed_site_is_told_with_its_reason(nights: Nights):
    nights.crawl()
    news = news_of(nights, listing=[answer(404, b"")])
    assert news.title == "gongkai: 1 sites failed"
    assert "qinghe: " in news.body


def test_a_long_digest_is_cut():
    failed = tuple(SiteResult(f"site{number}", None, None, ("failed",)) for number in range(LINES_MAX + 3))
    lines = Digest(failed=failed).body.split("\n")
    assert (len(lines), lines[-1]) == (LINES_MAX + 2, "and 3 more")


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A web hook on loopback: its address in apprise's form, and the messages it got."""
    got: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_request(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"json://127.0.0.1:{server.server_port}/hook", got
        server.shutdown()
        thread.join()


def test_a_digest_is_sent_to_every_address(hook: tuple[str, list[dict[str, str]]]):
    address, got = hook
    assert notify(Digest(failed=(SiteResult("qinghe", None, None, ("no answer",)),)), [address, address])
    assert [message["title"] for message in got] == ["gongkai: 1 sites failed"] * 2
    assert "qinghe: no answer" in got[0]["message"]


def test_nothing_is_sent_without_news(hook: tuple[str, list[dict[str, str]]]):
    address, got = hook
    assert notify(Digest(), [address])
    assert got == []


def test_an_address_that_fails_is_told_without_its_secrets(capsys: pytest.CaptureFixture[str]):
    news = Digest(failed=(SiteResult("qinghe", None, None, ("no answer",)),))
    assert not notify(news, ["nonsense", "json://user:secret@127.0.0.1:9/hook"])
    told = capsys.readouterr().err
    assert "address 1 is none that apprise knows" in told
    assert "address 2 did not take the digest" in told
    assert "secret" not in told


def test_addresses_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, " json://a.example \n mailto://b.example ")
    assert targets() == ("json://a.example", "mailto://b.example")
    monkeypatch.delenv(VARIABLE)
    assert targets() == ()
