"""The finder needs no anchor: each layout here holds its document in an element without a telling name."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.container import find_container
from extract.lines import hidden_nodes, lines_of
from extract.strip import document_lines

TITLE = "青石街道开展消防安全检查"
P1 = "1月12日，青石街道组织工作人员开展消防安全检查，共检查企业35家，发现隐患48处，已全部督促整改。"
P2 = "街道将继续加大检查力度，确保辖区消防安全形势稳定。"
MENU = "<ul>" + "".join(f"<li><a href=/c{n}/>栏目名称{n}</a></li>" for n in range(30)) + "</ul>"
HEAD = f"<h1>{TITLE}</h1><div>发布时间：2024-01-12 来源：青石街道办事处</div>"
RELATED = (
    "<div>相关新闻：<ul>"
    + "<li><a href=/x>某街道召开安全生产工作会议部署工作</a> 2024-01-10</li>" * 8
    + "</ul></div>"
)
FOOT = "<div>版权所有：云溪区人民政府办公室，转载请注明来源。 网站标识码：0000000000</div>"


def found(markup: str, *, anchors: bool = True) -> list[str]:
    tree = LexborHTMLParser(f"<html><body>{MENU}{markup}{FOOT}</body></html>")
    hidden = hidden_nodes(tree)
    node = find_container(tree, TITLE, hidden, anchors=anchors)
    return document_lines(lines_of(node, hidden)) if node is not None else []


BODY = f"<div><p>{P1}</p><p>{P2}</p></div>"
DUTIES = "机构职能介绍文字，依法实行统一监督管理。" * 8
LAYOUTS = {
    "paragraphs": f"<div>{HEAD}{BODY}{RELATED}</div>",
    "section": f"<main>{HEAD}<section><p>{P1}</p><p>{P2}</p></section>{RELATED}</main>",
    "bare text": f"<div>{HEAD}<div>{P1}<br><br>{P2}</div>{RELATED}</div>",
    "one line each in div": f"<div>{HEAD}<div><div>{P1}</div><div>{P2}</div></div>{RELATED}</div>",
    "tables of 2008": f"<table><tr><td>{MENU}</td><td><table><tr><td>{HEAD}</td></tr>"
    f"<tr><td>{P1}<br>{P2}</td></tr></table></td></tr></table>{RELATED}",
    "hidden double": f"<div style='display:none'>{BODY}</div><div>{HEAD}{BODY}</div>",
    "anchor": f"<div>{HEAD}<div id=zoom><p>{P1}</p><p>{P2}</p></div>{RELATED}</div>",
    "anchor in anchor": f"<div>{HEAD}<div id=zoomcon><div class=TRS_Editor>{BODY}</div></div></div>",
    "hidden anchor": f"<div hidden><div id=zoom>{DUTIES}</div></div><div>{HEAD}{BODY}</div>",
    "menu text above": f"<div>{DUTIES}</div><div>{HEAD}{BODY}</div>",
}


@pytest.mark.parametrize("markup", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("anchors", [True, False])
def test_layouts(markup: str, anchors: bool):
    assert found(markup, anchors=anchors) == [P1, P2]


def test_a_short_notice_keeps_its_signature_and_its_files():
    file = "<div>附件：<a href=a.doc>报名表.doc</a></div>"
    signature = "<div>青石街道办事处</div><div>2024年1月12日</div>"
    body = f"<div><div>因管道检修，1月13日停水。</div>{file}{signature}</div>"
    contact = "<div>地址：云溪区某路1号 电话：000-0000000</div>"
    lines = ["因管道检修，1月13日停水。", "附件：报名表.doc", "青石街道办事处", "2024年1月12日"]
    assert found(f"<div>{HEAD}{body}</div>{FOOT}{contact}") == lines


def test_text_cut_into_many_spans_counts_as_one_line():
    spans = "".join(f"<span>{each}</span>" for each in P1)
    assert found(f"<div>{HEAD}<div><div>{spans}</div><div>{P2}</div></div></div>") == [P1, P2]


def test_a_second_copy_for_small_screens_is_left_out():
    copy = f"<div>{HEAD}<div><p>{P1}</p><p>{P2}</p><p>{P1}</p><p>{P1}</p></div></div>"
    assert found(copy + copy) == [P1, P2, P1, P1]


def test_snippets_of_other_articles_are_left_out():
    snippet = f"<div><a href=/x>某街道召开安全生产工作会议</a><p>{P2}<a href=/x>【详细】</a></p></div>"
    assert found(f"<div><div>{HEAD}{BODY}</div><div>相关阅读：{snippet * 6}</div></div>") == [P1, P2]


def test_a_page_that_is_one_table():
    rows = "".join(f"<tr><td>{n}</td><td>某某企业{n}</td><td>{n * 3}.5</td></tr>" for n in range(1, 30))
    lines = found(f"<div>{HEAD}<div><table>{rows}</table></div>{RELATED}</div>")
    assert len(lines) == 29
    assert lines[0] == "1\t某某企业1\t3.5"


def test_links_inside_running_text_stay():
    text = f"{P1}详情见<a href=/a>《检查通报》</a>。"
    assert found(f"<div>{HEAD}<div><p>{text}</p><p>{P2}</p></div></div>") == [f"{P1}详情见《检查通报》。", P2]


def test_a_page_of_links_holds_no_document():
    assert found("") == []
