"""A demo makes its folder anew and never destroys anything that is not a demo's."""

from pathlib import Path

import pytest

from flows.demo.folder import NotADemoError, make_fresh
from flows.layout import Layout


def test_an_earlier_demo_is_replaced(layout: Layout) -> None:
    make_fresh(layout)
    old = layout.runs / "20260101T000000000Z-huaipu-0000"
    old.mkdir(parents=True)
    make_fresh(layout)
    assert not old.exists()


def test_an_empty_folder_will_do(layout: Layout) -> None:
    layout.data.mkdir(parents=True)
    make_fresh(layout)
    assert layout.data.is_dir()


def test_other_files_are_left_alone(layout: Layout) -> None:
    layout.data.mkdir(parents=True)
    (layout.data / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(NotADemoError, match="--data"):
        make_fresh(layout)
    assert (layout.data / "thesis.txt").exists()


def test_a_demo_that_got_real_data_is_left_alone(layout: Layout) -> None:
    make_fresh(layout)
    real: Path = layout.runs / "20260101T000000000Z-ingest-0000"
    real.mkdir(parents=True)
    with pytest.raises(NotADemoError):
        make_fresh(layout)
    assert real.exists()
