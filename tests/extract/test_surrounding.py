"""The lines around a body keep values apart that only styles keep apart."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.lines import hidden_nodes, joined, lines_of, spaced
from extract.surrounding import lines_above_footer, lines_after, lines_before


def body_of(page: str) -> LexborNode:
    node = LexborHTMLParser(page).css_first("#body")
    assert node is not None
    return node


def test_elements_of_a_line_come_apart_or_together():
    page = (
        "<div><h1>防汛<b>工作</b>通知</h1><p><i>2024-03-05</i><i>区水务局</i></p></div><div id=body>文</div>"
    )
    lines = lines_before(body_of(page), frozenset())
    assert [joined(line) for line in lines] == ["防汛工作通知", "2024-03-05区水务局"]
    assert [spaced(line) for line in lines] == ["防汛 工作 通知", "2024-03-05 区水务局"]


def test_read_apart_or_not_the_lines_are_the_same():
    node = body_of(
        "<div id=body><p><b>\u200b</b></p><p><b>来源：</b><b>区水务局</b></p><p>文<i> </i></p></div>"
    )
    apart = lines_of(node, apart=True)
    assert [joined(line) for line in apart] == lines_of(node) == ["来源：区水务局", "文"]
    assert apart[-1] == "文"


def test_a_menu_is_read_from_its_end_as_it_is_from_its_start():
    menu = "".join(f"<li><a href=/{n}>菜单{n}</a></li>" for n in range(70))
    beside = "<!-- --><script>var a</script><div hidden>无</div>"
    body = body_of(f"<div>旧<ul>{menu}</ul> {beside}</div><div id=body>文</div>")
    hidden = hidden_nodes(body.parser)
    assert list(map(joined, lines_before(body, hidden))) == [f"菜单{n}" for n in range(10, 70)]


def test_text_beside_blocks_keeps_its_place():
    body = body_of("<div>甲<p>乙</p>丙<b>丁</b></div><div><p>戊</p><p>己</p></div><div id=body>文</div>")
    assert list(map(joined, lines_before(body, frozenset()))) == ["甲", "乙", "丙丁", "戊", "己"]


def test_a_picture_is_a_name_only_where_a_label_waits_for_one():
    page = (
        '<p>来源：<img alt="区水务局"></p><p>来源：<img alt="图标">区教育局</p><p><img alt="区政府"></p>'
        "<div id=body>文</div>"
    )
    lines = lines_before(body_of(page), frozenset())
    assert [spaced(line) for line in lines] == ["来源：区水务局", "来源：区教育局"]


def test_the_navigation_path_ends_the_way_up_and_twelve_lines_the_way_down():
    page = f"<p>旧</p><p>首页 > 公开 > 通知</p><p>题</p><div id=body>文</div>{'<p>下</p>' * 20}"
    body = body_of(page)
    assert lines_before(body, frozenset()) == ["首页 > 公开 > 通知", "题"]
    assert lines_after(body, frozenset()) == ["下"] * 12


def test_a_page_without_a_body_ends_at_its_footer():
    tree = LexborHTMLParser("<p>题</p><p>2024-03-05</p><p>网站标识码：0000000000</p><p>下</p>")
    assert lines_above_footer(tree, frozenset()) == ["题", "2024-03-05"]
