"""A payload as a document: forms are told apart, digests are stable, and no input raises."""

import csv
import hashlib
import random
import re
import unicodedata

import pytest

from extract.document import VERSION, read_document

TEXT = "青石街道召开2024年工作会议，会议总结了上一年的工作，并对下一年的重点任务作出安排。"
HEAD = "<head><title>会议</title></head>"
PAGE = f"<html>{HEAD}<body><div id=zoom><p>{TEXT}</p><p>特此通知。</p></div></body></html>"


def test_digests():
    document = read_document(PAGE.encode())
    assert document.payload_digest == "sha256:" + hashlib.sha256(PAGE.encode()).hexdigest()
    folded = "".join(unicodedata.normalize("NFKC", document.body).split())
    assert document.text_digest == "sha256:" + hashlib.sha256(folded.encode()).hexdigest()
    assert document.extractor_version == VERSION


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("<p>特此", "<div class=new>特此"),
        PAGE.replace("</body>", "<div>浏览次数：1204</div></body>"),
        PAGE.replace("，会议", "，\n   会议"),
        PAGE.replace("2024", "２０２４"),
        PAGE.replace("<title>", "<meta name=csrf content=8f3a><title>"),
    ],
)
def test_redesign_counters_and_tokens_change_the_payload_and_not_the_text(page: str):
    before, after = read_document(PAGE.encode()), read_document(page.encode())
    assert before.payload_digest != after.payload_digest
    assert before.text_digest == after.text_digest


def test_a_changed_figure_changes_the_text():
    changed = PAGE.replace("2024", "2025")
    assert read_document(PAGE.encode()).text_digest != read_document(changed.encode()).text_digest


@pytest.mark.parametrize(
    ("payload", "content_type"),
    [
        (f"<p>{TEXT}</p>", None),
        (f"\n\n <!-- x --><div>{TEXT}</div>", None),
        (f"正文开始 <b>甲</b><p>{TEXT}</p><br><p>乙</p>", None),
        (TEXT + "<br>乙", "text/html; charset=utf-8"),
    ],
)
def test_html_is_told_by_its_marks_or_its_type(payload: str, content_type: str | None):
    assert "<" not in read_document(payload.encode(), content_type=content_type).body


def test_plain_text_may_hold_angle_brackets():
    text = f"通知事项\n{TEXT}\n当x<5且y>3时，按《办法》执行。"
    assert read_document(text.encode(), content_type="text/plain").body.endswith(
        "当x<5且y>3时，按《办法》执行。"
    )


RECORD = '<script>_CONFIG={DETAIL:{"content":"CONTENT","title":"青石街道总结","source":"青石街道"}}</script>'
HEAD = "<h1>总结</h1><p>发布日期：2024-01-12 来源：别处</p>"
SHOWN = f"{HEAD}<div id=zoom><p>{TEXT * 3}</p><a href=/a.pdf>表</a></div>"


@pytest.mark.parametrize("content", ["", " ", "<p>&nbsp;</p>", "<p><br></p>"])
def test_63_a_record_without_content_leaves_the_text_that_the_page_shows(content: str):
    document = read_document(
        f"<body>{RECORD.replace('CONTENT', content)}{SHOWN}".encode(), url="http://a.example/"
    )
    assert (document.kind, document.body.splitlines()[0]) == ("article", TEXT * 3)
    assert (document.title, document.source) == ("青石街道总结", "青石街道"), "the record's facts come first"
    assert str(document.published_on) == "2024-01-12", "what it does not tell, the page does"
    assert [each.url for each in document.attachments] == ["http://a.example/a.pdf"]


def test_63_a_record_of_pictures_is_not_given_the_words_around_them():
    document = read_document(f"<body>{RECORD.replace('CONTENT', '<img src=/1.png>')}{SHOWN}".encode())
    assert (document.kind, document.body) == ("article", "")


def test_63_a_record_without_content_on_a_page_without_text_is_kept():
    document = read_document(f"<body>{RECORD.replace('CONTENT', '')}".encode())
    assert (document.kind, document.title, document.body) == ("article", "青石街道总结", "")


def test_a_page_of_pictures_is_an_article_without_text():
    page = "<head><meta name=ArticleTitle content='一图读懂工作报告'></head><body><img src=/1.png></body>"
    document = read_document(page.encode())
    assert (document.kind, document.title, document.body) == ("article", "一图读懂工作报告", "")
    assert document.warnings == ("page: no text, perhaps only pictures",)


def test_unstorable_characters_never_reach_a_field():
    page = PAGE.replace("特此", "特&#0;&#xD800;\x00\x08此").replace("会议<", "会\x0b议<")
    document = read_document(page.encode("utf-8", "surrogatepass"))
    for text in (document.title or "", document.body):
        text.encode("utf-8")
        assert not any(unicodedata.category(each) == "Cc" and each != "\n" for each in text)


def test_no_input_raises():
    rng = random.Random(20240112)
    pieces = [
        b"<div>",
        b"<table><tr><td colspan=9>",
        b"</td>",
        "来源：".encode(),
        "发布时间：2024-99-99".encode(),
        b"\xff\xfe",
        b"\x00",
    ]
    pieces += [
        b"<meta name=PubDate content=",
        b"_CONFIG={DETAIL:{",
        b'{"content":',
        b"&#xD800;",
        b"<a href='http://[x.pdf'>",
        b"\n",
        b"\t",
        b"> ",
    ]
    pieces += [
        TEXT.encode(),
        TEXT.encode("gb18030"),
        "首页 > 甲 > ".encode(),
        b"<script>",
        b"<!--",
        b"<title>",
        b"]]>",
        b"<svg><p>",
    ]
    for _ in range(400):
        payload = b"".join(rng.choice(pieces) for _ in range(rng.randrange(1, 40)))
        document = read_document(payload, url=rng.choice([None, "http://[::1", "x", "http://a.example/b/"]))
        assert document.kind in ("article", "list", "shell", "challenge", "error", "file")
        document.body.encode("utf-8")


def _folded(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def test_real_pages_give_their_title_date_and_source(shared):
    with (shared / "pages" / "gold.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            document = read_document((shared / "pages" / "html" / row["file"]).read_bytes())
            assert document.kind == "article", row["file"]
            also = re.search(r"title_also=([^;]+)", row["note"])
            assert _folded(document.title) in (_folded(row["title"]), _folded(also and also[1])), row["file"]
            assert str(document.published_on or "") == row["published"], row["file"]
            assert _folded(document.source) == _folded(row["source"]) or "source_from=meta" in row["note"], (
                row["file"]
            )
            share = len(_folded(document.body)) / max(int(row["body_chars"]), 1)
            assert 0.9 < share < 1.1, row["file"]


TWO_BLOCKS = """<html><body><div id="note">本栏目每日更新,欢迎监督指正,来电请拨打服务热线。</div>
<div id="text"><p>全年完成投资5亿元。</p></div></body></html>"""


def test_a_site_files_selector_goes_before_the_general_rules() -> None:
    document = read_document(TWO_BLOCKS.encode(), body_selector="#text")
    assert document.body == "全年完成投资5亿元。"
    assert document.warnings == ()


@pytest.mark.parametrize("selector", ["#gone", "##"])
def test_a_selector_that_misses_is_an_alarm_and_loses_nothing(selector: str) -> None:
    document = read_document(TWO_BLOCKS.encode(), body_selector=selector)
    assert "matches nothing" in document.warnings[0]
    assert document.body == read_document(TWO_BLOCKS.encode()).body


def test_noise_that_no_charset_fits_is_no_document() -> None:
    noise = hashlib.shake_256(b"noise").digest(20_000)
    document = read_document(noise, content_type="text/html")
    assert (document.kind, document.body) == ("error", "")
