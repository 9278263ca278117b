"""What the data checks found is told by status of the copy it was found in, and of no other."""

import json

import pytest

from flows.found import SHOWN, Found, read_found, write_found
from flows.layout import Layout
from warehouse.checks import Finding

COPY = "gongkai-20310304T050600000000Z.duckdb"
RANGE = [Finding("out_of_range", "warning", f"d{n}", "规上工业总产值 9e9 元") for n in range(5)]
TWICE = Finding("read_twice", "error", "sha256:ab", "is there [bold]twice[/]\x1b[2J")


@pytest.fixture
def published(layout: Layout) -> Layout:
    layout.published.mkdir(parents=True)
    (layout.published / "current").write_text(COPY + "\n", encoding="utf-8")
    return layout


def test_findings_are_counted_by_check_with_the_first_of_each(published: Layout) -> None:
    write_found(published, published.published / COPY, [*RANGE, TWICE])
    out_of_range, read_twice = read_found(published) or ()
    assert (out_of_range.check, out_of_range.level, out_of_range.count) == ("out_of_range", "warning", 5)
    assert out_of_range.first == tuple(f"d{n}: 规上工业总产值 9e9 元" for n in range(SHOWN))
    assert read_twice == Found("read_twice", "error", 1, (f"sha256:ab: {TWICE.message}",))


def test_of_another_copy_nothing_is_told(published: Layout) -> None:
    write_found(published, published.published / "gongkai-20310303T050600000000Z.duckdb", RANGE)
    assert read_found(published) is None


@pytest.mark.parametrize("kept", [None, "", "[]", json.dumps({"copy": COPY, "found": [{}]}), "\x00"])
def test_a_file_that_is_missing_or_damaged_tells_nothing(published: Layout, kept: str | None) -> None:
    if kept is not None:
        published.found.write_text(kept, encoding="utf-8")
    assert read_found(published) is None


def test_a_copy_without_findings_is_said_to_have_none(published: Layout) -> None:
    write_found(published, published.published / COPY, [])
    assert read_found(published) == ()


def test_status_tells_them_and_how_to_see_all(published: Layout, cli, capsys) -> None:
    write_found(published, published.published / COPY, [*RANGE, TWICE])
    cli("status")
    told = capsys.readouterr().out
    assert "out_of_range" in told
    assert f"gongkai --data {published.data} sql --saved findings --set check=out_of_range" in told
    assert "is there [bold]twice[/]\\x1b[2J" in told
    cli("--json", "status")
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["check"], one["count"]) for one in findings] == [("out_of_range", 5), ("read_twice", 1)]


def test_status_of_an_older_folder_has_none(layout: Layout, cli, capsys) -> None:
    cli("--json", "status")
    assert json.loads(capsys.readouterr().out)["findings"] is None


def test_a_load_keeps_what_its_copy_holds(layout: Layout, cli, tmp_path, capsys) -> None:
    page = tmp_path / "a.txt"
    page.write_text(
        "云溪区2024年工作总结\n全年实现地区生产总值5元。\n" + "各项工作稳步推进。\n" * 20, encoding="utf-8"
    )
    assert cli("ingest", page) == 0
    capsys.readouterr()
    cli("--json", "sql", "select check_name, count(*) as n from mart.findings group by all order by all")
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {one.check: one.count for one in read_found(layout) or ()} == {
        row["check_name"]: row["n"] for row in rows
    }
