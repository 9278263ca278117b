"""Writing a checking page costs nobody a file."""

from pathlib import Path

import pytest

from flows.checking.page import GENERATOR
from flows.checking.target import NotWrittenError, is_page, write_page


def test_a_name_with_its_suffix_is_a_page_and_any_other_a_folder(tmp_path: Path) -> None:
    assert is_page(tmp_path / "a.html")
    assert is_page(tmp_path / "a.HTM")
    assert not is_page(tmp_path / "pages")
    (tmp_path / "odd.html").mkdir()
    assert not is_page(tmp_path / "odd.html")


def test_folders_are_made_and_an_earlier_page_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.html"
    write_page(target, f"{GENERATOR} 1", [])
    write_page(target, f"{GENERATOR} 2\ud800", [])
    assert target.read_text("utf-8") == f"{GENERATOR} 2?"
    assert [path.name for path in target.parent.iterdir()] == ["a.html"]


def test_an_input_is_never_overwritten_by_any_of_its_names(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(GENERATOR, encoding="utf-8")
    (tmp_path / "link.html").symlink_to(page)
    for name in ("a.html", "link.html"):
        with pytest.raises(NotWrittenError, match="to be read"):
            write_page(tmp_path / name, "page", [page])
    assert page.read_text("utf-8") == GENERATOR


def test_a_saved_page_of_somebody_else_stays(tmp_path: Path) -> None:
    target = tmp_path / "saved.html"
    target.write_text("<p>saved", encoding="utf-8")
    with pytest.raises(NotWrittenError, match="no checking page"):
        write_page(target, "page", [])
    assert target.read_text("utf-8") == "<p>saved"


def test_a_failed_write_leaves_the_earlier_page_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.html"
    write_page(target, GENERATOR, [])

    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_page(target, "half", [])
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert target.read_text("utf-8") == GENERATOR
