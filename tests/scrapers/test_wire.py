"""Heads are kept as they came: order, duplicates, odd bytes."""

from scrapers.answer import header_fields
from scrapers.wire import header_text, request_head, response_head


def test_heads_keep_order_and_duplicates():
    headers = [(b"Set-Cookie", b"a=1"), (b"X-Source", "来源".encode("gb18030")), (b"set-cookie", b"b=2")]
    head = response_head(b"HTTP/1.1", 200, b"OK", headers)
    assert head == (
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Source: \xc0\xb4\xd4\xb4\r\nset-cookie: b=2\r\n\r\n"
    )
    assert header_fields(head) == {"set-cookie": "a=1, b=2", "x-source": "来源"}


def test_chunked_framing_is_renamed():
    head = response_head(b"HTTP/1.1", 200, b"OK", [(b"Transfer-Encoding", b"chunked")])
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n" in head


def test_request_line():
    assert request_head("GET", b"/a?b=1", [(b"Host", b"h")]) == b"GET /a?b=1 HTTP/1.1\r\nHost: h\r\n\r\n"


def test_header_text_of_any_bytes():
    assert header_text("总结".encode()) == "总结"
    assert header_text(b"\xff\xff\xff") == "\xff\xff\xff"
