"""Periods: which dates a title, a heading, a sentence or a clause speaks of.

A period may lack its year (上半年) until the section or the title gives it; without any year it has no dates.
A base of comparison (比上年, 较2020年) names no period.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extract.numerals import number

_NUM = r"(?:\d{1,2}|十[一二]|[一二三四五六七八九十])"
_YEAR = r"(?<!\d)(?:19|20)\d{2}"
_TO = r"[-~—至到]{1,2}"
_PART = (
    rf"(?:[上下]半年|(?<![上下])半年(?=工作|总结|度)|前[一二三两123]个?季度|[1一]{_TO}[2-4二三四]季度|前三季(?!度)|第?[一二三四1-4]季度|首季"
    rf"|1月?{_TO}{_NUM}月(?:份|底|末)?|前{_NUM}个月)"
)
_FIVE_YEARS = r"[“\"]?(?P<plan>十[一二三四五六])五[”\"]?"
_BASE = rf"(?:{_YEAR}年?(?:{_TO}{_YEAR}年?)?|去年|上年|前年|今年|[“\"]?十[一二三四五六]五[”\"]?)"
_MEASURED = r"目标|任务|计划|预算|高|低|回落|提高|加快|增|收窄|扩大|下降|上升|减|多|少|降"
_COMPARED = re.compile(
    r"(?:比|较|与|同|是|超过|高于|低于|按|占|相当于)"
    rf"(?:{_BASE}(?:的|[一二三四]季度|上半年|前三季度|全年|末|底|年初|计划目标|同期|同比|目标)*"
    rf"|(?:年初|全年|上半年|[一二三四]季度|前三季度)(?=[^,;。]{{0,8}}(?:{_MEASURED})))"
    rf"|[比较](?:{_PART}|{_NUM}月份?)(?:[、和]{_BASE}(?:全年|同期)?)?"
    r"|(?:上年|去年|前年)(?:同期|同比|基数|增速|水平)"
    rf"|(?:完成|占|为|达|达到)了?(?:全年|年度|年初|{_YEAR}年度?)(?=[^,;。]{{0,6}}(?:目标|任务|计划|预算))"
)
_CHINESE_YEAR = re.compile(r"[一二][零〇○O0九][零〇○O0一二三][零〇○O0一二三四五六七八九](?=年)")
_ZERO = re.compile(r"[零〇○九]")  # a year in Chinese digits has one of these
_CHINESE_DIGITS = str.maketrans("零〇○O一二三四五六七八九", "0000123456789")
_HINT = re.compile(r"[年月季]|五[”\"]?[\u4e00-\u9fff]")  # no period is named without one of these
_OFFSETS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
}
_QUARTERS = {"首": 1, "一": 1, "二": 2, "三": 3, "四": 4, "两": 2, "1": 1, "2": 2, "3": 3, "4": 4}


@lru_cache(maxsize=1024)
def _days(year: int, month: int, last_year: int, last_month: int) -> tuple[date, date]:
    last_day = calendar.monthrange(last_year, last_month)[1]
    return date(year, month, 1), date(last_year, last_month, last_day)


@dataclass(frozen=True, slots=True)
class Period:
    """Months `first` to `last` of `year`, or whole years `year` to `last_year`.

    Where the year is not known yet, `last_year` holds the number of years (五年来 is 5).
    """

    year: int | None
    first: int = 1
    last: int = 12
    last_year: int | None = None

    def dates(self) -> tuple[date | None, date | None]:
        """Return the first and the last day, or None twice without a year."""
        if self.year is None:
            return None, None
        return _days(self.year, self.first, self.last_year or self.year, self.last)

    def part(self, place: int, count: int) -> "Period":
        """Return the year at a place of as many years as `count`; any other period is returned as it is."""
        if self.year is None or self.last_year is None or self.last_year - self.year + 1 != count:
            return self
        return Period(self.year + place)

    def whole(self) -> bool:
        """Tell whether the period is made of whole years."""
        return (self.first, self.last) == (1, 12)


class Mention(NamedTuple):
    """A period named at folded offsets.

    `shift` counts years from the context's, `same` takes its months, `since` the years up to it;
    `relative` tells that the year is counted from that of writing (今年, 去年).
    """

    start: int
    end: int
    period: Period
    shift: int = 0
    same: bool = False
    since: bool = False
    relative: bool = False

    def _up_to(self, context: Period | None) -> Period:
        """Return the years from the one named to that of the context: 2016年以来."""
        last = context and (context.last_year or context.year)
        if context is None or not last or not self.period.year or last <= self.period.year:
            return self.period
        return replace(self.period, last_year=last, last=context.last)

    def resolved(self, context: Period | None) -> Period:
        """Fill the missing year, and the months of 同期, from the period around."""
        if self.since:
            return self._up_to(context)
        if self.same and context is not None:
            return replace(self.period, first=context.first, last=context.last)
        if self.period.year is not None or context is None or context.year is None:
            return self.period
        year = (context.last_year or context.year) + self.shift
        if self.period.last_year is not None:
            return replace(self.period, year=year - self.period.last_year + 1, last_year=year)
        return replace(self.period, year=year)


def _month(text: str) -> int:
    value = number(text)
    return min(max(int(value), 1), 12) if value else 12


def months(part: str | None) -> tuple[int, int]:
    """Return the first and last month of a part of a year: 前三季度 is (1, 9), 一季度 (1, 3)."""
    if not part:
        return 1, 12
    if part.endswith("半年"):
        return (7, 12) if part.startswith("下") else (1, 6)
    if "月" in part:
        last = re.findall(_NUM, part)[-1]
        return 1, _month(last)
    found = re.findall(r"[首一二三四两1-4]", part)
    quarter = _QUARTERS[found[-1]] if found else 4
    return (1, 3 * quarter) if part.startswith("前") or len(found) > 1 else (3 * quarter - 2, 3 * quarter)


def five_years(plan: str) -> Period:
    """Return the years of a five-year plan by its number: 十四 is 2021 to 2025."""
    last = 2025 + 5 * (int(number(plan) or 0) - 14)
    return Period(last - 4, last_year=last)


def _elapsed(found: re.Match[str]) -> Mention:
    word = found["year"] or ""
    year = int(word[:4]) if word[:1].isdigit() else None
    last = _month(found["month"]) if found["month"] else months(found["part"])[1]
    return Mention(found.start(), found.end(), Period(year, 1, last), _OFFSETS.get(word, 0))


def _five(found: re.Match[str]) -> Mention:
    years = five_years(found["plan"] or found["nth"])
    ends = found.group().endswith("末")
    return Mention(found.start(), found.end(), replace(years, year=years.last_year) if ends else years)


def _span(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), Period(int(found["first"]), last_year=int(found["last"])))


def _years(found: re.Match[str]) -> Mention:
    count = int(number(found["count"] or found["past"]) or 5)
    return Mention(found.start(), found.end(), Period(None, last_year=count))


def _next_years(found: re.Match[str]) -> Mention:
    count = int(number(found["count"]) or 5)
    return Mention(found.start(), found.end(), Period(None, last_year=count), shift=count)


def _listed(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), Period(int(found["year"])), same=bool(found["same"]))


def _dated(found: re.Match[str]) -> Mention:
    year, same = int(found["year"]), bool(found["same"])
    first, last = months(found["part"])
    if found["month"]:
        first, last = 1, _month(found["month"])
    if found["single"]:
        first = last = _month(found["single"])
    since = found.group().endswith("以来")
    return Mention(found.start(), found.end(), Period(year, first, last), same=same, since=since)


def _relative(found: re.Match[str]) -> Mention:
    period, shift = Period(None, *months(found["part"])), _OFFSETS[found["word"]]
    return Mention(found.start(), found.end(), period, shift, relative=True)


def _bare(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), Period(None, *months(found["part"])))


def _since_month(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), Period(None, _month(found["month"]), 12))


def _month_alone(found: re.Match[str]) -> Mention:
    month = _month(found["month"])
    return Mention(found.start(), found.end(), Period(None, month, month))


# In this order: what one reader takes is blanked for the next. The signs before each are those of which a
# text must hold one to be worth the search.
_READERS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Mention]], ...] = (
    (
        "截",
        re.compile(
            rf"截[至止](?P<year>{_YEAR}年|今年|去年|本年)?"
            rf"(?:(?P<part>{_PART})末?|(?P<month>{_NUM})月(?:\d{{1,2}}日|份|底|末)?|年?[底末])"
        ),
        _elapsed,
    ),
    (
        "五",
        re.compile(
            rf"{_FIVE_YEARS}(?:以来|期间|时期|(?:规划)?期?末|五年|发展|工作回顾|(?=年均))"
            r"|第(?P<nth>十[一二三四五六])个五年[规计]划(?:期间|时期)"
        ),
        _five,
    ),
    ("-~—至到", re.compile(rf"(?P<first>{_YEAR})年?{_TO}(?P<last>{_YEAR})年?"), _span),
    (
        "年",
        re.compile(
            r"(?:过去|近|这|前)?(?P<count>[三四五]|[345])年(?:来|间|共|累计|(?<!用.年)(?=完成|实现|新增|建成))|(?:过去|近)(?:的)?(?P<past>[三四五]|[345])年"
        ),
        _years,
    ),
    ("今未", re.compile(r"(?:今后|未来)(?:的)?(?P<count>[三五35])年"), _next_years),
    ("和、与", re.compile(rf"(?P<year>{_YEAR})年?(?=[和、与]{_YEAR}年(?P<same>同期)?)"), _listed),
    (
        "年",
        re.compile(
            rf"(?P<year>{_YEAR})年(?:度|全年)?(?:(?P<part>{_PART})|(?P<month>{_NUM})月[底末]|以来"
            rf"|(?P<single>{_NUM})月(?:份)?(?!\d|{_NUM}?日|起))?(?P<same>同期)?"
        ),
        _dated,
    ),
    (
        "今本当去上前明来",
        re.compile(
            rf"(?P<word>今年|本年度?|当年|去年|上年|前年|明年|来年)(?!结转|结余)(?:(?P<part>{_PART})|以来|全年)?"
        ),
        _relative,
    ),
    ("季半月全", re.compile(rf"(?P<part>{_PART})末?|全年"), _bare),
    ("来今", re.compile(rf"(?<![\d年至到~—-])(?P<month>{_NUM})月份?(?:以来|至今)"), _since_month),
    (
        "月",
        re.compile(rf"(?<![\d至到~—-])(?P<month>{_NUM})月(?:份(?![\d底末起])|(?=[,:当全]))"),
        _month_alone,
    ),
)


def _blank(found: re.Match[str]) -> str:
    return "□" * len(found.group())


def mentions(text: str) -> list[Mention]:
    """Find the periods a folded text names, in order, bases of comparison left out.

    Offsets are those of the text.
    """
    if not _HINT.search(text):
        return []
    left = text
    if _ZERO.search(text):
        left = _CHINESE_YEAR.sub(lambda year: year.group().translate(_CHINESE_DIGITS), text)
    left = _COMPARED.sub(_blank, left)
    found: list[Mention] = []
    signs_here = set(left)
    for signs, pattern, reader in _READERS:
        if not signs_here.isdisjoint(signs) and (matches := list(pattern.finditer(left))):
            found.extend(map(reader, matches))
            left = pattern.sub(_blank, left)
    return sorted(found, key=lambda mention: mention.start)
