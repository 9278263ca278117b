"""The text of a page gives title, date, source and body by line rules; a bare text stays whole."""

from datetime import date

import pytest

from extract.plain import read_plain

TITLE = "青石街道2023年工作总结及2024年工作计划"
BODY = [
    "2023年，青石街道完成规上工业总产值120.5亿元，增长5.6%，现将有关情况报告如下。",
    "一、2023年工作总结",
    "完成投资18亿元。",
]
TAIL = "扫一扫在手机打开当前页\n触碰右侧展开\nBaidu\nmap"
SLOGAN = "为提高政府工作的透明度，保障公民、法人和其他组织依法获取政府信息，特公开以下信息。"
HEADS = {
    "slogan and spaced labels": (
        f"{SLOGAN}\n首页 > 政务公开 > 规划计划\n{TITLE}\n"
        "信息来源: 云溪区青石街道 信息提供日期:2024-01-12 【字体: 视力保护色:",
        "云溪区青石街道",
    ),
    "expired mark": (
        f"当前位置: 首页 > 信息公开\n{TITLE}\n来源:云溪区 日期:2024年01月12日 【字体:\n文件已失效",
        "云溪区",
    ),
    "spaces in the day": (
        f"新闻\n首页 > 信息公开 > 结果公开\n{TITLE}\n日期:2024年 1月 12日    信息来源: 青石街道办\n字号:",
        "青石街道办",
    ),
    "site name above": (
        f"云溪区人民政府 < ×\n{TITLE}\n来源:云溪区委(政府)办 发布时间:2024-01-12\n扫一扫在手机上打开当前页",
        "云溪区委(政府)办",
    ),
    "a clock above the title": (
        f"轻触这里 关闭目录\n云州市云溪区人民政府\n2024-03-27\n{TITLE}\n来源:云州日报发布时间:2024-01-12",
        "云州日报",
    ),
    "time of day": (
        f"首页 > 政务公开 > 政府工作报告\n{TITLE}\n信息来源:云溪区 发布时间:2024-01-12 12:45:00",
        "云溪区",
    ),
    "time first": (f"{TITLE}\n时间 : 2024-01-12 16:35 来源:云溪新区 视力保护色: 【字体:", "云溪新区"),
    "glued": (f"{TITLE}\n信息提供日期 : 2024-01-12 15:32来源 : 青石街道办事处", "青石街道办事处"),
    "counters": (
        f"回到\n顶部\n当前位置: 首页 > 云溪区青石街道办事处 > 规划计划\n\n{TITLE}\n\n"
        "发布时间: 2024年1月12日 来源:青石街道办事处 浏览次数:- T浏览字号:",
        "青石街道办事处",
    ),
    "menu above": (
        f"智能推荐 热点关注 政策推送 繁体\n{TITLE}\n来源 : 云州市应急管理局   信息提供日期 :2024-01-12",
        "云州市应急管理局",
    ),
    "one fact a line": (f"首页 > 新闻\n{TITLE}\n2024-01-12 07:00:44\n来源：云州日报", "云州日报"),
}


@pytest.mark.parametrize(("head", "source"), HEADS.values(), ids=HEADS.keys())
def test_head_forms(head: str, source: str):
    page = read_plain(head + "\n\n  " + "\n\n  ".join(BODY) + "\n\n  \n" + TAIL)
    assert page.facts.title == TITLE
    assert page.facts.published_on == date(2024, 1, 12)
    assert page.facts.source == source
    assert list(page.body) == BODY


def test_the_crumb_gives_the_publisher_and_needs_no_head_line():
    page = read_plain(
        "\n".join(
            [
                "回到 顶部",
                "您当前所在位置: 首页 > 云溪区青石街道办事处 > 公开指南",
                TITLE,
                *BODY,
                "回到",
                "顶部",
            ]
        )
    )
    assert (page.facts.title, page.facts.publisher) == (TITLE, "云溪区青石街道办事处")
    assert list(page.body) == BODY


def test_a_bare_text_stays_whole():
    page = read_plain("\n".join([TITLE, *BODY]))
    assert page.facts.title == TITLE
    assert list(page.body) == [TITLE, *BODY]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{TITLE} 2024-01-12"],
        [f"{TITLE} (2024年1月12日)"],
        [TITLE, "2024年01月12日"],
        [TITLE, "云溪区人民政府 2024-01-12 09:30"],
        [TITLE, "青石街道 (2024-01-12)"],
    ],
    ids=["behind", "in brackets", "below", "with an office", "office and brackets"],
)
def test_a_day_beside_or_below_the_title_of_a_bare_text(lines):
    facts = read_plain("\n".join([*lines, *BODY])).facts
    assert (facts.title, facts.published_on) == (TITLE, date(2024, 1, 12))


def test_a_day_in_the_text_is_no_day_of_the_document():
    facts = read_plain("\n".join([TITLE, BODY[0], "2024年1月12日召开会议。", *BODY[1:]])).facts
    assert facts.published_on is None


def test_letters_set_apart_are_closed_in_the_title_only():
    lines = [
        "政 府 工 作 报 告",
        "——2019年3月5日在云溪区某次代表大会上",
        "云溪区区长　　某某某",
        *BODY,
    ]
    page = read_plain("\n".join(lines))
    assert page.facts.title == "政府工作报告"
    assert page.body[0] == "政 府 工 作 报 告"
    assert len(page.body) == len(lines)


def test_a_subtitle_is_no_title():
    page = read_plain("　—2018年1月9日在云溪区某次代表大会上\n　　云溪区代区长 某某某\n" + "\n".join(BODY))
    assert page.facts.title is None
    assert len(page.body) == 2 + len(BODY)


def test_subtitle_and_speaker_between_title_and_head_line_stay_in_the_body():
    lines = [
        "政府工作报告",
        "――2024年3月8日在某次会议上",
        "省长 某某某",
        "2024-03-12 09:10:20",
        "来源：云州日报",
        *BODY,
    ]
    page = read_plain("\n".join(lines))
    assert page.facts.title == "政府工作报告"
    assert page.facts.published_on == date(2024, 3, 12)
    assert list(page.body) == [lines[1], lines[2], *BODY]


def test_a_source_below_the_text_is_no_head_line():
    page = read_plain("\n".join([TITLE, *BODY, BODY[0], "来源：云州日报"]))
    assert list(page.body[: len(BODY) + 2]) == [TITLE, *BODY, BODY[0]]


def test_an_unreadable_day_is_null_and_told():
    page = read_plain(f"{TITLE}\n来源:云溪区 发布时间:2024-13-45\n" + "\n".join(BODY))
    assert page.facts.published_on is None
    assert page.facts.warnings


def test_real_pages_keep_each_line_of_their_body(shared):
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        page = read_plain(text)
        assert page.facts.title
        assert page.facts.published_on
        assert page.facts.source
        start = text.index(page.body[0])
        folded = ["".join(line.split()) for line in text[start:].splitlines() if line.strip()]
        body = ["".join(line.split()) for line in page.body]
        assert folded[: len(body)] == body
        assert all(len(line) < 20 for line in folded[len(body) :])


def test_real_bare_texts_lose_nothing(shared):
    for path in [*(shared / "docs").glob("hailar*.txt"), *(shared / "docs" / "unlabelled").glob("*.txt")]:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        assert len(read_plain("\n".join(lines)).body) == len(lines)
