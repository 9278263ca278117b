"""Bytes become the text that a reader sees, whatever charset was declared, and nothing unstorable passes."""

import time

import pytest

from extract.decode import decode, wide_codec

TEXT = "2023年，青石街道规上工业总产值120.5亿元。" * 20
META_GB2312 = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'


@pytest.mark.parametrize(
    ("payload", "content_type", "codec"),
    [
        (TEXT.encode(), None, "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=gbk", "utf-8"),
        ((META_GB2312 + TEXT).encode(), "text/html; charset=GB2312", "utf-8"),
        ((META_GB2312 + TEXT).encode("gb18030"), None, "gb18030"),
        (TEXT.encode("gb18030"), "text/html", "gb18030"),
        (TEXT.encode("gb18030"), "text/html; charset=utf-8", "gb18030"),
        (TEXT.encode("gb18030"), "text/html; charset=idna", "gb18030"),
        (("\ufeff" + TEXT).encode("utf-16-le"), None, "utf-16-le"),
        (("\ufeff" + TEXT).encode("utf-16-be"), None, "utf-16-be"),
        ((META_GB2312 * 9 + TEXT).encode("utf-16-le"), None, "utf-16-le"),
    ],
)
def test_charset(payload: bytes, content_type: str | None, codec: str):
    decoded = decode(payload, content_type)
    assert decoded.text.endswith(TEXT)
    assert (decoded.codec, decoded.warnings) == (codec, ())


def test_big5_is_believed_when_declared():
    assert decode("工業總產值".encode("big5"), "text/html; charset=big5").text == "工業總產值"


def test_gb2312_label_keeps_characters_that_only_gb18030_has():
    assert decode(("玊㐀𠮷" + TEXT).encode("gb18030"), "text/html; charset=gb2312").text.startswith("玊㐀𠮷")


def test_two_bad_bytes_in_good_utf8_are_kept_with_a_warning():
    payload = TEXT.encode() + b"\xff\xfe" + TEXT.encode()
    decoded = decode(payload)
    assert decoded.text.count("120.5亿元") == 40
    assert decoded.text.count("\ufffd") == 2
    assert decoded.warnings == ("decode: 2 characters are unreadable as utf-8 and shown as U+FFFD",)


def test_60_a_part_of_the_page_in_another_charset_does_not_ruin_the_rest():
    """Footers are included by the server, and not always in the charset of the page."""
    found = decode(
        TEXT.encode() + "网站标识码：0000000000 主办：青石街道办事处".encode("gb18030"), "text/html"
    )
    assert found.codec == "utf-8"
    assert found.text.startswith(TEXT)
    assert found.warnings


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("header", ["text/html", "text/html; charset=utf-8"])
def test_59_utf16_without_its_mark_is_told_by_little_ascii(codec: str, header: str):
    page = f"<p>{TEXT}</p>"
    assert decode(page.encode(codec), header).text == page


def test_a_file_of_16_bit_numbers_is_no_text():
    numbers = b"".join(number.to_bytes(2, "little") for number in range(0, 60_000, 29))
    assert wide_codec(numbers) is None


def test_a_character_cut_at_the_end_does_not_change_the_charset():
    assert decode(TEXT.encode()[:-1]).codec == "utf-8"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_control_characters_are_removed(codec: str):
    payload = "甲\x00乙\x08\x1f丙\x7f\x85丁\t\n\uffff".encode(codec)
    assert decode(TEXT.encode(codec) + payload).text == TEXT + "甲乙丙丁\t\n"


def test_megabytes_take_no_time():
    begin = time.process_time()
    decode(b"\xff" * 4_000_000 + TEXT.encode())
    assert time.process_time() - begin < 2
