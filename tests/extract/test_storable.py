"""Every text of a row can be written: no control character, no lone surrogate, wherever a server puts one."""

import json
import re
from typing import Any

import pytest

from extract.records import Reading, document_row, metric_rows, read, table_rows, to_json

URL = "http://www.yunxi.example/zwgk/content/post_1.html"
BAD = "\ud800\x00\x01\x07\x1b\x7f\x85\x9f\udfff\ufffe\uffff"
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\r\n]")
REFERENCES = "&#1;&#x1b;&#127;&#x81;&#xD800;&#xFFFE;&#0;&#9;&#10;&#13;"
MARKED = "甲" + BAD + "\r\n\t乙"


def _post(mark: str) -> dict[str, Any]:
    """Return a platform's record whose every text field holds `mark`."""
    return {
        "title": f"云溪街道{mark}2023年工作总结",
        "content": f"<p>全年新增学位{mark}640个。</p>"
        f"<table><caption>表{mark}<tr><td>指{mark}标<td>1{mark}</table>"
        f"<a href='/2{mark}.doc' title='表{mark}'></a>",
        "source": f"云溪{mark}街道",
        "url": f"http://www.yunxi.example/a{mark}/p.html",
        "date": f"2024-01-{mark}15",
        "display_publish_time": f"1704643200{mark}",
        "attachment": [
            {"name": f"附件{mark}.pdf", "url": f"/a{mark}.pdf", "type": f"p{mark}df"},
            {"name": mark, "url": f"/%01%0A%ED%A0%80{mark}.pdf", "type": None},
        ],
        "json_ext": json.dumps({"EXT_wh": f"云{mark}〔2024〕1号", "EXT_fbjg": f"云溪{mark}街道"}),
        "gkml_data": {"identifier": f"0{mark}", "publisher": f"云{mark}", "document_number": f"云{mark}号"},
    }


def _page(mark: str) -> str:
    return (
        f"<html><head><title>云溪{mark}街道</title><meta name=ArticleTitle content='云溪{mark}总结'>"
        f"<meta name=ContentSource content='云溪{mark}'><meta name=PubDate content='{mark}2024-01-15'></head>"
        f"<body><p>索引号：0{mark}1</p><p>发布机构：云溪{mark}街道</p><p>文号：云{mark}〔2024〕1号</p>"
        f"<div class=TRS_Editor><p>{'全年新增学位' * 9}{mark}640个。</p>"
        f"<table><caption>表{mark}</caption><tr><td>指{mark}标<td>1{mark}</table>"
        f"<a href='/{mark}1.pdf'>附{mark}件</a>"
        f"<a href='/2{mark}.doc' title='表{mark}'></a></div></body></html>"
    )


def _script_page(mark: str) -> str:
    return f"<script>window._CONFIG={{DETAIL: {json.dumps(_post(mark))} ,TREE:[]}}</script>"


PAYLOADS = {
    "json-post": json.dumps(_post(MARKED)).encode(),
    "json-in-json": json.dumps(
        _post(MARKED) | {"gkml_data": json.dumps(_post(MARKED)["gkml_data"])}
    ).encode(),
    "json-in-page": _script_page(MARKED).encode(),
    "references-in-json": json.dumps(_post(REFERENCES)).encode(),
    "references-in-json-in-page": _script_page(REFERENCES).encode(),
    "references-in-page": _page(REFERENCES).encode(),
    "references-written-twice": _page(REFERENCES.replace("&", "&amp;")).encode(),
    "characters-in-page": _page("甲\x00\x01\x1b\x7f\x85\uffff\r\n\t").encode(),
    "surrogates-in-page": _page(MARKED).encode("utf-8", "surrogatepass"),
    "gb18030": _page("\x01\x85\x9f").encode("gb18030"),
    "text": f"新增学位{MARKED}640个。".encode("utf-8", "surrogatepass"),
}


def _texts(value: Any) -> list[str]:
    """Return all texts of a JSON value, but for `body` and what is JSON text itself."""
    if isinstance(value, dict):
        return [text for name, each in value.items() if name != "body" for text in [name, *_texts(each)]]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def _rows(reading: Reading) -> list[dict[str, Any]]:
    document = document_row(reading)
    document |= {name: json.loads(document[name]) for name in ("tables", "attachments", "warnings")}
    return [document, *metric_rows(reading), *table_rows(reading), to_json(reading, path="a.html", url=URL)]


@pytest.mark.parametrize("content_type", [None, "text/html; charset=utf-8\x01"])
@pytest.mark.parametrize("name", PAYLOADS)
def test_rows_can_be_written(name: str, content_type: str | None):
    reading = read(PAYLOADS[name], url=URL, content_type=content_type)
    rows = _rows(reading)
    json.dumps(rows, ensure_ascii=False).encode("utf-8")
    assert _UNSTORABLE.search(reading.document.body) is None
    for text in _texts(rows):
        assert _UNSTORABLE.search(text) is None, text
        assert _BREAKS.search(text) is None, text


@pytest.mark.parametrize(
    "name",
    [
        "json-post",
        "json-in-page",
        "references-in-json",
        "references-in-page",
        "characters-in-page",
        "gb18030",
    ],
)
def test_what_is_around_stays(name: str):
    document = read(PAYLOADS[name], url=URL).document
    assert document.title
    assert document.tables
    assert len(document.attachments) >= 2
    assert "640个" in document.body


def test_the_type_of_a_binary_answer_is_told_without_control_characters():
    reading = read(b"\x00" * 99, content_type="image/\x01\ud800png")
    assert _UNSTORABLE.search("".join(reading.document.warnings)) is None
    assert reading.document.kind == "file"


@pytest.mark.parametrize("field", ["date", "display_publish_time", "title", "attachment", "url", "json_ext"])
def test_a_field_that_nests_deeply_does_not_raise(field: str):
    nested = "[" * 900 + "]" * 900
    record = f'{{"content":"<p>甲</p>","{field}":{nested}}}'
    assert read(record.encode()).document.body == "甲"
