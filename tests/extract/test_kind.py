"""An answer that is no article is told apart; what the parser is slow for is refused before it is parsed."""

import csv
import time

import pytest

from extract.document import read_document
from extract.kind import file_type

TEXT = (
    "青石街道召开2024年工作会议，会议总结了上一年的工作，并对下一年的重点任务作出安排，要求各部门抓好落实。"
)
RUISHU = "<script>$_ts=window['$_ts'];$_ts.nsd=1;$_ts.cd='a';</script>"
ROW = "<li><a href='/content/post_{0}.html'>青石街道工作动态第{0}期</a><span>2024-01-{0:02}</span></li>"


def kind(page: str) -> str:
    return read_document(page.encode()).kind


@pytest.mark.parametrize(
    ("payload", "content_type", "expected"),
    [
        (b"%PDF-1.7", None, "pdf"),
        (b"\n\n%PDF-1.4", "application/octet-stream", "pdf"),
        (b"PK\x03\x04\x14", "text/html", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None, "ole"),
        (b"\x89PNG\r\n\x1a\n", None, "png"),
        (bytes(range(32)) * 40, None, None),
        (b"\x00\x01\x02" * 400, None, "unknown"),
        (b"GIF", "image/gif", "image/gif"),
        ("<html>正文".encode("utf-16"), None, None),
        (b"<html>", "text/html", None),
    ],
)
def test_files_by_their_first_bytes(payload: bytes, content_type: str | None, expected: str | None):
    assert file_type(payload, content_type) == expected
    assert (read_document(payload, content_type=content_type).kind == "file") is (expected is not None)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<html><head>{RUISHU}<script src=/a.js></script></head><body></body></html>", "challenge"),
        (f"<html><head>{RUISHU}</head><body><p>{TEXT * 5}</p></body></html>", "article"),
        ("<script>document.cookie='a=1';location.href=location.pathname</script>", "challenge"),
        ("<html><body><h1>网站防火墙</h1><p>您的请求被拦截</p></body></html>", "challenge"),
        ("<html><title>404</title><body>您访问的页面不存在或已删除</body></html>", "error"),
        ("<html><title>提示</title><body>该文章不存在！</body></html>", "error"),
        ("<html><body>系统维护中，请稍后访问</body></html>", "error"),
        ("<html><head><meta http-equiv=refresh content='0;url=/'></head><body></body></html>", "error"),
        ("404 Not Found", "error"),
        (
            "<html><meta name=ArticleTitle content=系统维护公告><body><div>系统维护</div></body></html>",
            "article",
        ),
        (f"<html><body><h1>关于网站系统维护的公告</h1><div><p>{TEXT * 5}</p></div></body></html>", "article"),
        ("<html><body><div id=app></div><script src=/app.js></script></body></html>", "shell"),
        ("<html><body><p>{{title}}</p><p>{{date}}</p><p>{{content}}</p></body></html>", "shell"),
        ("<html><body><ul>" + "".join(ROW.format(n) for n in range(1, 16)) + "</ul></body></html>", "list"),
        ('{"articles":[],"id":3}', "list"),
        ('{"code":500}', "error"),
        ('{"content":', "error"),
        ("", "error"),
        (" \n ", "error"),
    ],
)
def test_kinds(page: str, expected: str):
    assert kind(page) == expected


MENU = "<ul>" + "".join(f"<li><a href=/{n}/>{n}栏目</a></li>" for n in range(60)) + "</ul>"
FOOT = "<p>版权所有：云溪区人民政府 网站标识码：0000000000 地址：云溪区人民路1号</p>"
DATED = "<h1>{0}</h1><div>发布时间：2024-01-12 来源：云溪区政务服务和数据管理局</div><div>{1}</div>"


def in_menus(body: str, title: str = "云溪区人民政府") -> str:
    return f"<html><head><title>{title}</title></head><body>{MENU}{body}{FOOT}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        "<div>您访问的页面找不到了！</div>",
        "<div>抱歉，您访问的页面不存在或已删除</div><a href=/>返回首页</a>",
        "<div>该信息已删除</div>",
        "<div>对不起，您要查看的文章不存在或未审核！</div>",
        "<div>该栏目已下线</div>",
        "<h2>404</h2><p>没有找到您要访问的页面</p><p>您访问的页面可能已被删除</p>",
        "<h1>HTTP Error 404. The requested resource is not found.</h1>",
        "<div>系统出错啦，请稍后再试</div>",
        "<div>您没有权限访问该页面，请先登录</div>",
    ],
)
def test_a_soft_error_is_told_alone_and_between_menus(body: str):
    assert kind(f"<html><body>{body}</body></html>") == "error"
    assert kind(in_menus(body)) == "error"


@pytest.mark.parametrize("word", ["ok", "OK\n", "null", "true", "{}", "[ ]", '"success"', "0", "undefined;"])
@pytest.mark.parametrize("content_type", [None, "text/html; charset=utf-8", "application/json"])
def test_61_an_answer_that_is_only_a_word_of_a_program_is_empty(word: str, content_type: str | None):
    for page in (word, f"<html><head><title>云溪区</title></head><body><p>{word}</p></body></html>"):
        document = read_document(page.encode(), content_type=content_type)
        assert (document.kind, document.body) == ("error", "")
        assert document.warnings[0].startswith("page: empty answer, only "), "the marts know it by this"


def test_61_few_words_of_a_published_page_are_its_text():
    assert read_document("总结".encode()).body == "总结"
    page = "<html><head><meta name=ArticleTitle content=云溪区工作总结></head><body><p>ok</p></body></html>"
    assert kind(page) == kind(in_menus(DATED.format("云溪区工作总结", "<p>1</p>"))) == "article"
    assert kind("<html><body><div><p>1</p><img src=/scan.png></div></body></html>") == "article"
    assert read_document(b'{"code":404}').warnings == ("page: JSON without a document in it",)


LOGIN = "<form><p>用户名</p><input name=user><p>密码</p><input type=PassWord><button>登录</button></form>"


def test_32_62_a_login_in_the_place_of_a_page_is_no_document():
    assert kind(f"<html><head><title>统一身份认证</title></head><body>{LOGIN}</body></html>") == "error"
    assert kind(in_menus(LOGIN)) == "error"


def test_an_article_below_a_login_is_one():
    assert kind(in_menus(f"{LOGIN}<div id=zoom><p>{TEXT}</p></div>")) == "article"


@pytest.mark.parametrize(
    "body",
    [
        DATED.format("关于系统升级维护的公告", "因系统升级，1月13日网站暂停服务。"),
        DATED.format("政务热线受理情况", "本周共受理事项404件，办结403件，拨付资金500 万元。"),
        DATED.format("网站错误页面整改情况", "已修复页面不存在的链接12个。"),
        f"<h1>网站建设情况</h1><div><p>{TEXT}对404页面和找不到页面的链接作了清理，页面不存在的问题已解决。</p>"
        f"<p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></div>",
        "<h1>本周热线</h1><div><p>本周共受理事项404件，已办结403件，群众表示满意。</p></div>",
    ],
)
def test_an_article_that_speaks_of_errors_is_one(body: str):
    assert kind(f"<html><body>{body}</body></html>") == "article"
    assert kind(in_menus(body)) == "article"


def test_a_page_of_pictures_with_its_day_is_an_article_without_meta_tags():
    document = read_document(in_menus(DATED.format("一图读懂工作报告", "<img src=a.png>")).encode())
    assert (document.kind, str(document.published_on), document.body) == ("article", "2024-01-12", "")


@pytest.mark.parametrize(
    "body",
    [
        "<div id=app></div><script src=/app.js></script>",
        "<div id='root'>加载中</div><script src=/app.js></script>",
        "<h1>{{ d.title }}</h1><p>发布时间：{{ d.time }}</p><div v-html=x>{{ d.content }}</div>",
    ],
)
def test_a_shell_is_told(body: str):
    assert kind(f"<html><body>{body}</body></html>") == "shell"


def test_a_short_article_above_a_list_is_no_list():
    rows = "".join(ROW.format(n) for n in range(1, 9))
    article = DATED.format("青石街道召开会议", f"<p>{TEXT * 2}</p>") + f"<h3>最新信息</h3><ul>{rows}</ul>"
    assert kind(in_menus(article)) == "article"
    assert kind(in_menus(f"<p>本栏目发布工作动态。</p><ul>{rows}</ul>")) == "list"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<div " + " a=1" * 100_000 + ">",
        "<select>" + "<option>1" * 100_000,
        "<a href=/>甲</a>" * 1_000_000,
        '{"content":"' + "<div>" * 100_000 + '"}',
        "<script>_CONFIG={DETAIL:" + '{"a":' * 100_000,
        "[" * 100_000,
        "[[" + "1," * 10,
    ],
    ids=["nesting", "attributes", "options", "links", "json content", "config", "brackets", "cut json"],
)
def test_what_is_slow_to_parse_is_refused_in_time(page: str):
    begin = time.process_time()
    document = read_document(page.encode())
    assert time.process_time() - begin < 2
    assert document.kind in ("error", "shell")
    assert document.body == ""
    assert document.warnings


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + TEXT,
        "<div class=TRS_Editor>" * 20_000 + TEXT,
        "<table><tr><td>" * 6_000 + TEXT,
        "<div class=item>甲 01-02<a href=/a>标题标题标题</a>" * 12_000,
        "<ul>" + "<li><a href=/a>甲乙丙丁戊己</a> 01-02</li>" * 9_000,
        "<p>" + "1" * 500_000,
        "<p>" + "来源：" * 100_000,
        "<p>首页>" + "甲>" * 30_000,
        "<p>" + " \u3000" * 300_000 + "甲",
        "<br>" * 39_000,
        "document.write('" * 50_000,
    ],
    ids=[
        "nesting",
        "anchors",
        "tables",
        "rows",
        "links",
        "digits",
        "labels",
        "crumb",
        "blanks",
        "breaks",
        "scripts",
    ],
)
def test_nothing_below_the_limits_is_quadratic(page: str):
    begin = time.process_time()
    read_document(("<html><body>" + page).encode())
    assert time.process_time() - begin < 4


def test_a_large_payload_is_refused():
    document = read_document(b"a" * (8 * 1024 * 1024 + 1))
    assert (document.kind, document.body) == ("error", "")


@pytest.mark.parametrize("folder", ["other", "lists"])
def test_real_answers(shared, folder: str):
    with (shared / "pages" / folder / "expected.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            document = read_document((shared / "pages" / folder / row["file"]).read_bytes())
            is_list = folder == "lists" and row["row_count"] != "0"
            assert document.kind == (row.get("kind") or ("list" if is_list else "article")), row["file"]


TABLE_OF_404 = """各行业零售额
行业	零售额	增幅
零售业
404.54
16.3
批发业
404
13.0
"""
SUMMARY_OF_SYSTEMS = (
    "清河街道2023年工作总结\n"
    "（一）政务服务系统升级\n"
    "全年办结事项4040件，群众满意度达到98.5%，比上年提高1.2个百分点，事项网办率达到91.3%，较上年同期提高3.4个百分点。\n"
    "（二）网站维护常态化\n"
    "全年检查链接12000条，更新信息863条，回应群众留言404条，受理依申请公开12件，全部按期答复，没有发生一起行政争议。\n"
    "（三）信息未审核不发布\n"
    "全年审核信息1560条，退回修改73条，查处不规范用语15处，群众对政务公开工作的满意率达到97.6%，位居全区街道前列。\n"
)


@pytest.mark.parametrize("text", [TABLE_OF_404, SUMMARY_OF_SYSTEMS], ids=["cells", "headings"])
def test_a_text_of_figures_is_no_error_page(text: str):
    """404 may be a figure, and a report may have a heading on the upkeep of systems."""
    document = read_document(text.encode(), content_type="text/plain")
    assert (document.kind, bool(document.body)) == ("article", True)
