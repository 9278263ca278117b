"""What a page shows beats its meta tags; where it shows nothing they count."""

from datetime import date

import pytest

from extract.document import Document, read_document
from extract.metadata import number_in_text, publisher_of_crumbs

BODY = (
    "<p>青石街道召开工作会议，会议总结了上一年的工作，并对下一年的重点任务作出安排，要求各部门抓好落实。</p>"
    * 6
)
TITLE = "青石街道召开2024年工作会议"


def document(head: str = "", above: str = "", below: str = "") -> Document:
    page = f"<html><head>{head}</head><body>{above}<div id=zoom>{BODY}</div>{below}</body></html>"
    return read_document(page.encode())


def metas(**contents: str) -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for name, content in contents.items())


def test_meta_tags_in_any_case():
    found = document(metas(articletitle=TITLE, PUBDATE="2024年01月12日", contentSource="本网"))
    assert (found.title, found.published_on, found.source) == (TITLE, date(2024, 1, 12), "本网")


def test_content_may_stand_before_name():
    assert document(f'<meta content="{TITLE}" name="ArticleTitle"content="x">').title == TITLE


def test_visible_beats_meta():
    head = metas(ArticleTitle=TITLE, PubDate="2024-03-01 09:00", ContentSource="本网")
    found = document(head, f"<h1>{TITLE}</h1><div>日期：2024-01-12 来源：青石街道办事处</div>")
    assert (found.published_on, found.source) == (date(2024, 1, 12), "青石街道办事处")


def test_source_below_the_body_counts():
    assert document("", f"<h1>{TITLE}</h1>", "<div>来源：云州日报</div>").source == "云州日报"


def test_source_written_by_a_script_counts():
    written = '<div>日期：2024-01-12 来源：<script>document.write("来源：云州特区报");</script></div>'
    assert document(metas(ContentSource="本网"), written).source == "云州特区报"


def test_the_sites_own_name_behind_a_source_goes():
    head = f"<title>{TITLE}_新闻频道_云州青年网</title>"
    found = document(head, f"<h1>{TITLE}</h1><div>发稿时间：2024-01-12 来源：某某客户端 云州青年网</div>")
    assert (found.title, found.source) == (TITLE, "某某客户端")


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE}_云溪区人民政府",
        f"{TITLE} - 云溪区人民政府门户网站",
        f"{TITLE}-工作动态-云溪区人民政府",
        f"\n {TITLE} -\n 工作动态 -\n 云溪区 -\n",
        TITLE,
    ],
)
def test_title_without_tags_comes_from_the_page_title(title: str):
    assert document(f"<title>{title}</title>").title == TITLE
    assert document(f"<title>{title}</title>", f"<div>{TITLE}</div>").title == TITLE


def test_title_of_a_page_whose_title_is_the_sites():
    head = metas(SiteName="云溪区人民政府") + "<title>云溪区人民政府</title>"
    assert document(head, f"<h1>{TITLE}</h1>").title == TITLE


def test_title_above_the_head_line_where_nothing_else_tells_it():
    head = "<title>云溪区人民政府</title>"
    assert document(head, f"<div>{TITLE}</div><div>来源：青石街道 2024-01-12</div>").title == TITLE


def test_a_page_of_pictures_keeps_its_facts():
    page = f"<head>{metas(ArticleTitle=TITLE)}</head><div>来源：青石街道 2024-01-12</div><img src=a.jpg>"
    found = read_document(f"<html>{page}</html>".encode())
    assert (found.source, found.published_on, found.body) == ("青石街道", date(2024, 1, 12), "")


def test_markup_written_into_a_title_goes():
    assert (
        document(metas(ArticleTitle=f"&lt;h1 style=&quot;margin:0&quot;&gt;{TITLE}&lt;/h1&gt;")).title
        == TITLE
    )


def test_a_title_that_was_cut_is_made_whole_by_the_line_above_the_body():
    whole = "青石街道关于开展2024年度基层应急管理能力建设提升行动工作情况的报告"
    assert document(metas(ArticleTitle=whole[:20] + "..."), f"<h1>{whole}</h1>").title == whole


def test_index_table():
    rows = (
        "<table><tr><td>索 引 号：</td><td>000/2024-1</td><td>发布机构：</td><td>青石街道办事处</td></tr>"
        "<tr><td>成文日期：</td><td>2024年01月10日</td><td>文 号：</td><td>云青〔2024〕2 号</td></tr>"
        "<tr><td>名 称：</td><td>甲</td><td>发布日期：</td><td>2024-01-12</td></tr></table>"
    )
    found = document(metas(PubDate="2024-05-01"), rows + f"<h1>{TITLE}</h1>")
    assert (found.index_number, found.document_number) == ("000/2024-1", "云青〔2024〕2号")
    assert (found.publisher, found.issued_on) == ("青石街道办事处", date(2024, 1, 10))
    assert found.published_on == date(2024, 1, 12)


def test_69_an_unreadable_day_is_null_and_told():
    found = document(metas(PubDate="9999-12-31"))
    assert found.published_on is None
    assert found.warnings == ("published: '9999-12-31' is no day that can be read",)


def test_69_an_unreadable_visible_day_falls_back_to_the_tag():
    assert document(metas(PubDate="2024-01-12"), "<div>发布日期：----</div>").published_on == date(
        2024, 1, 12
    )


@pytest.mark.parametrize(
    ("title", "body", "number"),
    [
        ("通知", ["云府办规〔2022〕13号", "各单位："], "云府办规〔2022〕13号"),
        ("通知", ["云医保规字[2024] 1 号"], "云医保规字[2024]1号"),
        ("信息公开表(金罚决字〔2024〕36号)", ["甲"], "金罚决字〔2024〕36号"),
        ("通知", ["根据云府办规〔2022〕13号文件要求，现通知如下。"], None),
        (None, [], None),
    ],
)
def test_document_number_from_the_text(title: str | None, body: list[str], number: str | None):
    assert number_in_text(title, body) == number


def test_publisher_of_crumbs():
    assert publisher_of_crumbs(["当前位置: 首页 > 云溪区青石街道办事处 > 信息公开"]) == "云溪区青石街道办事处"
    assert publisher_of_crumbs(["首页 > 政务公开 > 规划计划", "青石街道办事处"]) is None


def test_source_and_day_in_the_heading_are_no_part_of_the_title():
    found = document(above=f"<h2>{TITLE} <small>2024-01-12 来源：云溪日报</small></h2>")
    assert (found.title, found.published_on, found.source) == (TITLE, date(2024, 1, 12), "云溪日报")


def test_a_day_in_a_title_stays():
    title = "关于2024年1月12日停水的通告"
    assert document(above=f"<h2>{title}</h2>").title == title


def test_an_office_is_the_source_only_on_a_page_without_index_entries():
    told = "<p>发布时间：2024-01-12 发布单位：区水务局</p>"
    assert document(above=told).source == "区水务局"
    indexed = document(above=f"<table><tr><td>索引号：</td><td>YX-1</td></tr></table>{told}")
    assert (indexed.source, indexed.publisher) == (None, "区水务局")
