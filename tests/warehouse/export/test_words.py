"""What an export says of itself: whose it is, how it is cited, which files there are."""

import pytest

from warehouse.export.corpus import export
from warehouse.export.selection import Selection


@pytest.mark.parametrize("kind", ["csv", "duckdb", "text"])
def test_the_readme_names_every_file_in_both_languages(database, tmp_path, kind):
    resources = export(database, kind, tmp_path / "out").resources
    readme = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    for resource in resources:
        assert readme.count(f"`{resource.path}") >= 2
    for chapter in ("## 文件", "## Files", "## 归谁所有", "## Whose it is"):
        assert chapter in readme
    assert "著作权法》第五条" in readme
    assert "Article 5" in readme
    assert "$" not in readme


def test_the_readme_shows_how_a_figure_of_these_data_is_cited(database, tmp_path):
    export(database, "csv", tmp_path / "out", Selection(district="石桥区"))
    readme = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "「6.0亿元」" in readme
    assert "district = 石桥区" in readme
    assert "2024-05-01 发布" in readme


def test_a_citation_states_the_time_that_the_data_are_as_of(database, tmp_path):
    export(database, "csv", tmp_path / "out")
    citation = (tmp_path / "out" / "CITATION.cff").read_text(encoding="utf-8")
    lines = dict(line.split(": ", 1) for line in citation.splitlines() if ": " in line and line[0] != " ")
    assert lines["cff-version"] == "1.2.0"
    assert lines["type"] == "dataset"
    assert lines["version"] == "2026-01-02T08:02:00Z"
    assert lines["date-released"] == "2026-01-02"
    assert {"title", "message", "abstract"} <= lines.keys()
    assert "authors:" in citation
