"""Heads of text tables whose merged cells were lost: fitted where one way is left, else left out."""

import time

import pytest

from extract.tabular.grids import Cell
from extract.tabular.ragged import fitted


def rows(*lines: str) -> list[list[str]]:
    cells = [[Cell(text.strip()) for text in line.split("|")] for line in lines]
    return [[cell.text for cell in row] for row in fitted(cells)]


DATA = ("产值|亿元|12.5|3.1|40.2|2.0", "税收|亿元|1.2|-0.4|5.0|1.0")


def test_upper_head_moved_to_the_left_by_what_it_spans():
    assert rows("指标|单位|6月|1-6月||", "总量|增速|总量|增速||", *DATA)[:2] == [
        ["指标", "单位", "6月", "6月", "1-6月", "1-6月"],
        ["", "", "总量", "增速", "总量", "增速"],
    ]


@pytest.mark.parametrize("lower", ["计划目标值|增长(%)", "|||计划目标值|增长(%)|"])
def test_lower_head_in_the_gap_of_the_upper_one(lower):
    head = rows("指标|单位|1季度|2024年||完成计划(%)", lower, *DATA)[:2]
    assert head[0] == ["指标", "单位", "1季度", "2024年", "2024年", "完成计划(%)"]
    assert head[1] == ["", "", "", "计划目标值", "增长(%)", ""]


def test_head_without_the_cell_over_the_names():
    assert rows("单位|6月|增速|1-6月|增速", *DATA)[0] == ["", "单位", "6月", "增速", "1-6月", "增速"]


def test_head_broken_over_lines():
    assert rows("指标|单位", "6月|", "增速|1-6月|增速", *DATA)[0] == [
        "指标",
        "单位",
        "6月",
        "增速",
        "1-6月",
        "增速",
    ]


def test_single_cell_below_a_head_completes_the_last_column():
    head = rows("6月|1-6月累计|累计|", "增长%|||", "产值|1.0|6.0|5.5")
    assert head[:2] == [["", "6月", "1-6月累计", "累计"], ["", "", "", "增长%"]]
    assert rows("指标|2022年|2023年", "增长率(%)", "产值|1.0|6.0")[1] == ["增长率(%)", "", ""]


@pytest.mark.parametrize(
    "head",
    [
        ("指标|单位|1季度|2024年|完成计划(%)", "计划目标值|增长(%)"),
        ("指标|6月|1-6月",),
        ("6月|1-6月",),
        ("指标|单位|6月|1-6月", "总量|增速|位次|总量"),
    ],
    ids=["one of three spans two", "two are lacking", "three are lacking", "lower head does not repeat"],
)
def test_what_can_be_fitted_in_several_ways_is_left_out(head):
    assert rows(*head, *DATA) == []


def test_each_part_has_its_own_head_and_a_bad_one_takes_only_its_rows_along():
    found = rows(
        "1、产值",
        "指标|6月|增速",
        "甲|1|2",
        "2、税收",
        "指标|6月",
        "乙|3|4",
        "3、用电",
        "指标|5月|增速",
        "丙|5|6",
    )
    assert found == [
        ["1、产值", "", ""],
        ["指标", "6月", "增速"],
        ["甲", "1", "2"],
        ["3、用电", "", ""],
        ["指标", "5月", "增速"],
        ["丙", "5", "6"],
    ]


def test_rows_are_filled_up_and_rows_too_long_keep_their_name():
    found = rows("指标|6月|增速", "甲|1|2", "丁|1|2", "乙|3", "丙|5|6|7|8")
    assert found[3:] == [["乙", "3", ""], ["丙", "", ""]]


@pytest.mark.parametrize("row", ["指标|6月|增速", "甲|1|2", "甲|||", "说明", "指标|6月"])
def test_time_is_linear(row):
    begin = time.process_time()
    rows("指标|6月|增速", *[row] * 20_000)
    assert time.process_time() - begin < 3
