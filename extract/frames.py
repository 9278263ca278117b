"""What a document's title tells: the periods of its review and its plan, and which of the two it is.

2022年一季度工作情况及二季度工作打算 gives the period of both parts; a title that tells neither leaves it to
the text's own leaning.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from extract.leaning import leans_to_plan
from extract.period import Period, five_years, mentions

Role = Literal["actual", "plan"]

_REVIEW = re.compile(r"总结|回顾|情况|成效|成绩|进展|落实|开局|特点|过去|亮点|做法|现状|基础|形势|评估")
_PLAN = re.compile(
    r"计划|安排|打算|思路|目标|下一步|下阶段|部署|重点工作|任务|展望|规划|举措|要点|总体要求|(?:实事|(?:民生|重点)事项)(?:项目)?(?!完成)"
)
_NEXT = re.compile(r"下一?(?:步|阶段)")
_FIVE_YEARS = r"(?:第(?P<nth>十[一二三四五六])个五年|[“\"]?(?P<plan>十[一二三四五六])五[”\"]?)"
_OF_PLAN = r"[\u4e00-\u9fff]{0,16}?[规计]划"
_LOOKED_BACK_ON = r"(?:纲要)?[”\"]?(?:实施|执行|评估|完成|落实|进展|中期)"
_FIVE_YEAR_PLAN = re.compile(rf"{_FIVE_YEARS}{_OF_PLAN}(?!{_LOOKED_BACK_ON})")
_FIVE_YEARS_REVIEWED = re.compile(rf"{_FIVE_YEARS}{_OF_PLAN}{_LOOKED_BACK_ON}")
_WORK_REPORT = re.compile(r"政府工作报告(?!》)")
_GIVEN = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月\d{1,2}日")
_GIVEN_ABOVE = re.compile(rf"^[^\n。]{{0,60}}?[(-]{{0,2}}{_GIVEN.pattern}(?=\)|在)", re.MULTILINE)
_LAST_MONTH_OF_REVIEW = 8  # a congress in autumn or winter reviews its own year
_SO_FAR = re.compile(r"月报|运行|经济|指标|主要")  # reports of a month tell the year up to it
_FIRST_CLAUSE = re.compile(r"(?<=.{6})[,。;]")
_LONGEST_ROLE = 40  # characters: a page may glue a paragraph to its heading


@dataclass(frozen=True, slots=True)
class Frame:
    """What the title tells: the period of the review and that of the plan, and which the document is.

    `written` is the year in which it was written, as far as the title tells.
    """

    review: Period | None
    plan: Period | None
    role: Role = "actual"
    written: int | None = None

    def of(self, role: Role) -> Period | None:
        """Return the period of a role."""
        return self.plan if role == "plan" else self.review


def frame(title: str | None, text: str = "") -> Frame:
    """Read the periods of review and plan from a title: the piece of text up to each role word.

    Where the title tells no role, the folded `text` may lean to a plan.
    """
    if not title:
        return Frame(None, None, "plan" if leans_to_plan(text) else "actual")
    if five := _five_year_plan(title):
        before = Period((five.year or 0) - 5, last_year=(five.year or 0) - 1)
        return Frame(before, five, "plan")
    if reviewed := _FIVE_YEARS_REVIEWED.search(title):
        return Frame(years := five_years(reviewed["nth"] or reviewed["plan"]), _after(years))
    found, roles = _named(title)
    review, plan = found.get("actual"), found.get("plan")
    if review and review.first == review.last and _SO_FAR.search(title):
        review = replace(review, first=1)
    written = None
    if review and review.whole() and _WORK_REPORT.search(title):
        written = review.year
        review, plan = _of_work_report(_GIVEN.search(title) or _GIVEN_ABOVE.search(text), review)
    leans = not roles and leans_to_plan(text)
    if plan is None and review is not None:
        plan = review if leans else _after(review)
    return Frame(review, plan, "plan" if (roles == {"plan"} and not written) or leans else "actual", written)


def _named(title: str) -> tuple[dict[Role, Period], set[Role]]:
    """Return the periods that the pieces of a title name, by role, and the roles it tells."""
    found: dict[Role, Period] = {}
    roles: set[Role] = set()
    last: Period | None = None
    for piece in re.split(r"及|暨|和|与|、", title):
        named = mentions(piece)
        last = named[0].resolved(last) if named else last
        role = role_of(piece)
        if role:
            roles.add(role)
        if last and not (role == "plan" and not named and _NEXT.search(piece)):
            found.setdefault(role or "actual", last)
    return found, roles


def _five_year_plan(title: str) -> Period | None:
    """Return the years of a five-year plan where the title is that of one: 第十四个五年规划和…远景目标."""
    found = _FIVE_YEAR_PLAN.search(title)
    return five_years(found["nth"] or found["plan"]) if found else None


def _of_work_report(given: re.Match[str] | None, named: Period) -> tuple[Period, Period]:
    """Return review and plan of a government work report: given early in a year it reviews the one before.

    One that is named by the year before the one it was given in reviews the year of its name.
    """
    if named.year is None:
        return named, named
    late = given and (int(given["year"]) > named.year or int(given["month"]) > _LAST_MONTH_OF_REVIEW)
    reviewed = named.year if late else named.year - 1
    return Period(reviewed), Period(reviewed + 1)


def _after(period: Period) -> Period:
    """Return what a plan speaks of when the title names only the period of the review: what is left of the
    year, or the next one.
    """
    if period.year is None:
        return period
    if period.last < 12:
        return replace(period, first=period.last + 1, last=12)
    return Period((period.last_year or period.year) + 1)


def role_of(text: str) -> Role | None:
    """Tell whether a heading announces a review or a plan; None where it does not say."""
    text = _FIRST_CLAUSE.split(text, maxsplit=1)[0][:_LONGEST_ROLE]
    plan, review = _PLAN.search(text), _REVIEW.search(text)
    if review and (not plan or text.rfind(review.group()) > text.rfind(plan.group())):
        return "actual"
    return "plan" if plan else None
