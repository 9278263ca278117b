"""What a run gave, held against what its site file expects: a share that failed is red, a slip is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.expectations import held_against
from flows.run_results import SiteResult
from scrapers.capture import Outcome, RunReport
from scrapers.site import Column, Site

NOW = datetime(2031, 3, 4, tzinfo=UTC)
SITE = Site(
    key="qinghe",
    name="清河区人民政府",
    region="990101",
    base_url="http://www.example.cn",
    hosts=("www.example.cn",),
    platform="links",
    columns=(Column(name="工作总结", url="/zj/"),),
)


@pytest.mark.parametrize(
    ("counts", "errors"),
    [
        ({}, ()),
        ({"ok": 1}, ()),
        ({"unchanged": 2, "not_found": 30}, ()),
        ({"unchanged": 5, "server_error": 1}, ()),
        ({"ok": 90, "network_error": 10}, ()),
        ({"server_error": 1}, ("none of the 1 documents asked for came",)),
        ({"not_found": 7, "gone": 2}, ("none of the 9 documents asked for came",)),
        (
            {"ok": 89, "network_error": 5, "blocked": 6},
            ("11 of 100 documents asked for failed; the site file expects 90% to come",),
        ),
    ],
)
def test_105_too_many_failures_are_an_error_of_the_run(
    counts: dict[Outcome, int], errors: tuple[str, ...]
) -> None:
    report = RunReport("run", "qinghe", NOW, NOW, True, None, 100, counts)
    (judged,) = held_against(
        Path("none"), [SITE], [SiteResult("qinghe", "run", report, ("earlier",))], whole=False
    )
    assert judged.errors == ("earlier", *errors)
