"""Success with nothing found is no success: the run is red, and `status` knows it without a database."""

from datetime import UTC, datetime
from pathlib import Path

from flows.site_status import site_status
from tests.flows.nights.conftest import Nights, listing
from tests.scrapers.server import page


def state(nights: Nights) -> tuple[str, str]:
    (status,) = site_status(nights.layout, Path("none.toml"), datetime.now(UTC))
    return status.state, status.reason


def test_105_a_listing_without_rows_is_red(nights: Nights) -> None:
    nights.serve(listing=[listing()])
    (failed,) = nights.crawl().failed
    assert state(nights) == ("failed", failed.errors[0])


def test_105_listed_documents_that_hold_no_text_are_red_for_status_too(nights: Nights) -> None:
    challenge = page("<html><script>location.reload()</script></html>")
    nights.serve(a1=[challenge], a2=[challenge])
    (failed,) = nights.crawl().failed
    assert state(nights) == ("failed", failed.errors[0])
