"""Files made for the tests: a PDF of lines at places, a Word file, an Excel file."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
import openpyxl

Placed = tuple[float, float, float, str]  # x and y in points from below, size, text

_FONT = b"""<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H
/DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>
/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]
/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >> ] >>"""


def pdf(pages: Sequence[Sequence[Placed]]) -> bytes:
    """Return a PDF with these lines on its pages of A4; every letter is one size wide."""
    kids = [4 + 2 * number for number in range(len(pages))]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [ %s ] >>"
        % (len(pages), b" ".join(b"%d 0 R" % kid for kid in kids)),
        3: _FONT,
    }
    for kid, lines in zip(kids, pages, strict=True):
        stream = b"\n".join(_shown(line) for line in lines)
        objects[kid] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (kid + 1)
        )
        objects[kid + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    return _written(objects)


def _shown(line: Placed) -> bytes:
    x, y, size, text = line
    return b"BT /F1 %g Tf %g %g Td <%s> Tj ET" % (size, x, y, text.encode("utf-16-be").hex().encode())


def _written(objects: dict[int, bytes]) -> bytes:
    content = b"%PDF-1.4\n"
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(objects))
    return content + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def word(blocks: Sequence[str | Sequence[Sequence[str]]]) -> bytes:
    """Return a Word file of paragraphs (text) and tables (rows of cells)."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for row, texts in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return _saved(document)


def excel(
    rows: Sequence[Sequence[Any]], *, merged: str | None = None, formats: dict[str, str] | None = None
) -> bytes:
    """Return an Excel file of one sheet, 指标, with one merged range and number formats by cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "指标"
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    for cell, shape in (formats or {}).items():
        sheet[cell].number_format = shape
    return _saved(book)


def _saved(file: Any) -> bytes:
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()
