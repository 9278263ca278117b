"""Protects what the pages show: the list, a document with its figures in place, and the archived page."""

import re

from warehouse.publish import current


def test_the_list_shows_newest_first_with_counts(get, made) -> None:
    page = get("/")
    assert page.status_code == 200
    assert "共 62 份" in page.text
    first_row = page.text.split("<tbody>")[1].split("</tr>")[0]
    assert made.summary in first_row
    assert re.findall(r'class="number"[^>]*>(\d+)<', first_row) == ["1", "2"]


def test_the_list_has_pages_of_fifty_that_keep_the_filters(get) -> None:
    assert get("/?year=2024").text.count("/documents/") == 50
    assert "year=2024&amp;page=2" in get("/?year=2024").text
    assert get("/?year=2024&page=2").text.count("/documents/") == 10


def test_the_list_narrows_to_an_office(get) -> None:
    page = get("/?office=云汀街道办事处&year=")
    assert "共 1 份" in page.text
    assert '<option value="云汀街道办事处" selected>' in page.text
    assert "没有符合条件的文件" in get("/?office=x' or 1=1 --").text


def test_every_figure_is_marked_in_its_place(get, made, read) -> None:
    page = read(get(made.summary).text)
    marks = [(attributes, text) for attributes, text in page.marks if "title" in attributes]
    start = made.second.body.index(made.second.written)
    assert [text for _, text in marks] == ["627.2亿元"]
    assert marks[0][0]["id"] == f"f{start}-{start + 7}"
    assert marks[0][0]["title"] == '工业"产值：627.2 亿元（2025年，数值，实际）'
    assert "🏭𠮷庆工业园<b>" in page.text


def test_a_table_in_the_text_is_a_table(get, made) -> None:
    assert "<td>合计</td><td>9</td>" in get(made.summary).text


def test_versions_and_changes_are_shown_with_their_captures(get, made) -> None:
    text = get(made.summary).text
    assert "<del>672.2亿元</del>" in text
    assert "<ins>627.2亿元</ins>" in text
    assert f"{made.summary}/capture?version=1" in text
    assert "2026-01-14 11:05" in text


def test_a_figure_that_is_not_in_its_place_is_not_marked_but_told(own_data, change, asking, made) -> None:
    change(own_data, "update core.metrics set span_start = span_start + 1, span_end = span_end + 1")
    text = asking(own_data)(made.summary).text
    assert "有 1 个数据与正文位置不符" in text
    assert "627.2亿元</mark>" not in text


def test_a_document_without_text_says_so_and_has_no_script_link(get, made) -> None:
    page = get(made.only_listed)
    assert page.status_code == 200
    assert "还没有这份文件的正文" in page.text
    assert "javascript:alert(3)" in page.text
    assert 'href="javascript' not in page.text


def test_the_capture_shows_the_source_as_text_with_its_place(get, made, read) -> None:
    page = get(f"{made.summary}/capture")
    assert made.second_page in read(page.text).text
    assert "script" not in read(page.text).tags
    assert "archive/20260114T030000000Z-demo-0001-00000.warc.gz" in page.text
    assert "与入库时一致" in page.text
    assert "UTC 2026-01-15T03:05:00Z" in page.text


def test_an_older_version_has_its_own_capture(get, made, read) -> None:
    assert made.first_page in read(get(f"{made.summary}/capture?version=1").text).text


def test_a_damaged_archive_is_told_with_its_warc_and_no_trace(own_data, asking, made) -> None:
    [warc] = (own_data / "archive").glob("*.warc.gz")
    warc.chmod(0o644)
    warc.write_bytes(warc.read_bytes()[:-40])
    page = asking(own_data)(f"{made.summary}/capture")
    assert page.status_code == 500
    assert warc.name in page.text
    assert "Traceback" not in page.text


def test_bytes_other_than_those_loaded_are_told(own_data, change, asking, made) -> None:
    tables = ("raw.captures", "core.documents", "core.metrics")
    change(own_data, *(f"update {table} set payload_digest = 'sha256:other'" for table in tables))
    assert "与入库时不一致：sha256:other" in asking(own_data)(f"{made.summary}/capture").text


def test_a_new_copy_is_seen_at_once(own_data, change, asking) -> None:
    get = asking(own_data)
    assert "共 62 份" in get("/").text
    change(own_data, "delete from raw.entries where url like '%/old/%'")
    assert "共 2 份" in get("/").text


def test_an_empty_folder_is_told_on_every_page(tmp_path, asking, made) -> None:
    get = asking(tmp_path)
    for path in ("/", made.summary, f"{made.summary}/capture"):
        assert get(path).status_code == 503
        assert "还没有发布的数据" in get(path).text


def test_a_damaged_copy_is_told(own_data, asking) -> None:
    current(own_data).write_bytes(b"no database")
    page = asking(own_data)("/")
    assert page.status_code == 503
    assert "打不开" in page.text


def test_health(get, asking, tmp_path) -> None:
    assert get("/healthz").json() == {"status": "ok", "documents": 62}
    assert asking(tmp_path)("/healthz").status_code == 503
