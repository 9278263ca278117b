"""Protects what is shown of duplicates: a document leads to its copies, and they to it."""

import re
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256

import duckdb
import pytest

from archive.writer import ArchiveWriter
from extract.sketch import sketch_of
from tests.extract.made_reports import RENDERINGS, report
from tests.web.conftest import MOMENT, SITE, Asking, Get, Shelf, Text
from warehouse.database import batch, writer
from warehouse.publish import current, publish

RUN = "20260114T030000000Z-demo-0001"
MADE = report(1)
FIGURE = (f"{MADE.year}年", str(MADE.year), "年")
REPORT = Text(MADE.text, *FIGURE)
OTHER = Text(RENDERINGS["boilerplate"](MADE).text, *FIGURE)
FIRST, AGAIN, ELSEWHERE = (f"{SITE}/{name}" for name in ("first", "again", "elsewhere"))


def place(url: str) -> str:
    return f"/documents/{sha256(url.encode()).hexdigest()[:16]}"


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory, asking: Asking) -> Get:
    """Ask the pages over a file at two addresses and a page that was found to be near to it."""
    folder = tmp_path_factory.mktemp("copies")
    with writer(folder) as sql:
        with batch(sql), ArchiveWriter(folder / "archive", RUN, lambda _: None) as archive:
            shelf = Shelf(sql, archive)
            shelf.run(RUN, MOMENT)
            shelf.attached(RUN, 1, FIRST, b"%PDF-1.4 report", REPORT)
            shelf._captured(RUN, 2, AGAIN, MOMENT + timedelta(days=1), b"%PDF-1.4 report", "attachment")
            shelf.held(RUN, 3, ELSEWHERE, MOMENT + timedelta(days=2), OTHER)
            for text in (REPORT, OTHER):
                sketch = asdict(sketch_of(MADE.title, text.body, text.body))
                sql.execute("update core.documents set sketch = ? where body = ?", [sketch, text.body])
        publish(sql, folder, now=MOMENT)
    return asking(folder)


def copies(get: Get, url: str) -> list[str]:
    return get(place(url)).text.split('<section id="copies">')[1].split("</section>")[0].split("<tr>")[2:]


def test_a_document_shows_what_was_published_before_and_after_it(get: Get) -> None:
    near, again = copies(get, FIRST)
    assert f'<a href="{place(ELSEWHERE)}">' in near
    assert "先于本文发布" in near
    assert f'<a href="{place(AGAIN)}">' in again
    assert "字节相同" in again
    assert "先于本文发布" not in again
    assert 'href="#copies">另有发布 2' in get(place(FIRST)).text


def test_a_copy_leads_to_the_first_alone(get: Get) -> None:
    (first,) = copies(get, AGAIN)
    assert f'<a href="{place(FIRST)}">' in first


def test_a_near_copy_tells_how_near(get: Get) -> None:
    (first,) = copies(get, ELSEWHERE)
    assert f'<a href="{place(FIRST)}">' in first
    assert "正文近似，数字相同" in first
    assert re.search(r"相似度 0\.[89]\d\d", first)


def test_a_document_without_copies_says_nothing(asking: Asking, data, made) -> None:
    assert 'id="copies"' not in asking(data)(made.summary).text


def test_a_copy_published_by_an_older_version_says_what_to_do(asking: Asking, own_data, made) -> None:
    with duckdb.connect(str(current(own_data))) as sql:
        sql.execute("drop table mart.duplicates")
        sql.execute("update raw.layers set fingerprint = 'older' where layer = 'mart'")
    answer = asking(own_data)(made.summary)
    assert answer.status_code == 503
    assert "gongkai rebuild" in answer.text
