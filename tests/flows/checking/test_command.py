"""`gongkai extract --html`: one file gives a page, several a folder of them, and the rest is told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., int]


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in paths:
        path.write_text("云栖街道2031年工作总结\n全年完成固定资产投资12.5亿元,增长3.1%。\n", encoding="utf-8")
    return paths


def test_one_file_gives_one_page(
    cli: Cli, texts: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "check.html"
    assert cli("extract", texts[0], "--html", out) == 0
    assert "固定资产投资" in out.read_text("utf-8")
    assert str(out) in capsys.readouterr().out, "the page is told instead of the JSON"


def test_several_files_give_a_page_each_in_a_folder(
    cli: Cli, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    assert cli("extract", *texts, "--html", tmp_path / "pages") == 0
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["a.html", "b.html"]


def test_one_page_for_several_files_is_refused_before_any_work(
    cli: Cli, texts: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("extract", *texts, "--html", tmp_path / "check.html") == 2
    assert "name a folder" in capsys.readouterr().err
    assert not (tmp_path / "check.html").exists()


def test_a_page_never_takes_the_place_of_its_source(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.html"
    source.write_text("<h1>总结</h1><p>全年完成固定资产投资12.5亿元。</p>", encoding="utf-8")
    before = source.read_bytes()
    assert cli("extract", source, "--html", source) == 2
    assert cli("extract", source, "--html", tmp_path) == 2
    assert source.read_bytes() == before
    assert all(str(source) in line for line in capsys.readouterr().err.splitlines())


def test_json_and_page_can_be_had_at_once(
    cli: Cli, texts: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("--json", "extract", texts[0], "--html", tmp_path / "p", "--out", tmp_path / "j") == 0
    assert json.loads((tmp_path / "j" / "a.json").read_text("utf-8"))["metrics"]
    assert json.loads(capsys.readouterr().out) == {
        "path": str(texts[0]), "html": str(tmp_path / "p" / "a.html"), "metrics": 2,
    }  # fmt: skip


def test_files_of_one_name_are_told(cli: Cli, texts: tuple[Path, Path], tmp_path: Path) -> None:
    twin = tmp_path / "other" / "a.txt"
    twin.parent.mkdir()
    twin.write_bytes(texts[0].read_bytes())
    assert cli("extract", texts[0], twin, "--html", tmp_path / "pages") == 4
