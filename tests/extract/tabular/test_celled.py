"""What the row and the column of a cell are called: asked of tables in SQL."""

from extract.tables import Table
from extract.tabular.celled import Heads, heads_of


def heads(*rows: str) -> dict[tuple[int, int], Heads]:
    return heads_of(Table(None, tuple(tuple(row.split("|")) for row in rows)))


def test_a_cell_has_the_name_of_its_row_and_the_levels_of_its_head() -> None:
    told = heads("指标|2023年|2023年", "指标|总量|增速", "工业总产值|120.5|5.1", "税收|8.2|-1.0")
    assert told[2, 1] == Heads("工业总产值", "2023年 / 总量")
    assert told[3, 2] == Heads("税收", "2023年 / 增速")
    assert told[3, 0] == Heads("", "指标")
    assert not {(0, 1), (1, 1)} & told.keys()


def test_a_row_of_two_names_is_called_by_both() -> None:
    told = heads("街道|行业|产值", "松石街道|工业|120.5", "松石街道|建筑业|8.2")
    assert told[2, 2].row == "松石街道 / 建筑业"


def test_a_head_that_comes_again_begins_anew() -> None:
    told = heads("指标|数值", "产值|120.5", "指标|增速", "税收|8.2")
    assert told[1, 1].column == "数值"
    assert told[3, 1].column == "增速"


def test_a_table_without_a_head_has_no_names() -> None:
    assert heads("1|2", "3|4") == {}
    assert heads_of(Table(None, ())) == {}


def test_rows_of_different_length_are_taken_as_they_are() -> None:
    told = heads_of(Table(None, (("指标", "数值", "备注"), ("产值", "120.5"), ("税收", "8.2", "快报"))))
    assert (1, 2) not in told
    assert told[1, 1] == Heads("产值", "数值")
