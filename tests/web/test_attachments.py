"""Protects what is shown of attachments: page and files lead to each other, and files are only saved."""

from hashlib import sha256

import pytest

from archive.writer import ArchiveWriter
from tests.web.conftest import MOMENT, SITE, TITLE, Asking, Get, Shelf, Text
from warehouse.database import batch, writer
from warehouse.publish import publish

RUN = "20260114T030000000Z-demo-0001"
NOTICE = Text("现予公布，全文见附件，共1件。", "1件", "1", "件")
REPORT = Text("全年产值91.7亿元。", "91.7亿元", "91.7", "亿元")
PDF, OLD = b"%PDF-1.4 <script>alert(4)</script>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"
FILE, OLD_FILE, DEAD_FILE = (f"{SITE}/f/{name}" for name in ("report.pdf", "old.doc", "dead.pdf"))


def place(url: str) -> str:
    return f"/documents/{sha256(url.encode()).hexdigest()[:16]}"


PAGE = place(f"{SITE}/notice")


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory, asking: Asking) -> Get:
    """Ask the pages over a notice of three files: a report, an old Word file, and one not fetched."""
    folder = tmp_path_factory.mktemp("files")
    with writer(folder) as sql:
        with batch(sql), ArchiveWriter(folder / "archive", RUN, lambda _: None) as archive:
            shelf = Shelf(sql, archive)
            shelf.run(RUN, MOMENT)
            shelf.held(RUN, 1, f"{SITE}/notice", MOMENT, NOTICE, FILE, OLD_FILE, DEAD_FILE)
            shelf.attached(RUN, 2, FILE, PDF, REPORT)
            shelf.attached(RUN, 3, OLD_FILE, OLD, None)
        publish(sql, folder, now=MOMENT)
    return asking(folder)


def test_a_page_shows_its_files_with_their_state(get: Get, read) -> None:
    page = get(PAGE)
    rows = page.text.split('<section id="attachments">')[1].split("</section>")[0].split("<tr>")[2:]
    assert [word in row for row, word in zip(rows, ("已存", "已存", "尚未抓取"), strict=True)] == [True] * 3
    assert f'<a href="{place(FILE)}">' in rows[0]
    assert f'<a href="{place(FILE)}/file">' in rows[0]
    assert "/documents/" not in rows[2]
    assert "附件1<b>" in read(page.text).text


def test_a_file_shows_its_page_and_its_figures_in_their_text(get: Get, read) -> None:
    page = get(place(FILE))
    facts = page.text.split("</dl>")[0]
    assert f'<dt>所附页面</dt><dd><a href="{PAGE}">' in facts
    assert "云汀街道办事处" in facts
    assert [text for marked, text in read(page.text).marks if "id" in marked] == ["91.7亿元"]
    assert TITLE in read(page.text).text


def test_a_file_without_text_says_so_and_can_be_saved(get: Get) -> None:
    text = get(place(OLD_FILE)).text
    assert "没有读出来" in text
    assert f'href="{place(OLD_FILE)}/file"' in text
    assert get(f"{place(OLD_FILE)}/file").content == OLD


def test_the_list_tells_files_from_pages(get: Get) -> None:
    rows = get("/").text.split("<tbody>")[1].split("</tr>")
    marked = {row.split('href="')[1].split('"')[0] for row in rows if ">非网页</span>" in row}
    assert marked == {place(FILE), place(OLD_FILE)}


@pytest.mark.parametrize("query", ["", "?version=1"])
def test_a_file_is_saved_byte_for_byte_and_never_shown(get: Get, query: str) -> None:
    answer = get(f"{place(FILE)}/file{query}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert answer.headers["content-disposition"].endswith('-1.pdf"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_capture_of_a_file_gives_its_place_and_not_its_bytes(get: Get) -> None:
    page = get(f"{place(FILE)}/capture")
    assert f"archive/{RUN}" in page.text
    assert "与入库时一致" in page.text
    assert "alert(4)" not in page.text
    assert f'href="{place(FILE)}/file?version=1"' in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{PAGE}/file", 404),
        (f"{place(FILE)}/file?version=9", 404),
        (f"{place(FILE)}/file?version=x", 400),
        (f"{place(DEAD_FILE)}/file", 404),
    ],
)
def test_what_is_no_file_is_not_given_out(get: Get, path: str, status: int) -> None:
    answer = get(path)
    assert answer.status_code == status
    assert '<html lang="zh-CN">' in answer.text
