"""Invented reports, filled in from templates, and what another site makes of the same report.

For tests and for `benchmarks/near_duplicates.py`. A `Report` is of a place, a year and a template; the same
template with another place or year is another report, however alike the texts are.
"""

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

_THINGS = (
    "规上工业总产值 固定资产投资 社会消费品零售总额 一般公共预算收入 新增就业 培训技工 新建公园 改造道路 整治河涌 排查隐患 调解纠纷 "
    "走访企业 引进项目 新增学位 养老床位 文体活动 志愿服务 垃圾分类点 老旧小区改造 消防检查"
).split()
_UNITS = "亿元 亿元 亿元 亿元 人 人 个 公里 公里 处 宗 家 个 个 张 场 人次 个 个 次".split()
_AIMS = "优化营商环境 夯实基层治理 推进城市更新 完善公共服务 守牢安全底线 激发产业动能 建设美丽家园 弘扬优秀文化 深化放管服改革 强化队伍建设".split()
_WAYS = "坚持统筹谋划 狠抓责任落实 健全长效机制 创新服务方式 补齐短板弱项 加强部门联动 发动群众参与 用好信息手段 严格督查考核 培育先进典型".split()
_GAINS = "成效持续显现 群众满意度稳步提升 发展后劲不断增强 工作格局日益完善 基础更加牢固 形象明显改观 能力得到锻炼 活力充分释放".split()
_PLACES = [a + b for a, b in product("松枫榆槐桐梓柏樟", "石溪泉岭湾桥坪塘")]


@dataclass(frozen=True)
class Report:
    """What a street published: its place, the year, the seed of its template, its title and lines."""

    place: str
    year: int
    template: int
    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as an extractor would give them."""
        return "\n".join(self.lines)


def report(
    template: int,
    *,
    place: str | None = None,
    year: int = 2024,
    paragraphs: int = 12,
    numbers: bool = True,
    named: bool = True,
) -> Report:
    """Return the report that a street made of a template.

    With `numbers` off the template has none to fill in; with `named` off the street is named only once.
    """
    form = random.Random(template)
    place = place or form.choice(_PLACES)
    filling = random.Random(f"{template} {place} {year}")
    lines = [f"{year}年，{place}街道在云溪区委、区政府的坚强领导下，较好完成了各项工作。现将有关情况总结如下："]
    for number in range(1, paragraphs + 1):
        aim, way, gain, other = form.choice(_AIMS), form.choice(_WAYS), form.choice(_GAINS), form.choice(_WAYS)
        lines.append(f"{'一二三四五六七八九十'[number % 10]}、{aim}")
        sentences = [f"围绕{aim}，{f'{place}街道' if named else '我们'}{way}，{other}，{gain}。"]
        for thing, unit in form.sample(list(zip(_THINGS, _UNITS, strict=True)), 4):
            amount = f"{filling.randrange(10, 99_999) / 10:.1f}" if unit == "亿元" else filling.randrange(2, 3_000)
            told = f"完成{thing}{amount}{unit}，增长{filling.randrange(1, 200) / 10}%" if numbers else f"推进{thing}"
            sentences.append(f"{form.choice(_WAYS)}，{told}，{form.choice(_GAINS)}。")
        lines.append("".join(sentences))
    return Report(place, year, template, f"{place}街道{year}年工作总结", tuple(lines))


def _other_page(made: Report) -> Report:
    head = f"来源：云溪区人民政府　发布时间：{made.year + 1}-01-20　浏览次数：1024"
    return replace(made, lines=(head, *made.lines, "责任编辑：区信息中心", "主办：云溪区人民政府办公室"))


def _titled(made: Report) -> Report:
    title = f"云溪区{made.title}及{made.year + 1}年工作打算"
    return replace(made, title=title, lines=(title, *made.lines))


def _sentence_more(made: Report) -> Report:
    at = len(made.lines) // 2
    return replace(made, lines=(*made.lines[:at], "同时，积极配合区里开展专项行动，受到居民好评。", *made.lines[at:]))


def _sentence_less(made: Report) -> Report:
    at = len(made.lines) // 2
    shorter = "。".join(made.lines[at].split("。")[1:]) if "。" in made.lines[at] else ""
    return replace(made, lines=(*made.lines[:at], shorter, *made.lines[at + 1 :]))


def _punctuated(made: Report) -> Report:
    signs = str.maketrans({"，": ",", "；": ";", "：": ":", "、": "，"})
    return replace(made, lines=tuple(line.translate(signs) for line in made.lines))


def _full_width(made: Report) -> Report:
    wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
    return replace(made, lines=tuple(line.translate(wide) for line in made.lines))


def _paged(made: Report) -> Report:
    """A page that was published in parts, with the foot of each part left between them."""
    third = len(made.lines) // 3
    parts = (made.lines[:third], made.lines[third : 2 * third], made.lines[2 * third :])
    return replace(
        made, lines=tuple(line for n, part in enumerate(parts, 1) for line in (*part, f"第{n}页 共3页 上一页 下一页"))
    )


def _filed(made: Report) -> Report:
    """The text of a file: lines of one width, and on each page its head and number."""
    lines = [part for line in made.lines for part in textwrap.wrap(line, 38)]
    pages = [lines[at : at + 24] for at in range(0, len(lines), 24)]
    return replace(made, lines=tuple(x for n, page in enumerate(pages, 1) for x in (made.title, *page, f"- {n} -")))


def _corrected(made: Report) -> Report:
    """One figure was corrected on one of the sites."""
    at = next(n for n, line in enumerate(made.lines) if "增长" in line)
    head, _, rest = made.lines[at].partition("增长")
    return replace(made, lines=(*made.lines[:at], f"{head}增长88.8%{rest[rest.index('%') + 1:]}", *made.lines[at + 1 :]))


RENDERINGS: dict[str, Callable[[Report], Report]] = {
    "boilerplate": _other_page,
    "title": _titled,
    "a sentence more": _sentence_more,
    "a sentence less": _sentence_less,
    "punctuation": _punctuated,
    "full width": _full_width,
    "page split": _paged,
    "file": _filed,
    "a figure corrected": _corrected,
    "all at once": lambda made: _other_page(_titled(_punctuated(_full_width(_sentence_more(made))))),
}


def half(made: Report) -> Report:
    """The first half of a report alone: another document."""
    return replace(made, lines=made.lines[: len(made.lines) // 2])
