"""TRS columns: list pages whose paging a script draws, read to the end the site tells."""

from datetime import date

from scrapers.platforms.protocol import ListingPage
from scrapers.platforms.trs import Trs
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

FOLDER = "http://www.qinghe.example/gk/zj/"
COLUMN = listed("trs", url="/gk/zj/")


def page(number: int, pages: int, *names: str) -> str:
    rows = "".join(
        f'<li><a href="./202408/{name}.html" title="{name}的全名">{name}…</a><i>2024-08-0{index}</i></li>'
        for index, name in enumerate(names, start=1)
    )
    return f'<ul class="list">{rows}</ul><script>createPageHTML({pages}, {number}, "index", "html");</script>'


def read(html: str, number: int = 1) -> ListingPage:
    request = Trs().first(COLUMN)
    return Trs().read(COLUMN, type(request)(request.url, "page", number), answered(FOLDER, html))


def test_rows_and_the_next_page():
    found = read(page(0, 2, "t20240802_11", "t20240801_10"))
    assert [(row.url, row.title, row.published_on) for row in found.rows] == [
        (FOLDER + "202408/t20240802_11.html", "t20240802_11的全名", date(2024, 8, 1)),
        (FOLDER + "202408/t20240801_10.html", "t20240801_10的全名", date(2024, 8, 2)),
    ]
    assert [(request.url, request.page) for request in found.following] == [(FOLDER + "index_1.html", 2)]


def test_a_column_is_walked_to_its_end():
    pages = {"": page(0, 3, "t1", "t2"), "index_1.html": page(1, 3, "t3"), "index_2.html": page(2, 3, "t4")}
    listing = walked(Trs(), COLUMN, {FOLDER + name: html for name, html in pages.items()})
    assert (len(listing.rows), listing.complete) == (4, True)


def test_44_a_script_that_says_page_one_for_ever():
    pages = {"": page(0, 3, "t1"), "index_1.html": page(0, 3, "t2"), "index_2.html": page(0, 3, "t3")}
    listing = walked(Trs(), COLUMN, {FOLDER + name: html for name, html in pages.items()})
    assert (len(listing.rows), listing.complete) == (3, True)


def test_48_a_stub_behind_the_published_pages_is_told():
    stub = '<html><body></body><script>createPageHTML(3, 1, "index", "html");</script></html>'
    listing = walked(Trs(), COLUMN, {FOLDER: page(0, 3, "t1"), FOLDER + "index_1.html": stub})
    assert [doubt.code for doubt in listing.doubts] == ["listing_repeats"]
