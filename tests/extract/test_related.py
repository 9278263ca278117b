"""Lists of other documents at the end of an element go; a document's own links, files and lists stay."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.lines import lines_of
from extract.related import related_lists

TEXT = "<p>青石街道召开工作会议，会议总结了上一年的工作，并对下一年的重点任务作出安排，要求抓好落实。</p>"
TITLES = "".join(f"<li><a href=/{n}.html>青石街道开展第{n}期政策宣讲</a></li>" for n in range(4))
DATED = TITLES.replace("</a>", "</a><span>2024-01-12</span>")
FILES = TITLES.replace(".html", ".pdf")


def kept(below: str) -> list[str]:
    body = LexborHTMLParser(f"<body><div>{TEXT}{below}</div></body>").css_first("body > div")
    return lines_of(body, related_lists(body, frozenset()))[1:]


@pytest.mark.parametrize(
    "below",
    [
        f"<ul>{TITLES}</ul>",
        f"<h3>同栏目信息</h3><ul>{DATED}</ul>",
        f"<div><p>相关链接</p>{TITLES.replace('li>', 'p>')}</div>",
        f"<div><div><h4>【延伸阅读】</h4><ul>{TITLES}</ul></div></div>",
        f"<div><ul>{DATED}</ul></div><div>打印本页</div>",
    ],
)
def test_lists_of_other_documents_go(below: str):
    assert not [line for line in kept(below) if "打印" not in line]


@pytest.mark.parametrize(
    "below",
    [
        f"<ul>{FILES}</ul>",
        f"<ul>{TITLES}</ul>{TEXT}",
        "<ul><li>一是抓好安全生产；</li><li>二是抓好<a href=/1.html>消防检查</a>。</li></ul>",
        "<p><a href=/1.html>青石街道2024年工作要点</a></p><p><a href=/2.html>青石街道2024年工作计划</a></p>",
        "<p>相关附件</p>",
    ],
)
def test_what_belongs_to_the_document_stays(below: str):
    body = LexborHTMLParser(f"<body><div>{below}</div></body>").css_first("body > div")
    assert kept(below) == lines_of(body)


def test_a_page_nested_deep_costs_a_bounded_number_of_looks(monkeypatch: pytest.MonkeyPatch):
    calls = []
    monkeypatch.setattr("extract.related.lines_of", lambda *given: calls.append(given) or lines_of(*given))
    tree = LexborHTMLParser("<body>" + "<div>" * 2_000 + TEXT)
    related_lists(tree.body, frozenset())
    assert len(calls) <= 6
