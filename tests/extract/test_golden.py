"""What the extractor gives for five invented pages is written down; it changes only with its VERSION."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from extract.document import VERSION, read_document

PAGES = Path(__file__).parent / "pages"
GOLDEN = Path(__file__).parent / "golden"
URL = "http://www.yunxi.example/zwgk/content/post_7001.html"


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda page: page.name)
def test_a_change_of_what_is_given_needs_a_new_version(page: Path):
    given = json.loads(json.dumps(asdict(read_document(page.read_bytes(), url=URL)), default=str))
    golden = GOLDEN / f"{page.name}.json"
    if not golden.exists() or json.loads(golden.read_text("utf-8"))["extractor_version"] != VERSION:
        golden.write_text(json.dumps(given, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(
            f"{golden.name} was missing or of another version and has been written: read it, run again"
        )
    assert given == json.loads(golden.read_text("utf-8")), (
        "the output changed: raise VERSION in extract/document.py"
    )
