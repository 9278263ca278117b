"""The text of a PDF: its paragraphs are put together again, and what the pages add is left out."""

import pytest

from extract.document import read_document
from extract.files.pdf import PAGES_MAX
from tests.extract.files.made import Placed, pdf

LEFT, INDENT, SIZE = 70.0, 102.0, 16.0  # points; a line holds 28 letters
WIDTH = 28


def page(paragraphs: list[str], *, number: int | None = None, head: str | None = None) -> list[Placed]:
    """Set paragraphs as a typesetter does: the first line two letters in, the others full."""
    lines: list[Placed] = [(LEFT, 800, 10, head)] if head else []
    y = 740.0
    for paragraph in paragraphs:
        first, rest = paragraph[: WIDTH - 2], paragraph[WIDTH - 2 :]
        lines.append((INDENT, y, SIZE, first))
        y -= 28
        while rest:
            lines.append((LEFT, y, SIZE, rest[:WIDTH]))
            rest, y = rest[WIDTH:], y - 28
    if number is not None:
        lines.append((280, 40, 10, f"- {number} -"))
    return lines


LONG = (
    "一、渔业生产平稳增长。全年水产品产量达到四万六千吨,同比增长百分之二,渔业产值达到328.1亿元,"
    "增长5.6%,新建泊位12个,改造渔港3座,渔民人均收入继续增加。"
)


def test_lines_that_reach_the_margin_go_on():
    document = read_document(pdf([page([LONG, "二、新建道路18公里。"])]))
    assert document.kind == "file"
    assert document.body == f"{LONG}\n二、新建道路18公里。"


def test_a_paragraph_goes_on_over_the_page_and_its_number():
    cut = LONG[: WIDTH - 2 + WIDTH]  # the first page ends within the paragraph
    second = page([LONG], number=2)
    body = [
        (x, y, size, text) for x, y, size, text in second if text not in (LONG[: WIDTH - 2], cut[WIDTH - 2 :])
    ]
    document = read_document(pdf([page([cut], number=1), body]))
    assert document.body == LONG


def test_headers_that_pages_repeat_are_left_out():
    pages = [
        page([f"第{name}段渔业工作有序推进。"], head="砚澜区工作报告", number=n)
        for n, name in enumerate("甲乙丙丁")
    ]
    assert read_document(pdf(pages)).body.splitlines() == [
        f"第{name}段渔业工作有序推进。" for name in "甲乙丙丁"
    ]


def test_a_heading_of_two_lines_is_one_title():
    head: list[Placed] = [
        (100, 790, 22, "砚澜区二〇二三年国民经济和社会发展"),
        (150, 760, 22, "计划执行情况的报告"),
    ]
    document = read_document(pdf([[*head, *page([LONG])]]))
    assert document.title == "砚澜区二〇二三年国民经济和社会发展计划执行情况的报告"


def test_a_gap_in_a_line_parts_cells():
    rows: list[Placed] = [
        (LEFT, 700, 12, "指标"), (250, 700, 12, "绝对额(亿元)"), (400, 700, 12, "增长(%)"),
        (LEFT, 680, 12, "渔业产值"), (250, 680, 12, "328.1"), (400, 680, 12, "5.6"),
    ]  # fmt: skip
    body = read_document(pdf([[*page([LONG]), *[(x, y - 300, s, t) for x, y, s, t in rows]]])).body
    assert "渔业产值\t328.1\t5.6" in body


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        (b"%PDF-1.4\nbroken", "cannot be read"),
        (pdf([[]]), "without text"),
        (pdf([page(["短。"])] * (PAGES_MAX + 1)), f"{PAGES_MAX} are read"),
    ],
)
def test_what_cannot_be_read_is_told(payload, told):
    document = read_document(payload)
    assert document.kind == "file"
    assert any(told in warning for warning in document.warnings), document.warnings
