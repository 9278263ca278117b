"""What is chosen: by office, district, year and column; and nothing is never chosen in silence."""

import pytest

from warehouse.errors import ExportError
from warehouse.export.corpus import export
from warehouse.export.selection import Selection


@pytest.mark.parametrize(
    ("selection", "documents"),
    [
        ({}, 3),
        ({"office": "松石街道办事处"}, 1),
        ({"district": "990103"}, 2),
        ({"district": "石桥区"}, 2),
        ({"year": 2026}, 1),
        ({"column": "总结"}, 1),
        ({"column": "规划"}, 2),
        ({"column": "规划", "year": 2024}, 2),
    ],
)
def test_a_file_is_chosen_with_the_page_that_names_it(database, tmp_path, rows, selection, documents):
    assert rows(database, tmp_path / "out", **selection) == documents


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        ({"office": "没有的办事处"}, "--office 没有的办事处"),
        ({"column": "没有的栏目", "year": 2024}, "--column 没有的栏目"),
        ({"column": "总结", "year": 2024}, "together"),
    ],
)
def test_a_selection_that_fits_nothing_says_which_part(database, tmp_path, selection, told):
    with pytest.raises(ExportError, match="nothing to export") as error:
        export(database, "csv", tmp_path / "out", Selection(**selection))
    assert told in str(error.value)
    assert list(tmp_path.glob("out*")) == []
