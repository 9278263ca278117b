"""Which documents held are asked for again: a bounded share, those in doubt first, then the most overdue."""

from datetime import UTC, datetime, timedelta

import pytest

from scrapers.capture import History, Known
from scrapers.revisit import LEAST, due, is_unsettled, overdue, rest

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)


def known(count: int) -> dict[str, Known]:
    return {
        f"/{number:05}": Known(f"/{number:05}", None, None, "sha256:00", NOW - DAY) for number in range(count)
    }


def history(age: timedelta = 1000 * DAY, asked: timedelta = DAY, **more: object) -> History:
    return History(NOW - age, NOW - asked, **{"outcome": "unchanged", **more})  # type: ignore[arg-type]


def test_a_small_site_is_asked_for_all_of_its_documents():
    assert due(known(LEAST), {}, (), NOW) == known(LEAST).keys()


@pytest.mark.parametrize(("held", "asked"), [(1_000, 200), (10_000, 200), (50_000, 1_000)])
def test_a_run_asks_for_a_fiftieth_and_never_for_less_than_200(held: int, asked: int):
    assert len(due(known(held), {}, (), NOW)) == asked


def test_all_documents_have_their_turn():
    """The one asked least lately comes first, so that nothing starves however old it is."""
    documents = known(1_000)
    histories = {url: history() for url in documents}
    seen: set[str] = set()
    for night in range(5):
        now = NOW + night * DAY
        chosen = due(documents, histories, (), now)
        histories |= {url: History(NOW - 1000 * DAY, now, "unchanged") for url in chosen}
        seen |= chosen
    assert seen == documents.keys()


def test_the_young_rest_less_than_the_old_and_the_restless_less_than_the_still():
    assert rest(history(age=DAY), NOW) == DAY
    assert rest(history(age=100 * DAY), NOW) == 10 * DAY
    assert rest(history(age=100 * DAY, changes=4), NOW) == 2 * DAY
    assert rest(history(age=20 * 365 * DAY), NOW) == 180 * DAY
    assert rest(None, NOW) == DAY


def test_overdue_counts_rests_since_the_last_request():
    document = known(1)["/00000"]
    assert overdue(document, history(age=100 * DAY, asked=20 * DAY), NOW) == pytest.approx(2)
    assert overdue(document, None, NOW) == pytest.approx(1)


def test_young_ones_are_asked_before_old_ones_that_rested_as_long():
    documents = known(400)
    young = set(list(documents)[:150])
    histories = {url: history(age=(5 if url in young else 3000) * DAY, asked=3 * DAY) for url in documents}
    assert young <= due(documents, histories, (), NOW)


def test_those_in_doubt_come_first_within_the_budget():
    documents = known(10_000)
    histories = {url: history() for url in documents} | {"/09999": history(outcome="server_error")}
    assert {"/09998", "/09999"} <= due(documents, histories, {"/09998"}, NOW)
    assert len(due(documents, histories, documents.keys(), NOW)) == 200


@pytest.mark.parametrize(
    ("outcome", "refusals", "unsettled"),
    [
        ("ok", 0, False),
        ("unchanged", 0, False),
        ("not_found", 1, True),
        ("gone", 2, False),
        ("blocked", 0, True),
        ("network_error", 0, True),
    ],
)
def test_an_answer_settles_what_became_of_a_document(outcome: str, refusals: int, unsettled: bool):
    assert is_unsettled(history(outcome=outcome, refusals=refusals)) is unsettled
    assert not is_unsettled(None)
