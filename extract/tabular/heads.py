"""What the head of a table's column says of the numbers below it: measure, unit, period, and a name.

A head is read from all its levels together (2023年 over 增速(%)). What is left when unit, period and the
words of measure are taken out is its name: 产量 of 产量(万吨), 域外 of 域外, nothing of 绝对数.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.fold import fold
from extract.period import Mention, Period, mentions
from extract.reading import Measure
from extract.status import Status
from extract.tabular.amounts import TableUnit, unit_of
from extract.wording import either, words

When = Literal["current", "cumulative", "earlier"]

_WORDS = words("table")
_BRACKET = re.compile(r"\(([^()]*)\)?")
_RANK = re.compile(either(_WORDS["ranks"]))
_PROGRESS = re.compile(
    r"(?:完成|达到|达|占).{0,8}(?:计划|目标|任务|预算).{0,6}$|(?:完成率|完成比例|进度|完成%|完成百分比)$"
)
_CHANGED = rf"(?:{either(_WORDS['changes'])}|增加(?!值)|(?:实际|名义)(?=增))"
_CHANGE = re.compile(rf"{_CHANGED}|[比较](?:上|去)年(?:同期|末)?$")
_SHARE = re.compile(either(_WORDS["shares"]) + r"|占[^占]{1,12}%$")
_SHARE_OF = re.compile(r"占(?P<whole>[^占]{2,14}?)(?:的)?(?:比重|比例|%|$)")
_INDEX = re.compile(r"=100|为100|指数$")
_PLAN = re.compile(either(_WORDS["plans"]))
_CUMULATIVE = re.compile(either(_WORDS["cumulative"]))
_CURRENT = re.compile(either(_WORDS["current"]))
_EARLIER = re.compile(rf"^{either(_WORDS['earlier'])}(?:累计|数|末)?")
_ALL_YEAR = re.compile(r"(?<!\d)1[-~—至]12月(?:份)?")
_MONTHS = re.compile(
    r"(?<![\d~—至-])(?P<ends>\d{1,2})月末|(?<![\d年~—至-])(?P<month>\d{1,2})月(?:份|当月)?(?!\d)"
)
_FROM_JANUARY = re.compile(r"(?<!\d)1月(?:份)?(?=[-~—至]\d{1,2}月)")
_QUARTERS = re.compile(r"(?<!\d)1[-~—至](?P<last>[1-4])季度")
_BARE_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?:年度?)?(?![\d.])")
_SCOPE = re.compile(r"(?:在|居|列)?(?P<scope>全[国省市区县州旗])(?=.{0,4}$)")
_LEFT_OVER = re.compile(r"[±%,、:;/+\-]|^[的为在]|[的为]$")
_BASE = re.compile(r"以?(?:上年|上月|去年|同期|同月|(?:19|20)\d{2}年?){0,3}(?:价格)?(?:为|=)100")
_LIMITED = re.compile(r"限额以[上下]")  # companies above a size, and no limit of an allowance
_LETTER = re.compile(r"[一-鿿A-Za-z]")
_PLACE = re.compile(either(_WORDS["places"]))
_AMOUNT_OF_CHANGE = re.compile(r"增减?[额量]|净增|比年初(?:增减|增加)$")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: `measure` is None where it does not say, `name` empty where it names nothing.

    `of_rate` marks a rank of a growth (增速位次), `whole` what a share is part of, `when` a period that
    hangs on the table's own (本月, 累计, 上年同期); `runs` that one of a year before runs from January.
    `place` is the whole that the column is about (全省 beside 全市), which its name leaves out.
    """

    text: str
    measure: Measure | None
    unit: TableUnit | None
    name: str
    share: str = ""
    whole: str = ""
    index: bool = False
    scope: str | None = None
    status: Status = "actual"
    mention: Mention | None = None
    when: When | None = None
    of_rate: bool = False
    runs: bool = False
    place: str = ""

    @property
    def told(self) -> bool:
        """Tell whether the head says something that only statistics say."""
        return bool(self.measure or self.unit or self.mention or self.when or self.index or self.share)


def bare(text: str) -> str:
    """Return a text in half-width signs without any white space."""
    return "".join(fold(text).text.split())


def is_label_head(text: str) -> bool:
    """Tell whether a head stands over names of rows (指标, 产品名称)."""
    return _BRACKET.sub("", bare(text)) in _WORDS["labels"]


def is_unit_head(text: str) -> bool:
    """Tell whether a head stands over units."""
    return bare(text) in _WORDS["units"]


def is_serial_head(text: str) -> bool:
    """Tell whether a head stands over running numbers or codes."""
    return bare(text) in _WORDS["serials"]


def is_refused(text: str) -> bool:
    """Tell whether a head belongs to a list of people, firms, rooms, contracts or duties."""
    text = _LIMITED.sub("", bare(text))
    return any(word in text for word in _WORDS["refused"])


def read_head(levels: Sequence[str]) -> Head:
    """Read the levels of a column's head, the upper first."""
    return _read_head(tuple(dict.fromkeys(filter(None, map(bare, levels)))))


@cache
def _read_head(levels: tuple[str, ...]) -> Head:
    text = "".join(levels)
    unit, rest = _unit(text)
    measure, share = _measure(rest, unit, levels[-1] if levels else "")
    mention, rest = period_in(_BASE.sub("", rest))
    when = _when(rest)
    whole = _SHARE_OF.search(rest)
    scope = _SCOPE.search(rest) if measure == "rank" else None
    plan = measure != "progress" and _PLAN.search(rest)
    return Head(
        text=text,
        measure=measure,
        unit=unit or _implied(text, measure),
        name=_name("".join(filter(_is_telling, levels)), measure),
        share=share,
        whole=whole["whole"] if whole else "",
        index=_INDEX.search(text) is not None,
        scope=scope["scope"] if scope else None,
        status="plan" if plan else "estimate" if "预计" in rest else "actual",
        mention=mention,
        when=when,
        of_rate=measure == "rank" and _CHANGE.search(rest) is not None,
        place=place.group() if (place := _PLACE.search(rest)) and measure != "rank" else "",
    )


def _is_telling(level: str) -> bool:
    """Tell whether a level of a head is more than a word for an amount (绝对数, 总量)."""
    return _BRACKET.sub("", level) not in _WORDS["levels"]


def _unit(text: str) -> tuple[TableUnit | None, str]:
    """Take the units in brackets out of a head; other brackets go with them."""
    found: TableUnit | None = None
    for bracket in _BRACKET.finditer(text):
        found = unit_of(bracket[1].removeprefix("单位:")) or found
    return found, _BRACKET.sub(lambda each: "" if "=" not in each[1] else each[1], text)


def _measure(text: str, unit: TableUnit | None, last: str) -> tuple[Measure | None, str]:
    """Tell the measure, and for a share its word (比重, 占比)."""
    relative = unit is None or unit.written in ("%", "‰")
    if _RANK.search(text):
        return "rank", ""
    if relative and _PROGRESS.search(text):
        return "progress", ""
    if _INDEX.search(text):
        return "level", ""
    share = _SHARE.search(text)
    if share and relative and not _CHANGE.search(_BRACKET.sub("", last)):
        return "level", "占比" if "占比" in share.group() else "比重"
    if _CHANGE.search(text):
        return "change", ""
    return ("level" if unit or text in _WORDS["levels"] else None), ""


def _implied(text: str, measure: Measure | None) -> TableUnit | None:
    """Return the unit that a head implies: 位 of a rank, % of a growth, 个百分点 where it says so."""
    if measure == "rank":
        return TableUnit("位", "", None)
    if "百分点" in text:
        return unit_of("个百分点")
    if measure == "progress" or text.endswith("%") or _SHARE.search(text):
        return unit_of("%")
    return unit_of("%") if measure == "change" and not _AMOUNT_OF_CHANGE.search(text) else None


def period_in(text: str) -> tuple[Mention | None, str]:
    """Take the period that a folded text names out of it; the second value is what is left."""
    text = _FROM_JANUARY.sub("1", text)
    if quarters := _QUARTERS.search(text):
        return _cut(text, quarters, Period(None, 1, 3 * int(quarters["last"])))
    for mention in mentions(text):
        if mention.period.year is not None or not mention.period.whole():
            return mention, text[: mention.start] + text[mention.end :]
    if all_year := _ALL_YEAR.search(text):
        return _cut(text, all_year, Period(None))
    if year := _BARE_YEAR.search(text):
        return _cut(text, year, Period(int(year.group()[:4])))
    if months := _MONTHS.search(text):
        last = int(months["month"] or months["ends"])
        if 1 <= last <= 12:
            return _cut(text, months, Period(None, last if months["month"] else 1, last))
    return None, text


def _cut(text: str, found: re.Match[str], period: Period) -> tuple[Mention, str]:
    """Cut what names a period out of a text."""
    return Mention(*found.span(), period), text[: found.start()] + text[found.end() :]


def _when(text: str) -> When | None:
    if _CHANGE.search(text) and not _CUMULATIVE.search(text):
        return "current" if _CURRENT.search(text) else None
    if _EARLIER.search(text):
        return "earlier"
    if _CUMULATIVE.search(text):
        return "cumulative"
    return "current" if _CURRENT.search(text) else None


@cache
def _noise(measure: Measure | None) -> re.Pattern[str]:
    lists = ["cumulative", "current", "earlier", "plans", "places"]
    lists += {"change": ["bases"], "rank": ["bases", "ranks"]}.get(measure or "", [])
    noise = either(["本年", "今年", *(word for each in lists for word in _WORDS[each])])
    return re.compile(rf"{noise}|{_CHANGED}" if measure in ("change", "rank") else noise)


def _name(text: str, measure: Measure | None) -> str:
    """Return what is left of a head as a name: a noun such as 产量, or a class such as 城镇."""
    if measure == "progress":
        return ""
    text = _SHARE_OF.sub("", period_in(_BASE.sub("", _unit(text)[1]))[1])
    text = re.sub(rf"{either(_WORDS['shares'])}$", "", text)
    text = _LEFT_OVER.sub("", _noise(measure).sub("", _LEFT_OVER.sub("", text)))
    text = re.sub(r"^[上至到]?[年月末底初]$", "", text)
    if text in _WORDS["levels"] or text in _WORDS["labels"] or "100" in text:
        return ""
    text = text.strip("()")
    return text if _LETTER.search(text) else ""
