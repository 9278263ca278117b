"""The page is whole by itself, shows every record twice with a way between, and lets no text become code."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract import records
from extract.records import Reading
from flows import language
from flows.checking.page import ROOM, page

TEXT = """云栖街道2031年工作总结及2032年工作计划
一、2031年工作总结
全年完成固定资产投资12.5亿元,增长3.1%。实施“20+8”行动。
二、2032年工作计划
新建公园3座。
"""
HOSTILE = (
    '<script>alert(1)</script>"><img src=x onerror=alert(2)></style></title><svg/onload=alert(3)>'
    "<a href='javascript:alert(4)'>{{ 7*7 }}</a> 投资12.5亿元<b>"
)


@pytest.fixture
def reading() -> Reading:
    return records.read(TEXT.encode())


def parsed(content: str) -> LexborHTMLParser:
    return LexborHTMLParser(content)


def test_marks_and_rows_point_at_each_other(reading: Reading) -> None:
    tree = parsed(page(reading, "summary.txt"))
    assert reading.metrics
    for number, metric in enumerate(reading.metrics, 1):
        (link,) = tree.css(f"mark a#m{number}")
        assert link.text() == metric.written
        assert link.attributes["href"] == f"#r{number}"
        (row,) = tree.css(f"tbody#r{number}")
        assert row.css_first(f'a[href="#m{number}"]') is not None
        assert metric.indicator in row.text()


def test_plans_differ_in_more_than_colour(reading: Reading) -> None:
    tree = parsed(page(reading, "summary.txt"))
    assert {mark.text() for mark in tree.css("mark.plan")} == {"3座"}
    assert "dashed" in re.search(r"mark\.plan[^}]*}", tree.css_first("style").text()).group()
    assert "double" in re.search(r"mark\.estimate[^}]*}", tree.css_first("style").text()).group()


def test_numbers_left_out_are_underlined_and_counted(reading: Reading) -> None:
    tree = parsed(page(reading, "summary.txt"))
    assert [number.text() for number in tree.css(".text u")] == ["20", "8"]
    assert tree.css_first("#next-left b").text() == "2"


def test_records_are_counted_by_measure_and_status(reading: Reading) -> None:
    tree = parsed(page(reading, "summary.txt"))
    counts = {chip.attributes["data-value"]: chip.css_first("b").text() for chip in tree.css("[data-field]")}
    for field, names in (
        ("measure", ("level", "change", "rank", "progress")),
        ("status", ("actual", "plan")),
    ):
        for name in names:
            assert counts[name] == str(sum(getattr(metric, field) == name for metric in reading.metrics))


def test_the_page_needs_no_other_file(reading: Reading) -> None:
    content = page(reading, "summary.txt")
    tree = parsed(content)
    assert not tree.css("link, img, iframe, script[src], object, embed, base, form")
    assert not re.search(r"url\(|@import|https?://", content)
    assert all(link.attributes["href"].startswith("#") for link in tree.css("a"))


def test_the_policy_lets_only_the_pages_own_code_work(reading: Reading) -> None:
    tree = parsed(page(reading, "summary.txt"))
    policy = tree.css_first("meta[http-equiv]").attributes["content"]
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        (own,) = tree.css(kind)
        digest = base64.b64encode(hashlib.sha256(own.text().encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not tree.css("[style]"), "the policy would silently drop it"


def test_a_hostile_text_stays_text(reading: Reading, recorded) -> None:
    metric = recorded(HOSTILE, "12.5亿元", indicator=HOSTILE, section=(HOSTILE,), scope=HOSTILE, unit=HOSTILE)
    document = replace(
        reading.document, title=HOSTILE, source=HOSTILE, document_number=HOSTILE, warnings=(HOSTILE,),
        body=f"{HOSTILE}\n{HOSTILE}\t{HOSTILE}",
    )  # fmt: skip
    tree = parsed(page(Reading(document, (metric,)), HOSTILE))
    (script,) = tree.css("script")
    assert script.text() == (ROOM / "page.js").read_text("utf-8")
    assert not tree.css("img, svg, a[href^='javascript'], .text b")
    for node in tree.root.traverse():
        assert not any(name.startswith("on") for name in node.attributes), node.html
    assert tree.css_first("h1").text() == HOSTILE
    assert "49" not in tree.css_first("h1").text(), "no template of the document's is run"


def test_facts_and_warnings_are_told(reading: Reading) -> None:
    document = replace(reading.document, document_number="云办〔2032〕1号", warnings=("page: cut",))
    tree = parsed(page(Reading(document, ()), "summary.txt"))
    told = tree.css_first("article header").text()
    for text in ("云办〔2032〕1号", "summary.txt", document.payload_digest, "page: cut"):
        assert text in told


def test_an_unreadable_file_still_gives_a_page() -> None:
    tree = parsed(page(records.read(b"%PDF-1.7 "), "notice.pdf"))
    assert tree.css_first(".warning") is not None
    assert len(tree.css(".empty")) == 2


@pytest.mark.parametrize(("lang", "label"), [("en", "indicator"), ("zh", "指标")])
def test_labels_are_in_the_programs_language(
    reading: Reading, lang: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "current", lambda: lang)
    tree = parsed(page(reading, "summary.txt"))
    assert label in tree.css_first(".records thead").text()
    assert tree.css_first("html").attributes["lang"].startswith(lang)
