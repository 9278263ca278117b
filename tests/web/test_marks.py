"""Protects the cutting of a text at its marks: code points, overlaps, tables, and no character lost."""

import pytest

from web.marks import Mark, Segment, blocks, segments


def mark(start: int, end: int) -> Mark:
    return Mark(start, end, anchor=f"f{start}-{end}", note="", tone="actual")


def pieces(body: str, *marks: Mark) -> list[tuple[str, int]]:
    return [(piece.text, len(piece.marks)) for piece in segments(body, marks)]


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("产值328.1亿元。", "328.1亿元"),
        ("🏭👩‍👩‍👧𠮷产值328.1亿元", "328.1亿元"),
        ("328.1亿元", "328.1亿元"),
        ("e\u03013", "3"),
    ],
)
def test_a_mark_covers_what_its_code_points_say(body: str, written: str) -> None:
    start = body.index(written)
    marked = [piece.text for piece in segments(body, [mark(start, start + len(written))]) if piece.marks]
    assert marked == [written]


def test_marks_that_overlap_touch_or_repeat() -> None:
    assert pieces("abcdef", mark(1, 4), mark(3, 5)) == [("a", 0), ("bc", 1), ("d", 2), ("e", 1), ("f", 0)]
    assert pieces("abcd", mark(0, 2), mark(2, 4)) == [("ab", 1), ("cd", 1)]
    assert pieces("abcd", mark(1, 2), mark(1, 2)) == [("a", 0), ("b", 2), ("cd", 0)]


def test_a_mark_is_anchored_once_where_it_begins() -> None:
    found = segments("abcdef", [mark(1, 5), mark(3, 4)])
    assert [piece.anchor for piece in found] == [None, "f1-5", "f3-4", None, None]


@pytest.mark.parametrize("wrong", [(-1, 2), (2, 2), (3, 2), (3, 99)])
def test_a_mark_outside_of_the_text_is_left_out(wrong: tuple[int, int]) -> None:
    assert pieces("abcd", mark(*wrong)) == [("abcd", 0)]


def test_lines_become_paragraphs_and_tabs_a_table() -> None:
    found = blocks("一、总结\n\n科目\t金额\n合计\t9万元\n完。", [mark(15, 18)])
    assert [block.is_table for block in found] == [False, True, False]
    assert [[len(line) for line in block.lines] for block in found] == [[1], [2, 2], [1]]
    assert found[1].lines[1][1] == (Segment("9万元", (mark(15, 18),), "f15-18"),)


def test_no_character_is_lost() -> None:
    body = "🏭一\t二\n\n三四五\n六"
    text = "".join(
        segment.text
        for block in blocks(body, [mark(0, 3), mark(2, 7)])
        for line in block.lines
        for cell in line
        for segment in cell
    )
    assert text == body.replace("\t", "").replace("\n", "")


def test_an_empty_text_has_no_blocks() -> None:
    assert blocks("", []) == blocks("\n\t\n", []) == ()
