"""What the parser is slow for never reaches it, and nothing that a real page holds is refused."""

import pytest

from extract.document import read_document
from extract.limits import too_much

TEXT = "青石街道召开工作会议，会议总结了上一年的工作，并对下一年的重点任务作出安排，要求抓好落实。"
REFUSED = {
    "elements inside each other": "<div>" * 100_000,
    "fewer of them": "<div>" * 11_000,
    "lists inside each other": "<ul><li>" * 11_000,
    "tables inside each other": "<table><tr><td>" * 11_000,
    "upper case": "<DIV>" * 11_000,
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "attributes without values": "<div " + " ".join(f"a{n}" for n in range(100_000)) + ">",
    "attributes parted by strokes": "<div/" + "/".join(f"a{n}" for n in range(100_000)) + ">",
    "attributes around quoted marks": "<div " + " ".join(f"a{n} b{n} c{n}='<>'" for n in range(30_000)) + ">",
    "options": "<select>" + "<option>1" * 30_000,
    "formatting left open": "".join(f"<p><font color={n}>甲" for n in range(3_000)),
    "formatting left open in a table": "<table>" + "".join(f"<B id={n}>甲<tr><td>乙" for n in range(3_000)),
    "formatting around quoted marks": "".join(f"<p><i a='>' id={n}>甲" for n in range(3_000)),
    "formatting around an opening mark": "".join(f"<p><i a='<' id={n}>甲" for n in range(3_000)),
    "siblings": "<p>甲</p>" * 100_000,
}
READ = {
    "a page of 15,000 rows": "<table>" + "<tr><td>1" * 15_000 + "</table>",
    "paragraphs without end": "<p>甲" * 30_000,
    "line breaks": "<br>" * 30_000,
    "nested, but not deep": "<div><span>甲</span></div>" * 9_000,
    "formatting left open, all alike": "<p><font color=red>甲" * 9_000,
    "formatting closed": "".join(f"<p><font color={n}><b>甲</b></font>" for n in range(4_000)),
    "closed and never opened": "<p>甲</b></font>" * 9_000,
    "a picture in the page": f"<img src='data:image/png;base64,{'A+/' * 400_000}'>",
    "a large script": f"<script>{'var a = 1; ' * 200_000}</script>",
    "a long text": f"<p>{'word ' * 200_000}",
    "a long list of provinces": "<select>" + "<option>甲</option>" * 4_000 + "</select>",
}


@pytest.mark.parametrize("page", REFUSED.values(), ids=REFUSED.keys())
def test_refused_before_it_is_parsed(page: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("extract.document.LexborHTMLParser", None)
    document = read_document(f"<html><body>{page}<p>{TEXT}".encode())
    assert (document.kind, document.body) == ("error", "")
    assert "more than the" in document.warnings[0]


@pytest.mark.parametrize("page", READ.values(), ids=READ.keys())
def test_what_real_pages_hold_is_read(page: str):
    assert too_much(f"<html><body>{page}") is None


def test_a_document_below_a_large_script_is_read():
    page = f"<html><body><script>{'a=1;' * 300_000}</script><h1>工作会议</h1><div>{'<p>' + TEXT}</div>"
    assert read_document(page.encode()).body == TEXT


def test_marks_of_the_end_of_a_quote_cost_bounded_looks():
    assert too_much('<p a="' + "<p a='" * 20_000) is None
