"""A listing is complete or it is not: every doubt is told, and none is taken for an end."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from scrapers import listing as module
from scrapers.answer import Answer
from scrapers.errors import UnreadableError
from scrapers.listing import Listing, walk
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest, Note, Row
from tests.scrapers.platforms.made import listed

NOW = datetime(2024, 8, 7, tzinfo=UTC)


def rows(*names: str) -> tuple[Row, ...]:
    return tuple(Row(f"http://h/{name}", f"http://h/{name}", name, None) for name in names)


def to(number: int, *instead: ListingRequest) -> tuple[ListingRequest, ...]:
    return (ListingRequest(f"http://h/list/{number}", "page", number, instead),)


@dataclass
class Scripted:
    """A platform whose pages are given; page numbers without a script do not answer."""

    pages: dict[int, ListingPage | str]
    start: ListingRequest = to(1)[0]
    asked: list[str] = field(default_factory=list)
    name: str = "scripted"

    def first(self, _: Listed) -> ListingRequest:
        return self.start

    def read(self, _: Listed, request: ListingRequest, __: Answered) -> ListingPage:
        page = self.pages[request.page]
        if isinstance(page, str):
            raise UnreadableError(page)
        return page

    def holds_document(self, *_: object) -> bool:
        return True

    async def ask(self, url: str) -> Answer:
        self.asked.append(url)
        if int(url.rpartition("/")[2]) in self.pages:
            return Answer(url, url, NOW, "ok", None, 200, payload=b"x")
        return Answer(url, url, NOW, "server_error", "answers 500: server error", 500)


def walked(scripted: Scripted) -> Listing:
    return asyncio.run(walk(scripted, listed("links", url="/"), scripted.ask))


def doubts(found: Listing) -> list[str]:
    return [doubt.code for doubt in found.doubts]


def test_read_to_the_end():
    found = walked(Scripted({1: ListingPage(rows("a", "b"), to(2), 3), 2: ListingPage(rows("c"), (), 3)}))
    assert (found.complete, found.total, [seen.row.title for seen in found.rows.values()]) == (
        True,
        3,
        ["a", "b", "c"],
    )
    assert found.rows["http://h/c"].listing_url == "http://h/list/2"


def test_pinned_rows_on_every_page_are_one_entry():
    found = walked(Scripted({1: ListingPage(rows("pin", "a"), to(2)), 2: ListingPage(rows("pin", "b"))}))
    assert (len(found.rows), found.complete) == (3, True)


@pytest.mark.parametrize(
    ("pages", "codes"),
    [
        ({1: ListingPage(rows("a"), to(2))}, ["listing_failed"]),
        ({1: "is not JSON"}, ["listing_failed"]),
        ({1: ListingPage(rows("a"), to(2), 200)}, ["listing_failed", "listing_short"]),
        ({1: ListingPage(rows("a"), (), 2)}, ["listing_short"]),
        ({1: ListingPage(rows("a"), (), 2, dropped=("x",))}, []),
        (
            {
                1: ListingPage(rows("a"), to(2), 10, ("off", "bad")),
                2: ListingPage(rows("b"), to(3), 10, ("off", "bad")),
                3: ListingPage(rows("c", "d"), (), 10, ("off", "bad")),
            },
            ["listing_short"],
        ),
        ({1: ListingPage((), (), 5)}, ["listing_short"]),
        ({1: ListingPage(())}, []),
        ({1: ListingPage(rows("a"), cut="stops at 2500")}, ["listing_cut"]),
        ({1: ListingPage(rows("a"), to(2)), 2: ListingPage(rows("a"), to(3))}, ["listing_repeats"]),
        ({1: ListingPage(rows("a"), to(2)), 2: ListingPage((), to(3))}, ["listing_repeats"]),
        ({1: ListingPage(rows("a"), to(2)), 2: ListingPage(())}, ["listing_repeats"]),
        ({1: ListingPage(rows("a"), to(2)), 2: ListingPage(rows("a"))}, []),
        ({1: ListingPage(rows("a"), to(2)), 2: ListingPage(rows("b"), to(1))}, []),
    ],
    ids=[
        "46 a page fails",
        "46 a page is unreadable",
        "46 a page fails and the total tells",
        "48 the total is not reached",
        "49 rows that were dropped were there",
        "49 a dropped row that every page repeats is one row",
        "48 silently empty",
        "47 empty without a total is for the site's expectations",
        "the platform's own limit",
        "44 the same rows for ever",
        "44 empty pages for ever",
        "48 an empty page at the end",
        "a last page with only pinned rows",
        "the last page points back",
    ],
)
def test_doubts(pages: dict[int, ListingPage | str], codes: list[str]):
    found = walked(Scripted(pages))
    assert doubts(found) == codes
    assert found.complete == (not codes)


def test_45_a_list_that_shrinks_while_it_is_read_is_incomplete():
    pages = {1: ListingPage(rows("a", "b"), to(2), 4), 2: ListingPage(rows("d"), (), 3)}
    assert doubts(walked(Scripted(pages))) == ["listing_short"]


def test_what_is_asked_instead():
    start = to(1, ListingRequest("http://h/list/7", "page", 7))[0]
    scripted = Scripted({7: ListingPage(rows("a"))}, start)
    found = walked(scripted)
    assert (found.complete, scripted.asked) == (True, ["http://h/list/1", "http://h/list/7"])
    assert doubts(walked(Scripted({}, start))) == ["listing_failed"]


def test_an_optional_page_that_fails_is_no_doubt():
    better = ListingRequest("http://h/list/9", "json", 1, optional=True)
    found = walked(Scripted({1: ListingPage(rows("a"), (better,))}))
    assert (len(found.rows), found.complete) == (1, True)


def test_39_budgets_end_endless_listings(monkeypatch: pytest.MonkeyPatch):
    endless = {number: ListingPage(rows(f"r{number}"), to(number + 1)) for number in range(1, 300)}
    scripted = Scripted(dict(endless))
    assert doubts(walked(scripted)) == ["listing_budget"]
    assert len(scripted.asked) == 200
    monkeypatch.setattr(module, "MOST_ROWS", 7)
    few = Scripted(dict(endless))
    assert doubts(walked(few)) == ["listing_budget"]
    assert len(few.asked) == 7


def test_44_a_row_that_is_dropped_again_is_no_reason_to_read_on():
    pages: dict[int, ListingPage | str] = {
        number: ListingPage(rows("a"), to(number + 1), None, ("http://mirror/a",)) for number in range(1, 300)
    }
    scripted = Scripted(pages)
    assert doubts(walked(scripted)) == ["listing_repeats"]
    assert len(scripted.asked) == 2
    only_dropped = Scripted(
        {number: ListingPage((), to(number + 1), None, ("x",)) for number in range(1, 300)}
    )
    assert [doubt.message for doubt in walked(only_dropped).doubts] == [
        "page 2 of the listing repeats rows of earlier pages"
    ]
    new_each = {number: ListingPage((), to(number + 1), None, (str(number),)) for number in range(1, 4)}
    assert walked(Scripted({**new_each, 4: ListingPage(rows("a"))})).complete


def test_notes_keep_their_page():
    note = Note("row_unreadable", "x")
    found = walked(Scripted({1: ListingPage(rows("a"), notes=(note,))}))
    assert found.notes == [("http://h/list/1", note)]
    assert list(found.told_notes()) == found.notes


def test_49_a_note_on_every_page_is_told_once_with_its_count():
    note = Note("row_off_list", "2 rows", {"urls": ["x"]})
    pages = {n: ListingPage(rows(str(n)), to(n + 1) if n < 200 else (), notes=(note,)) for n in range(1, 201)}
    pages[3] = ListingPage(rows("3"), to(4), notes=(note, Note("row_unreadable", "1 row")))
    told = list(walked(Scripted(pages)).told_notes())
    assert [(url, note.code, note.message) for url, note in told] == [
        ("http://h/list/1", "row_off_list", "2 rows (the like on 199 more pages)"),
        ("http://h/list/3", "row_unreadable", "1 row"),
    ]
    assert told[0][1].data == {"urls": ["x"]}


def test_69_rows_whose_dates_cannot_be_read_are_told_once_with_an_example():
    odd = [replace(row, unread_day="2024-02-31") for row in rows("a", "b")]
    found = walked(Scripted({1: ListingPage((*rows("c"), odd[0]), to(2)), 2: ListingPage((odd[1],))}))
    ((url, note),) = found.told_notes()
    assert (url, note.code, note.data) == (
        "http://h/list/1",
        "row_date_unread",
        {"urls": ["http://h/a", "http://h/b"]},
    )
    assert note.message == "2 rows have no date here: '2024-02-31' is no day that can be read"
