"""Invented pages in the manner of many publishing systems give their title, day, source and body exactly.

Each page has a trap of its own, which its name tells. They show that the rules go by construction: no page of
`../shared` and no host is among them.
"""

import tomllib
from pathlib import Path

import pytest

from extract.document import read_document
from extract.strip import comparable

PAGES = Path(__file__).parent / "templates"
GOLD = tomllib.loads((PAGES / "gold.toml").read_text("utf-8"))


def test_each_page_has_its_gold():
    assert {page.stem for page in PAGES.glob("*.html")} == set(GOLD)


@pytest.mark.parametrize("name", GOLD)
def test_a_template_gives_its_document(name: str):
    document = read_document((PAGES / f"{name}.html").read_bytes())
    gold = GOLD[name]
    assert document.kind == "article"
    assert comparable(document.title or "") == comparable(gold["title"])
    assert str(document.published_on or "") == gold["published"]
    assert comparable(document.source or "") == comparable(gold.get("source", ""))
    assert document.body == gold["body"].strip("\n")
