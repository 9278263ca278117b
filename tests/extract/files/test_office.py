"""Word and Excel files: paragraphs and tables in order, numbers as the sheet shows them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from extract import records
from extract.document import read_document
from extract.files import reader
from tests.extract.files.made import excel, word

TABLE = [["指标", "绝对额(亿元)", "增长(%)"], ["渔业产值", "328.1", "5.6"], ["渔业投资", "102.7", "8.4"]]


def test_a_word_file_gives_paragraphs_and_tables_in_order():
    document = read_document(word(["砚澜区2024年工作总结", "全年新建泊位12个。", TABLE, "改造渔港3座。"]))
    assert document.kind == "file"
    assert document.title == "砚澜区2024年工作总结"
    assert document.body.splitlines()[1:] == [
        "全年新建泊位12个。",
        "指标\t绝对额(亿元)\t增长(%)",
        "渔业产值\t328.1\t5.6",
        "渔业投资\t102.7\t8.4",
        "改造渔港3座。",
    ]
    assert [table.rows for table in document.tables] == [tuple(map(tuple, TABLE))]


def test_the_figures_of_a_file_can_be_shown_in_its_text():
    reading = records.read(word(["砚澜区2024年工作总结", "全年渔业产值328.1亿元,增长5.6%。", TABLE]))
    body = reading.document.body
    assert len(reading.metrics) == 6
    assert all(body[metric.start : metric.end] == metric.written for metric in reading.metrics)


def test_an_excel_sheet_shows_its_numbers_as_formatted():
    rows = [
        ["指标", "2024年", None],
        [None, "绝对额", "增长"],
        ["渔业产值", 328.1, 0.056],
        ["泊位", 12.0, None],
    ]
    document = read_document(excel(rows, merged="B1:C1", formats={"B3": "0.00", "C3": "0.0%"}))
    assert document.tables[0].caption == "指标"
    assert document.tables[0].rows == (
        ("指标", "2024年", "2024年"),
        ("", "绝对额", "增长"),
        ("渔业产值", "328.10", "5.6%"),
        ("泊位", "12", ""),
    )


def _zipped(names: list[str], size: int) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"\0" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        (_zipped(["a.txt"], 10), "of type zip"),
        (_zipped(["word/document.xml"], 10), "cannot be read"),
        (_zipped(["word/document.xml"], reader.UNPACKED_BYTES_MAX + 1), "unpacks to"),
        (b"PK\x03\x04" + b"\0" * 40, "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "of type ole"),
    ],
    ids=["archive", "broken", "bomb", "torn", "old Word"],
)
def test_what_is_not_read_is_told(payload, told):
    document = read_document(payload)
    assert (document.kind, document.body) == ("file", "")
    assert told in document.warnings[0]
