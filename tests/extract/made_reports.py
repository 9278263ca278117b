"""Invented reports, filled in from templates, and what another site makes of the same report.

For tests and for `benchmarks/near_duplicates.py`. The same template with another place or year is another
report, however alike the texts are.
"""

import random
import textwrap
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

_PHRASES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_COUNTED = [counted.split("/") for counted in _PHRASES["counted"]]
_PLACES = [first + last for first, last in product("松枫榆槐桐梓柏樟", "石溪泉岭湾桥坪塘")]
_SENTENCES = 4  # of a paragraph, with an amount in each


@dataclass(frozen=True)
class Report:
    """What a street published: its place, the year, the seed of its template, its title and its lines."""

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
    ways, gains = _PHRASES["ways"], _PHRASES["gains"]
    street = f"{place}街道" if named else "我们"
    lines = [
        f"{year}年，{place}街道在云溪区委、区政府的坚强领导下，较好完成了各项工作。现将有关情况总结如下："
    ]
    for number in range(1, paragraphs + 1):
        aim = form.choice(_PHRASES["aims"])
        lines.append(f"{'一二三四五六七八九十'[(number - 1) % 10]}、{aim}")
        sentences = [f"围绕{aim}，{street}{form.choice(ways)}，{form.choice(ways)}，{form.choice(gains)}。"]
        for thing, unit in form.sample(_COUNTED, _SENTENCES):
            told = f"完成{thing}{_amount(unit, filling)}" if numbers else f"推进{thing}"
            sentences.append(f"{form.choice(ways)}，{told}，{form.choice(gains)}。")
        lines.append("".join(sentences))
    return Report(place, year, template, f"{place}街道{year}年工作总结", tuple(lines))


def _amount(unit: str, filling: random.Random) -> str:
    amount = f"{filling.randrange(100, 99_999) / 10}" if unit == "亿元" else f"{filling.randrange(2, 3_000)}"
    return f"{amount}{unit}，增长{filling.randrange(1, 200) / 10}%"


def half(made: Report) -> Report:
    """Return the first half of a report: another document."""
    return replace(made, lines=made.lines[: len(made.lines) // 2])


def _other_page(made: Report) -> Report:
    head = f"来源：云溪区人民政府　发布时间：{made.year + 1}-01-20　浏览次数：1024"
    return replace(made, lines=(head, *made.lines, "责任编辑：区信息中心", "主办：云溪区人民政府办公室"))


def _titled(made: Report) -> Report:
    title = f"云溪区{made.title}及{made.year + 1}年工作打算"
    return replace(made, title=title, lines=(title, *made.lines))


def _with_sentence(made: Report) -> Report:
    at = len(made.lines) // 2
    sentence = "同时，积极配合区里开展专项行动，受到居民好评。"
    return replace(made, lines=(*made.lines[:at], sentence, *made.lines[at:]))


def _without_sentence(made: Report) -> Report:
    last, _, _ = made.lines[-1].rstrip("。").rpartition("。")
    return replace(made, lines=(*made.lines[:-1], f"{last}。"))


def _punctuated(made: Report) -> Report:
    return _translated(made, {"，": ",", "；": ";", "：": ":", "、": "，"})


def _full_width(made: Report) -> Report:
    return _translated(made, dict(zip("0123456789.%", "０１２３４５６７８９．％", strict=True)))


def _translated(made: Report, signs: dict[str, str]) -> Report:
    return replace(made, lines=tuple(line.translate(str.maketrans(signs)) for line in made.lines))


def _paged(made: Report) -> Report:
    """A page that was published in parts, with the foot of each part left between them."""
    part = len(made.lines) // 3 + 1
    lines: list[str] = []
    for number, at in enumerate(range(0, len(made.lines), part), start=1):
        lines += [*made.lines[at : at + part], f"第{number}页 共3页 上一页 下一页"]
    return replace(made, lines=tuple(lines))


def _filed(made: Report) -> Report:
    """The text of a file: lines of one width, cut anywhere, and on each page its head and number."""
    narrow = [piece for line in made.lines for piece in textwrap.wrap(line, 38)]
    lines: list[str] = []
    for number, at in enumerate(range(0, len(narrow), 24), start=1):
        lines += [made.title, *narrow[at : at + 24], f"- {number} -"]
    return replace(made, lines=tuple(lines))


def _corrected(made: Report) -> Report:
    """One figure was corrected on one of the sites."""
    head, _, tail = made.text.partition("增长")
    return replace(made, lines=tuple(f"{head}增长88.8%{tail[tail.index('%') + 1 :]}".splitlines()))


def _all_at_once(made: Report) -> Report:
    return _other_page(_titled(_punctuated(_full_width(_with_sentence(made)))))


RENDERINGS: dict[str, Callable[[Report], Report]] = {
    "boilerplate": _other_page,
    "title": _titled,
    "a sentence more": _with_sentence,
    "a sentence less": _without_sentence,
    "punctuation": _punctuated,
    "full width": _full_width,
    "page split": _paged,
    "file": _filed,
    "a figure corrected": _corrected,
    "all at once": _all_at_once,
}
