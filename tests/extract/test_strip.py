"""Page furniture goes and no line of a document is lost."""

import time

import pytest

from extract.strip import comparable, document_lines, head_length, is_crumb, is_furniture, is_tail

PARAGRAPH = "2023年，青石街道经济稳中向好，规上工业总产值120.5亿元，增长4.2%；现将有关情况报告如下。"


@pytest.mark.parametrize(
    "line",
    [
        "扫一扫在手机打开当前页",
        "扫一扫在手机上打开当前页",
        "手机扫一扫打开此页",
        "用微信“扫一扫”分享至朋友圈",
        "【字体：大 中 小】",
        "【 字体大小: 大 中 小 】",
        "字号:",
        "T浏览字号:",
        "分享到：",
        "分享到： 微信 微博",
        "打印本页 关闭窗口",
        "【返回顶部】【关闭窗口】",
        "【打印】 【关闭】",
        "浏览次数：-",
        "浏览次数: 1,204次",
        "触碰右侧展开",
        "轻触这里 关闭目录",
        "听全文",
        "文件已失效",
    ],
)
def test_furniture(line: str):
    assert is_furniture(line)
    assert document_lines([PARAGRAPH, line, PARAGRAPH]) == [PARAGRAPH, PARAGRAPH]


@pytest.mark.parametrize(
    "line",
    [
        "微信扫一扫下方二维码，即可查看附近的业务办理网点。",
        "附件：主要指标表.pdf",
        "大力发展中小企业",
        "分享改革成果",
        "编辑出版地方志3部",
        "打印机10台",
        "（一）经济平稳运行",
        "首页改版完成",
        "地图",
        "相关附件",
        "40%",
        "增长>10%",
    ],
)
def test_lines_of_a_document_are_no_furniture(line: str):
    assert not is_furniture(line)
    assert not is_crumb(line)
    assert document_lines([PARAGRAPH, line, PARAGRAPH]) == [PARAGRAPH, line, PARAGRAPH]


@pytest.mark.parametrize(
    "tail",
    [
        ["触碰右侧展开", "Baidu", "map"],
        ["扫一扫在手机打开当前页", "关于我们 | 网站地图", "某某工作室维护"],
        ["相关附件：", "相关文档："],
        ["（责任编辑：某某）"],
        ["上一篇：某县召开会议", "下一篇：没有了"],
        ["主办单位：某县人民政府 网站标识码：0000000000"],
        ["附件：", "【关闭页面】"],
        ["回到", "顶部"],
    ],
)
def test_the_tail_is_cut(tail: list[str]):
    assert document_lines([PARAGRAPH, "青石街道办事处", "2023年12月1日", *tail]) == [
        PARAGRAPH,
        "青石街道办事处",
        "2023年12月1日",
    ]


def test_an_end_mark_does_not_cut_text_that_follows():
    assert document_lines([PARAGRAPH, "相关新闻：", PARAGRAPH]) == [PARAGRAPH, "相关新闻：", PARAGRAPH]


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 政务公开 > 统计数据 > 统计月报",
        "当前位置：首页 > 信息公开",
        "您现在的位置 首页 > 专题专栏 > 政策解读",
        "您当前所在位置: 首页 > 云溪区青石街道办事处",
        "首页/ 新闻 / 政务资讯 / 正文",
        "某某网 > 时政新闻 > 正文",
        "当前位置：\t首页\t\t>发展改革工作\t>投资管理",
    ],
)
def test_crumbs(line: str):
    assert is_crumb(line)


def test_a_page_head_inside_the_container_is_counted_with_its_title():
    head = ["首页 > 公开", "青石街道工作总结", "来源：青石街道 发布时间：2024-01-12"]
    assert head_length([*head, PARAGRAPH], "青石街道工作总结") == 3


def test_a_title_that_the_document_repeats_is_no_head():
    assert head_length(["青石街道工作总结", PARAGRAPH], "青石街道工作总结") == 0


def test_a_long_line_costs_nothing():
    assert not is_tail("首页>" * 100_000)
    assert not is_furniture("扫一扫" * 100_000)
    assert not is_crumb("当前位置：" * 100_000)


def test_comparable_ignores_width_and_spaces():
    assert comparable("（一） 2023\u3000年") == "(一)2023年"


@pytest.mark.parametrize(
    "line", ["大丨丨" * 39 + "x", "QQ空间" * 29 + "x", "甲>" * 59 + "。", "››" * 59 + "。"]
)
def test_buttons_and_steps_in_a_row_end_soon(line: str):
    """Separators that two sides of a button could take once doubled the work with each button: 7 s a page."""
    start = time.process_time()
    for judge in (is_furniture, is_crumb, is_tail):
        for _ in range(100):
            judge(line)
    assert time.process_time() - start < 0.5
