"""Which documents a run asks for, and in which order."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scrapers.answer import Answer
from scrapers.capture import Earlier, Entry, History, Known
from scrapers.documents import plan, sent_home

NOW = datetime(2024, 8, 7, tzinfo=UTC)


def entry(name: str, day: date | None = None, fetch: str | None = None) -> Entry:
    return Entry("r", "s", "c", f"/{name}", fetch or f"/{name}", name, day, "/", {})


def known(*names: str) -> dict[str, Known]:
    return {f"/{name}": Known(f"/{name}", None, None, "sha256:00", NOW) for name in names}


def test_new_then_held_then_no_longer_listed():
    earlier = Earlier(known("gone", "held"), listed=["/missed", "/held", "/gone"])
    wanted = plan([entry("held"), entry("new")], earlier, now=NOW)
    assert [one.fetch_url for one in wanted] == ["/new", "/missed", "/held", "/gone"]
    assert [one.known is not None for one in wanted] == [False, False, True, True]
    assert [one.entry is not None for one in wanted] == [True, False, True, False]


def test_58_one_document_in_two_columns_is_asked_once():
    assert len(plan([entry("a"), entry("a")], Earlier(), now=NOW)) == 1


def test_since_leaves_out_what_is_listed_as_older():
    entries = [entry("old", date(2023, 1, 1)), entry("day", date(2024, 1, 1)), entry("undated")]
    wanted = plan(entries, Earlier(known("old"), listed=["/old"]), now=NOW, since=date(2024, 1, 1))
    assert [one.fetch_url for one in wanted] == ["/day", "/undated"]


def test_a_document_held_under_its_json_is_not_unlisted():
    wanted = plan([entry("a", fetch="/a.json")], Earlier(known("a.json", "a")), now=NOW)
    assert [one.fetch_url for one in wanted] == ["/a.json"]


def many(number: int) -> dict[str, Known]:
    return known(*(str(index) for index in range(number)))


def history(**facts: object) -> History:
    usual = {"since": NOW - timedelta(days=1000), "asked_at": NOW - timedelta(days=1), "outcome": "unchanged"}
    return History(**usual | facts)  # type: ignore[arg-type]


def asked(entries: list[Entry], histories: dict[str, History], **more: object) -> set[str]:
    """Return which of 10,000 documents held a run asks for beside the 200 that are due anyway."""
    held = many(10_000)
    rested = {url: history(asked_at=NOW - timedelta(days=50)) for url in list(held)[:200]}
    told = {url: history() for url in held} | histories | rested
    wanted = plan(entries, Earlier(held, told), now=NOW, **more)  # type: ignore[arg-type]
    return {one.fetch_url for one in wanted} - rested.keys()


def test_a_night_without_news_asks_for_a_fiftieth():
    held = many(10_000)
    histories = {url: history() for url in held}
    entries = [entry(url[1:]) for url in held]
    assert len(plan(entries, Earlier(held, histories), now=NOW)) == 200


def test_everything_is_asked_where_a_person_says_so():
    held = many(1_000)
    assert len(plan([entry(url[1:]) for url in held], Earlier(held), now=NOW, everything=True)) == 1_000


def test_what_went_missing_is_asked_before_what_is_due():
    listed = [entry(url[1:]) for url in many(9_999)]
    was_listed = {url: history(listed_since=True) for url in many(10_000)}
    assert asked(listed, was_listed) == {"/9999"}
    assert asked(listed, was_listed, complete=False) == set()
    assert asked(listed, was_listed | {"/9999": history(listed_since=False)}) == set()


def test_what_a_listing_now_names_otherwise_is_asked_before_what_is_due():
    listed = [entry(url[1:]) for url in many(10_000)]
    same = {url: history(row=(url[1:], None)) for url in many(10_000)}
    assert asked(listed, same) == set()
    assert asked(listed, same | {"/700": history(row=("an older title", None))}) == {"/700"}
    assert asked(listed, same | {"/700": history(row=("700", date(2024, 1, 1)))}) == {"/700"}


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
