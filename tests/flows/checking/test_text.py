"""The text of the page: every number is a record's or underlined, headings and tables stay what they are."""

import pytest

from flows.checking.text import Grid, Paragraph, left_out, parts


def underlined(body: str, metrics=()) -> list[str]:
    return [body[start:end] for start, end in left_out(body, metrics)]


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("开展“20+8”行动和91530行动", ["20", "8", "91530"]),
        ("服务群众1,200人次,培训3,5场次", ["1,200", "3", "5"]),
        ("投资３．５亿元", ["３．５"]),
        ("达100%,共3.", ["100", "3"]),
        ("排名第一,三分之一,十余家,翻一番,五成,三千多万元", ["第一", "十余", "一番", "五成", "三千"]),
        ("统一部署、一体推进、四条大街", []),
        ("截至2031年6月30日,3月起,2031-06-30前", []),
        ("2029和2030年,1—6月", []),
        ("一、总体\n（二）经济\n3.民生\n(4)其他", []),
        ("按第二十一条办理", []),
        ("重点任务。1.推进更新。2.建成3.5公里", ["3.5"]),
    ],
)
def test_numbers_without_a_record_are_found(body: str, numbers: list[str]) -> None:
    assert underlined(body) == numbers


def test_a_number_that_a_record_touches_is_not_left_out(recorded) -> None:
    body = "新建公园3座、步道870米"
    assert underlined(body, [recorded(body, "3座")]) == ["870"]


def test_the_text_is_whole_and_each_record_begins_once(recorded) -> None:
    body = "一、概况\n新建公园3座、步道870米。"
    metrics = [recorded(body, "3座"), recorded(body, "870米")]
    shown = list(parts(body, metrics))
    pieces = [piece for part in shown for piece in part.pieces]
    assert "\n".join("".join(piece.text for piece in part.pieces) for part in shown) == body
    assert [(piece.text, piece.anchors) for piece in pieces if piece.records] == [
        ("3座", (1,)),
        ("870米", (2,)),
    ]


def test_two_records_of_one_place_both_begin_there(recorded) -> None:
    body = "人次和花费均超20%"
    (paragraph,) = parts(body, [recorded(body, "超20%"), recorded(body, "超20%")])
    assert [piece.anchors for piece in paragraph.pieces if piece.records] == [(1, 2)]


def test_a_record_across_cells_begins_in_the_first(recorded) -> None:
    body = "产值\t328\t亿元"
    (grid,) = parts(body, [recorded(body, "328\t亿元")])
    assert isinstance(grid, Grid)
    assert [[piece.anchors for piece in cell] for cell in grid.rows[0]] == [[()], [(1,)], [()]]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、2031年工作总结", 1),
        ("第三部分 重点任务", 1),
        ("（二）民生事业稳步推进。", 2),
        ("3.加强治理", 3),
        ("(4)加强治理", 4),
        ("（一）规范办事。全年办理业务，服务群众。", 0),
        ("全年办理业务，服务群众。", 0),
        ("2031年办理业务", 0),
        ("3.5公里步道", 0),
    ],
)
def test_headings_are_told_by_their_mark(line: str, level: int) -> None:
    (paragraph,) = parts(line, [])
    assert isinstance(paragraph, Paragraph)
    assert paragraph.level == level


def test_an_item_that_reports_is_no_heading(recorded) -> None:
    body = "1.新建公园3座"
    (paragraph,) = parts(body, [recorded(body, "3座")])
    assert paragraph.level == 0


def test_the_heading_that_opens_a_paragraph_stands_out() -> None:
    (paragraph,) = parts("（一）规范办事。全年办理业务。", [])
    assert [(piece.text, piece.lead) for piece in paragraph.pieces] == [
        ("（一）规范办事。", True),
        ("全年办理业务。", False),
    ]


def test_lines_with_tabs_are_rows() -> None:
    first, grid, last = parts("表1\n指标\t数值\n产值\t328\n注：无", [])
    assert isinstance(grid, Grid)
    assert [["".join(piece.text for piece in cell) for cell in row] for row in grid.rows] == [
        ["指标", "数值"],
        ["产值", "328"],
    ]
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
