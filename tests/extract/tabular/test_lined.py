"""Tables in plain text: which lines make one, and which are left to the prose reader."""

import time

import pytest

from extract.tabular.lined import lined_grids


def grids(body: str) -> list[list[list[str]]]:
    found = []
    for grid in lined_grids(body):
        for row in grid.rows:
            assert all(body[cell.start : cell.end] == cell.text for cell in row if cell.start >= 0)
        found.append([[cell.text for cell in row] for row in grid.rows])
    return found


ROWS = [["粮食", "万吨", "12.5", "3.1"], ["油料", "万吨", "1.2", "-0.4"]]


@pytest.mark.parametrize(
    "body",
    [
        "指标\t单位\t产量\t增长(%)\n粮食\t万吨\t12.5\t3.1\n油料\t万吨\t1.2\t-0.4",
        "| 指标 | 单位 | 产量 | 增长(%) |\n|---|---|---|---|\n"
        "| 粮食 | 万吨 | 12.5 | 3.1 |\n| 油料 | 万吨 | 1.2 | -0.4 |",
        "指标 单位 产量 增长 (%)\n粮食 万吨 12.5 3.1\n油料 万吨 1.2 -0.4",
        "指 标 计算 单位 产量 增长\n(%)\n粮食 万吨 12.5 3.1\n油料 万吨 1.2 -0.4",
        "指标\n单位\n产量\n增长(%)\n粮食\n万吨\n12.5\n3.1\n油料\n万吨\n1.2\n-0.4",
        "指标 |\n单位 |\n产量 |\n增长(%) |\n粮食 |\n万吨 |\n12.5 |\n3.1 |\n油料 |\n万吨 |\n1.2 |\n-0.4 |",
    ],
    ids=["tabs", "strokes", "blanks", "blanks in the head", "stacked", "stacked with strokes"],
)
def test_shapes(body):
    (rows,) = grids(body)
    assert rows[1:] == ROWS
    assert rows[0][2:] in (["产量", "增长(%)"], ["产量", "增长 (%)"])


def test_a_head_without_its_first_cell():
    (rows,) = grids("绝对数(亿元)\t增长(%)\n产值\t12.5\t3.1\n税收\t1.2\t-0.4")
    assert rows[0] == ["", "绝对数(亿元)", "增长(%)"]


def test_an_upper_head_is_spread_where_the_lower_one_repeats():
    (rows,) = grids("指标\t2023年\t2022年\n\t总量\t增速\t总量\t增速\n产值\t1\t2\t3\t4\n税收\t5\t6\t7\t8")
    assert rows[0] == ["指标", "2023年", "2023年", "2022年", "2022年"]
    stacked = "行业名称\n收入\n利润\n1-2月\n增长(%)\n1-2月\n增长(%)\n纺织\n1\n2\n3\n4\n皮革\n5\n6\n7\n8"
    assert grids(stacked)[0][0][1:] == ["收入1-2月", "收入增长(%)", "利润1-2月", "利润增长(%)"]


def test_lines_of_strokes_part_cells():
    (rows,) = grids("指标\n|\n6月\n|\n1-6月\n|\n产值(亿元)\n|\n1\n|\n6\n|\n税收(亿元)\n|\n2\n|\n7\n|")
    assert rows == [["", "6月", "1-6月"], ["产值(亿元)", "1", "6"], ["税收(亿元)", "2", "7"]]


def test_numbers_that_touch_their_names_and_heads_spaced_out():
    (rows,) = grids("类 别上年=100\n全 市城 市农 村\n总指数102.8 103.0 102.2\n1.食品110.6 109.5 113.0")
    assert rows == [
        ["", "上年=100全市", "上年=100城市", "上年=100农村"],
        ["总指数", "102.8", "103.0", "102.2"],
        ["1.食品", "110.6", "109.5", "113.0"],
    ]


def test_unit_lines_with_strokes_belong_to_the_table():
    body = "产值\n2024年6月 |\n单位：万元 |\n||\n指标 |\n6月 |\n增长% |\n甲业 |\n1 |\n2 |\n乙业 |\n3 |\n4 |"
    (grid,) = lined_grids(body)
    assert (grid.unit_note, grid.caption) == ("万元", "2024年6月")


def test_short_rows_are_filled_from_the_left_and_single_numbers_are_not_placed():
    (rows,) = grids("指标 3月 1-3月累计 增长(%)\n产值 1 2 3\n税收 4 5\n企业 6\n投资 7 8 9")
    assert rows[2:4] == [["税收", "4", "5", ""], ["企业", "", "", ""]]


@pytest.mark.parametrize(
    "body",
    [
        "我区完成产值12亿元。\n增长3.1%。",
        "联系电话 12345678\n传真 87654321",
        "一、工作回顾\n二、工作计划\n三、保障措施",
        "指标\t2023年\t2022年\n产值\t1\t2\t3\t4\n税收\t5\t6\t7\t8",
        "甲\n1\n乙\n2\n丙\n3",
        "粮食 12.5 3.1\n油料 1.2 -0.4",
    ],
    ids=["prose", "telephones", "headings", "head that does not fit", "stacked without head", "no head"],
)
def test_what_is_not_plain_is_left_alone(body):
    assert grids(body) == []


@pytest.mark.parametrize(
    "line", ["12", "粮食 12.3", "粮食\t12.3", "|", "指标", "粮食 12.3\n某某\n某某\n某某", "\t" * 150 + "1"]
)
def test_time_is_linear(line):
    begin = time.process_time()
    list(lined_grids("指标 产量(万吨)\n" + "\n".join([line] * (200_000 // len(line)))))
    assert time.process_time() - begin < 6
