"""Where the next page of a list is, and what keeps a list from being taken for whole."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from scrapers.platforms.paging import Paging, read_paging, rows_told

FOLDER = "http://www.qinghe.example/gk/zj/"


def paging(html: str, number: int = 1, name: str = "index.html") -> Paging:
    return read_paging(LexborHTMLParser(html), html, FOLDER + name, number)


def script(text: str) -> str:
    return f"<body><p>x</p><script>{text}</script></body>"


@pytest.mark.parametrize(
    ("text", "number", "following"),
    [
        ('createPageHTML(3, 0, "index", "html");', 1, "index_1.html"),
        ('createPageHTML(3, 1, "index", "html");', 2, "index_2.html"),
        ('createPageHTML(3, 2, "index", "html");', 3, None),
        ("createPage(3,0,'list','shtml')", 1, "list_1.shtml"),
        ("<!-- \n createPageHTML(3, 0, 'index', 'htm') //-->", 1, "index_1.htm"),
        ("createPageHTML(3, 1, 'index', 'html')", 1, "index_2.html"),
        ("createPageHTML(3, 2, 'index', 'html')", 2, "index_3.html"),
        ("createPageHTML(3, 3, 'index', 'html')", 3, None),
        ("createPageHTML(0, 0, 'index', 'html')", 1, None),
        ("function createPageHTML(nPages, nCurrent, sName, sExt) {}", 1, None),
        ("createPageHTML('page_div',5, 1,'list','shtml',89);", 1, "list_2.shtml"),
        ("createPageHTML('page_div',5, 5,'list','shtml',89);", 5, None),
        ("createPageHTML('page_div',5,4,'list','shtml')", 4, "list_5.shtml"),
        ("var currentPage = 0; var countPage = 3;", 1, "index_1.html"),
        ("var currentPage = 2; var countPage = 3;", 3, None),
        ('m_nRecordCount = "31"; var m_nPageSize = 15; m_nCurrPage=1;', 2, "index_2.html"),
        ("m_nRecordCount=31;m_nPageSize=15;m_sPageName='nei';m_sPageExt='htm'", 1, "nei_1.htm"),
        ("m_nRecordCount=31;m_nPageSize=0", 1, None),
        ("m_nRecordCount=31", 1, None),
    ],
)
def test_scripts(text: str, number: int, following: str | None):
    assert paging(script(text), number).following == (FOLDER + following if following else None)


def test_a_numbered_page_names_the_next_one_by_the_first():
    found = paging(script("var currentPage = 1; var countPage = 3;"), 2, "list_1.shtml")
    assert found.following == FOLDER + "list_2.shtml"


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ('createPageHTML(9, 0, "index", "html");', "index_4.html"),
        ("createPageHTML('page_div',9, 1,'index','html',89);", "index_5.html"),
        ("var currentPage = 0; var countPage = 9;", "index_4.html"),
    ],
)
def test_44_a_page_number_that_stays_at_the_first_page_does_not_end_the_list(text: str, following: str):
    assert paging(script(text), 4).following == FOLDER + following


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("createPageHTML('page_div',5, 1,'list','shtml',89);", 89),
        ("m_nRecordCount=31;m_nPageSize=15;", 31),
        ('createPageHTML(5, 0, "index", "html");', None),
    ],
)
def test_totals(text: str, total: int | None):
    assert paging(script(text)).total == total


@pytest.mark.parametrize(
    ("text", "number", "cut"),
    [
        ('createPageHTML(50, 49, "index", "html");', 50, "50 pages at most"),
        ("createPageHTML('page_div',67, 67,'list','shtml',1000);", 67, "1000 rows at most"),
    ],
)
def test_48_a_list_that_ends_at_the_site_s_cap_is_not_whole(text: str, number: int, cut: str):
    assert cut in (paging(script(text), number).cut or "")


@pytest.mark.parametrize(
    ("pager", "number", "pages"),
    [
        ("共 12 页", 1, 12),
        ("第1/12页", 1, 12),
        ("1/12 页", 2, 12),
        ('<a href="javascript:goPage(2)">下一页</a>', 1, 2),
        ("<a href=\"javascript:page.go('zj', 2);\">下一页</a>", 1, 2),
    ],
)
def test_48_pages_that_cannot_be_asked_for_cut_the_list(pager: str, number: int, pages: int):
    cut = f"the list has {pages} pages, and how page {number + 1} is asked for is not known"
    assert paging(f"<body>{pager}</body>", number) == Paging(cut=cut)


@pytest.mark.parametrize(
    "pager",
    [
        "共1页",
        "共0页",
        "2024/12/31",
        '<a href="javascript:void(0)">下一页</a>',
        '<a href="javascript:goPage(1)">下一页</a>',
        '<a href="javascript:setFont(16)">大</a>',
        '共9页 <a href="index_2.html">下一页</a>',
        f"共9页{script('createPageHTML(9, 0, `index`, `html`)').replace('`', chr(34))}",
    ],
)
def test_what_does_not_cut_a_list(pager: str):
    assert paging(f"<body>{pager}</body>").cut is None


@pytest.mark.parametrize(
    ("pager", "number", "following"),
    [
        ('<a class="next" href="index_2.html">&gt;</a>', 1, "index_2.html"),
        ('<li class="page next"><a href="index_2.html"></a></li>', 1, "index_2.html"),
        ('<a rel="next" href="index_2.html">»</a>', 1, "index_2.html"),
        ('<a class="next" href="javascript:;">&gt;</a>', 1, None),
        ('<a class="next" href="/xw/1.html">热门文章</a>', 1, None),
        ('<a class="prev" href="index_1.html">&lt;</a>', 3, None),
        ('<b>1</b><a href="index_2.html">2</a><a href="index_3.html">3</a>', 1, "index_2.html"),
        ('<a href="index.html">1</a><b>2</b><a href="index_3.html"> 3 </a>', 2, "index_3.html"),
        ('<a href="index.html">1</a><b>2</b>', 2, None),
        ('<a href="/calendar/2.html">2</a><a href="#">2</a>', 1, None),
        ('<a href="http://mirror.example/gk/zj/index_2.html">2</a>', 1, None),
    ],
)
def test_anchors_without_words(pager: str, number: int, following: str | None):
    assert paging(f"<body>{pager}</body>", number).following == (FOLDER + following if following else None)


def test_a_number_beyond_the_end_that_a_script_tells_is_no_page():
    html = '<a href="index_4.html">4</a>' + script('createPageHTML(3, 2, "index", "html")')
    assert paging(html, 3) == Paging()


def test_an_anchor_goes_before_a_script():
    html = '<a href="index_2.html">下一页</a>' + script('createPageHTML(9, 0, "index", "html")')
    assert paging(html).following == FOLDER + "index_2.html"


@pytest.mark.parametrize(
    ("text", "rows"), [("共2576条 1/129", 2576), ("共52篇文章", 52), ("共 9 页", None), ("共条", None)]
)
def test_rows_that_a_pager_tells(text: str, rows: int | None):
    assert rows_told(LexborHTMLParser(f"<p>{text}</p>")) == rows
