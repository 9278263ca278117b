"""Which documents a run asks for, and in which order."""

from datetime import UTC, date, datetime

import pytest

from scrapers.answer import Answer
from scrapers.capture import Entry, Known
from scrapers.documents import plan, sent_home

NOW = datetime(2024, 8, 7, tzinfo=UTC)


def entry(name: str, day: date | None = None, fetch: str | None = None) -> Entry:
    return Entry("r", "s", "c", f"/{name}", fetch or f"/{name}", name, day, "/", {})


def known(*names: str) -> dict[str, Known]:
    return {f"/{name}": Known(f"/{name}", None, None, "sha256:00", NOW) for name in names}


def test_new_then_held_then_no_longer_listed():
    wanted = plan([entry("held"), entry("new")], ["/missed", "/held", "/gone"], known("gone", "held"), None)
    assert [one.fetch_url for one in wanted] == ["/new", "/missed", "/held", "/gone"]
    assert [one.known is not None for one in wanted] == [False, False, True, True]
    assert [one.entry is not None for one in wanted] == [True, False, True, False]


def test_58_one_document_in_two_columns_is_asked_once():
    assert len(plan([entry("a"), entry("a")], (), {}, None)) == 1


def test_since_leaves_out_what_is_listed_as_older():
    entries = [entry("old", date(2023, 1, 1)), entry("day", date(2024, 1, 1)), entry("undated")]
    wanted = plan(entries, ["/old"], known("old"), date(2024, 1, 1))
    assert [one.fetch_url for one in wanted] == ["/day", "/undated"]


def test_a_document_held_under_its_json_is_not_unlisted():
    wanted = plan([entry("a", fetch="/a.json")], (), known("a.json", "a"), None)
    assert [one.fetch_url for one in wanted] == ["/a.json"]


@pytest.mark.parametrize(
    ("asked", "final", "home"),
    [
        ("http://h/gk/a.html", "http://h/", True),
        ("http://h/gk/a.html", "http://h/index.html", True),
        ("http://h/gk/a.html", "http://h/gk/b.html", False),
        ("http://h/", "http://h/index.html", False),
    ],
)
def test_32_a_home_page_is_no_document(asked: str, final: str, home: bool):
    assert sent_home(Answer(asked, final, NOW, "ok", None, 200)) is home
