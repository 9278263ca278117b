"""When: the period each number of a sentence speaks of, from the sentence's own words, else its section.

A period that opens a sentence, or is a clause of its own (1-11月,), holds to the end of the sentence; one
that opens a clause holds up to the next semicolon; one in the middle of a clause holds for that clause only
(力争2031年通航 says nothing of what follows).
"""

import re
from dataclasses import replace
from itertools import pairwise

from extract.frames import Frame
from extract.outline import Section
from extract.period import Mention, Period, mentions

_NONE = _THIS_YEAR = Period(None)
_NEAR_START = 14  # characters: a form of address may come first
_OPENING = re.compile(
    r"^(?:(?:其中|同时|到|至|自|从|在|以来|据统计|据[\u4e00-\u9fff]{2,8}统计|我[区市省县]|全[区市省县]|预计|力争"
    r"|提出|[\u4e00-\u9fff]{1,6}[省市区县州盟旗镇乡]|(?:刚刚?|即将)?过去的){0,3}|[\u4e00-\u9fff]{0,4}于)$"
)
_AIMING = re.compile(r"^[\u4e00-\u9fff]{0,4}(?:力争|计划|预计|提出)到?$")
_FROM_TO = re.compile(
    r"(?:提高|增加|上升|提升|增长|下降|降低|减少|回落|变化|调整|扩大|发展|优化|压缩|缩短|[升降增减])[到至为]"
)
_GOES_ON = re.compile(r"^(?:其中|分[\u4e00-\u9fff]{2,6}看)[,:]?")
_ALONE = re.compile(r"^去年(?:,|全[年市区省县街]|完成|实现|我)")
_SO_FAR = re.compile(r"(?P<so_far>累计(?!办理|签订))|当月|本月|单月")
_FIGURE = re.compile(r"\d")
_LINKS = frozenset("、和及与")
_YEARLY = re.compile(r"年均|年平均")
_FROM = re.compile(r"[从由](?:[\d.:]{0,12}|[\d.]+[\u4e00-\u9fff]{1,3}[、和])$")
_TO = re.compile(r"[从由][^,;]{1,20}[到至为](?:了)?[\d.:]{0,12}$")
_SUMMED = re.compile(r"累计|是“?十[一二三四五]五")
_GOAL = re.compile(r"预期目标|主要目标|目标[是为:]")
_REVIEW_OF = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:主要|政府)?工作回顾")
_SPAN_ALONE = re.compile(r"^(?:过去|这|近)?(?:的)?[三四五345]年(?:来|间)?,")  # opens what its paragraph tells
_CLAUSE_END, _SEGMENT_END = re.compile(r"[,;。)]"), re.compile(r"[;。)]")


class Timeline:
    """The periods in force along a paragraph.

    `published` fills relative years where no heading gives one; a year that a part of the document begins
    with holds where its heading names none.
    """

    def __init__(self, published: Period | None, title: Frame) -> None:
        self._published = published
        self._title = title
        self._section: Period | None = None
        self._part: tuple[str, ...] = ()
        self._years: Period | None = None
        self._spans_years = False
        self._held: Period | None = None
        self._held_before: Period | None = None
        self._carried: Period | None = None
        self._last: Period | None = None
        self._opens = True
        self._reviewed: Period | None = None
        self._opened: Period | None = None
        self._text = ""
        self._mentions: list[tuple[Mention, Period, int]] = []

    def paragraph(self) -> None:
        """Forget what the paragraph before said."""
        self._last, self._held, self._opened, self._opens = None, None, None, True

    def sentence(self, text: str, section: Section) -> None:
        """Begin a folded sentence of a section."""
        if section.path[:1] != self._part:
            self._part, self._carried, self._years = section.path[:1], None, None
        self._years = section.years or self._years
        self._spans_years = section.years is not None
        single = section.period is not None and section.period.last_year is None
        self._section = self._dated(section.period if single else self._carried or section.period)
        if not section.told:
            self._section = self._told_inside(text) or self._section
        if not _GOES_ON.match(text):
            self._held = None
        self._held_before = self._held
        self._text, self._mentions = text, []
        for mention in mentions(text):
            period = self._meant(mention, section)
            to = self._holds_to(mention)
            self._mentions.append((mention, period, to))
            self._held = period if to == len(text) else self._held
            self._carry(section, mention, period)
            if not mention.same:
                self._last = period
            if period.last_year is not None:
                self._years = period
                if self._opens and to == len(text) and _SPAN_ALONE.match(text):
                    self._opened = period
        self._opens = False

    def _told_inside(self, text: str) -> Period | None:
        """Return the period of a report without headings, as far as its running text gives them."""
        if found := _REVIEW_OF.search(text):
            self._reviewed = Period(int(found["year"]))
        return self._title.plan if self._title.written and _GOAL.search(text) else self._reviewed

    def _meant(self, mention: Mention, section: Section) -> Period:
        """Return the period a mention means here."""
        if section.period and self._is_reviewed(mention, section):
            return section.period
        context = self._section or self._last or self._published
        if mention.relative and self._title.written and not section.told:
            context = Period(self._title.written)
        return mention.resolved(self._last if mention.same and self._last else context)

    def _is_reviewed(self, mention: Mention, section: Section) -> bool:
        """Tell whether 去年 opens a sentence of a yearly review: it was written the year after that year."""
        review = section.told and section.role == "actual" and section.period and section.period.whole()
        return bool(review) and mention.shift == -1 and _ALONE.match(self._text) is not None

    def _dated(self, period: Period | None) -> Period | None:
        """Return a heading's period without a year (上半年) that of the document's own date."""
        if period is None or period.year is not None or self._published is None:
            return period
        return Mention(0, 0, period).resolved(self._published)

    def _carry(self, section: Section, mention: Mention, period: Period) -> None:
        """Keep the year that opens a sentence for what follows in a part whose heading tells no period."""
        clause = self._clause(mention)
        opens = mention.start <= _NEAR_START and self._opening(clause, mention)
        told = section.period is not None and (section.period.last_year is None or not self._opens)
        this_year = mention.shift == 0 and mention.period == _THIS_YEAR and section.period is None
        if this_year and self._carried is None and period.year is not None:
            self._carried = period
        undated = section.period is not None and section.period.year is None
        if opens and undated and self._published is None and period.year is not None:
            self._published = Period(period.last_year or period.year)
        if opens and not told and self._near(mention.period.year) and period.last_year is None:
            self._carried = period if clause else self._carried or period

    def _near(self, year: int | None) -> bool:
        """Tell whether a year can be the one a document reports: its own, or the one before it appeared."""
        if year is None or self._published is None or self._published.year is None:
            return year is not None
        return year in (self._published.year, self._published.year - 1)

    def _clause(self, mention: Mention) -> int:
        """Return where the clause of a mention begins."""
        return max(self._text.rfind(mark, 0, mention.start) for mark in ",;:()") + 1

    def _opening(self, clause: int, mention: Mention) -> bool:
        """Tell whether nothing but links stands before a mention in its clause."""
        before = self._text[clause : mention.start]
        ends = self._text.startswith(",", mention.end)
        return _OPENING.match(before) is not None or (ends and _AIMING.match(before) is not None)

    def _holds_to(self, mention: Mention) -> int:
        """Return the offset up to which a mention holds."""
        if self._text[mention.start - 1 : mention.start] in ("由", "从"):
            change = _FROM_TO.search(self._text, mention.end)
            if change:
                return change.start()
        clause = self._clause(mention)
        opening = self._opening(clause, mention)
        first = opening and not _FIGURE.search(self._text, 0, mention.start)
        if opening and (first or clause == 0 or self._text.startswith(",", mention.end)):
            return len(self._text)
        mark = (_SEGMENT_END if opening else _CLAUSE_END).search(self._text, mention.end)
        return mark.start() if mark else len(self._text)

    def period_at(self, at: int, clause_start: int) -> Period:
        """Return the period of a number at a folded offset of the sentence."""
        listed = [(m, p) for m, p, _ in self._mentions if m.same and clause_start <= m.start and m.end <= at]
        if len(listed) > 1:
            return listed[self._text.count("、", listed[-1][0].end, at) % len(listed)][1]
        period, before = self._in_force(at), self._text[clause_start:at]
        if self._years and (moved := self._of_years(self._years, period, before)):
            return moved
        if period.first == period.last and period.last_year is None and self._so_far(at):
            return replace(period, first=1)
        return period

    def period_of_turn(self, place: int, count: int, at: int, clause_start: int) -> Period | None:
        """Return the period at a place of as many as are dealt: 一季度和上半年分别; else None."""
        named = [(m, p) for m, p, _ in self._mentions if clause_start <= m.start and m.end <= at]
        links = {self._text[m.end : after.start] for (m, _), (after, _) in pairwise(named)}
        return named[place][1] if len(named) == count > 1 and links <= _LINKS else None

    def _of_years(self, years: Period, period: Period, before: str) -> Period | None:
        """Return the period where a span of years bears on a number; `before` is its clause so far.

        由3元增加到9元 goes from the year before the span to its last; a yearly rate is of the whole span.
        """
        if years.year and _FROM.search(before):
            return Period(years.year - 1) if period in (years, self._section) else None
        if years.last_year and _TO.search(before):
            return Period(years.last_year) if period == years else None
        summed = self._spans_years and _SUMMED.search(before)
        return years if period.last_year is None and (summed or _YEARLY.search(before)) else None

    def _so_far(self, at: int) -> bool:
        """Tell whether 累计 was the last to say if a month stands alone or for all of the year so far."""
        said = [found["so_far"] for found in _SO_FAR.finditer(self._text, 0, at)]
        return bool(said) and said[-1] is not None

    def _in_force(self, at: int) -> Period:
        for mention, period, to in reversed(self._mentions):
            if mention.end <= at <= to:
                return self._widened(mention, period)
        return self._held_before or self._opened or self._section or _NONE

    def ahead(self, period: Period) -> bool:
        """Tell whether a period lies after the one the section reports, or after the document's year."""
        told = self._section or self._published
        if told is None or told.year is None or period.year is None:
            return False
        return period.year > (told.last_year or told.year)

    def behind(self, period: Period) -> bool:
        """Tell whether a period ends before the one the section speaks of begins."""
        if self._section is None or self._section.year is None or period.year is None:
            return False
        return (period.last_year or period.year) < self._section.year

    def _widened(self, mention: Mention, period: Period) -> Period:
        """End 今年以来 and 6月至今 where the section ends, if the section lies in that year."""
        section = self._section
        since = self._text.endswith(("以来", "至今"), mention.start, mention.end) and period.last == 12
        inside = section and section.year == period.year and section.last_year is None
        if since and section and inside and section.last >= period.first:
            return replace(period, last=section.last)
        return period
