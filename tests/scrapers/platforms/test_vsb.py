"""Visual SiteBuilder columns: page numbers go down, and the pager tells how many rows there are."""

from scrapers.platforms.vsb import Vsb
from tests.scrapers.platforms.made import answered, listed
from tests.scrapers.platforms.walks import walked

FOLDER = "http://www.qinghe.example/gk/"
COLUMN = listed("vsb", url="/gk/zj.htm")


def page(total: int, following: str | None, up: str, *numbers: int) -> str:
    rows = "".join(
        f'<li><a href="{up}info/1021/{number}.htm">第{number}号文</a><span>2024-08-07</span></li>'
        for number in numbers
    )
    after = f'<span class="p_next p_fun"><a href="{following}">下页</a></span>' if following else ""
    return f'<ul>{rows}</ul><span class="p_t">共{total}条</span><span class="p_pages">{after}</span>'


PAGES = {
    FOLDER + "zj.htm": page(5, "zj/2.htm", "../", 5, 4),
    FOLDER + "zj/2.htm": page(5, "1.htm", "../../", 3, 2),
    FOLDER + "zj/1.htm": page(5, None, "../../", 1),
}


def test_pages_are_followed_downwards_to_the_first_number():
    asked: list[str] = []
    listing = walked(Vsb(), COLUMN, PAGES, asked)
    assert asked == list(PAGES)
    assert (len(listing.rows), listing.total, listing.complete) == (5, 5, True)
    assert "http://www.qinghe.example/info/1021/1.htm" in listing.rows


def test_48_a_total_that_is_not_reached_is_told():
    listing = walked(Vsb(), COLUMN, {FOLDER + "zj.htm": page(7, None, "../", 1)})
    assert [doubt.code for doubt in listing.doubts] == ["listing_short"]


def test_rows_without_dates_are_known_by_their_addresses():
    html = "".join(f'<p><a href="info/1021/{number}.htm">第{number}号文</a></p>' for number in (1, 2, 3))
    found = Vsb().read(COLUMN, Vsb().first(COLUMN), answered(FOLDER + "zj.htm", html))
    assert len(found.rows) == 3
