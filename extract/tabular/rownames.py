"""What the names of a table's rows say: the indicator itself, or a class of what a row above or the caption
names (第二产业 below 地区生产总值, 食品烟酒 in a table of 居民消费价格).
"""

import re
from dataclasses import dataclass, field
from functools import cache

from extract.breakdown import class_tail
from extract.enumeration import merged, shared_tail
from extract.fold import fold
from extract.indicators import catalogue
from extract.period import Mention, mentions
from extract.tabular.amounts import TableUnit, unit_of
from extract.tabular.heads import bare, period_in
from extract.wording import words

_WORDS = words("table")
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"^[一二三四五六七八九十]{1,3}[、.,]")),
    (2, re.compile(r"^\([一二三四五六七八九十]{1,3}\)")),
    (3, re.compile(r"^\d{1,2}[、.](?!\d)")),
    (4, re.compile(r"^\(\d{1,2}\)|^[①-⑩]|^\d{1,2}\)")),
    (6, re.compile(r"^(?:其中[:、]?|在?总[计额]中[:、]|#|[*·•-](?=[^\d])|[a-z]\.)")),
)
_UNMARKED_BELOW_MARKED = 5
_BRACKET = re.compile(r"\(([^()]*)\)?")
_FOOTNOTE = re.compile(r"(?:\[\d{1,2}\]|[①-⑩*:,]|注\d?){1,4}$")
_GROWTH_ROW = re.compile(
    r"(?:(?:累计|本月|同比|环比|可比|名义|实际)?(?:[比较](?:上|去)年(?:同期|末)?)?"
    r"(?:增长速度|增长率|增长|增速|增幅|涨跌幅度|涨跌幅|涨幅|增减|±))$"
)
_SHARE_ROW = re.compile(r"(?:构成|结构)$")
_SUM = re.compile(r"(?<=..)(?:合计|总计|小计)$")
_LETTER = re.compile(r"[一-鿿A-Za-z]")
_OF_WHOLE = re.compile(r"^(?:在.{1,6}中|其中|按.{1,10}分组?|分.{1,6})$")
_CAPTION_LEAD = re.compile(
    r"^(?:指标:|附?表[\d一二三四五六七八九十\-]{0,5}|\d{1,2}[、.\-]\d{0,2}|[一二三四五六七八九十]{1,3}、"
    r"|续表\d?)[:.、]?"
)
_PLACE_LEAD = re.compile(
    r"^各(?:镇街|区县|县区|市区|乡镇)"
    r"|^[一-鿿]{1,6}?(?:省|市|(?<![地社园辖市])区|县|州|旗|街道|镇)(?!场)(?=[一-鿿]{3})"
)
_CAPTION_TAIL = re.compile(
    r"(?:(?:及其|及|和|与|、|_)?(?:累计|同比)?(?:增长速度|增长情况|增速|增长|构成|占比|比重|结构|涨跌幅度|涨跌幅|变动|变化"
    r"|完成|运行|基本|生产|对比)?(?:情况|一览表|统计表|月报|简报|表)?"
    r"|主要经济指标|主要指标|[比较](?:上|去)年.{0,6})$"
)
_CAPTION_MANNER = re.compile(
    r"^(?:主要|各种|各类|各|分|按|年末|年底|季末|规模以上(?=工业主要|工业产品)"
    r"|(?:运输方式|行业|地区|产业|县区|类)(?:完成|分)?)"
)
_PLACE = (
    r"[一-鿿]{1,12}?(?:(?<![地社园城郊小景校片市山库林灾牧辖街])区|(?<![主老新旧中建心成]城)(?<=[一-鿿]城)区"
    r"|县|(?<![城超股菜夜])市|街道|(?<!城)[镇乡]|州|旗|(?<!全)省)"
)
_PLACE_ROW = re.compile(rf"{_PLACE}(?:[及和、与]{_PLACE}){{0,3}}")


@dataclass(frozen=True, slots=True)
class RowName:
    """The name of a row, cleaned: its depth by its mark, its own unit, and what kind of name it is.

    `part` is set where the table counts something of it that the name does not say (粮食 among prices).
    `growth` is set where the row holds the growth of a thing (增速(%)), `share` where it holds its parts
    (构成(%)), `mention` where it is a period.
    """

    name: str
    depth: int
    unit: TableUnit | None
    growth: bool = False
    share: bool = False
    total: bool = False
    place: bool = False
    part: bool = False
    mention: Mention | None = None

    @property
    def whole(self) -> bool:
        """Tell whether the name is an indicator by itself and no class."""
        return is_indicator(self.name) and not self.part


@cache
def is_indicator(name: str) -> bool:
    """Tell whether a name says what is measured: it ends like a measured quantity or is a known indicator."""
    known = name in catalogue() and not name.endswith(("业", "类"))
    tails = (*words("tails")["money"], *_WORDS["wholes"])
    return known or bool(shared_tail(name)) or name.endswith(tails)


def is_price(noun: str) -> bool:
    """Tell whether what is counted are prices or their index."""
    return noun.endswith(("价格", "指数"))


def read_row_name(text: str) -> RowName:
    """Read the first cell of a row."""
    text = bare(text)
    depth = 0
    for level, mark in _MARKS:
        if found := mark.match(text):
            depth = depth or level
            text = text[found.end() :]
    unit: TableUnit | None = None
    for bracket in _BRACKET.finditer(text):
        unit = unit_of(bracket[1].removeprefix("单位:")) or unit
    name = _FOOTNOTE.sub("", _BRACKET.sub("", text))
    mention = _period(name)
    if mention:
        return RowName("", depth, unit, mention=mention)
    relative = unit is None or unit.written in ("%", "个百分点")
    growth = _GROWTH_ROW.search(name) if relative else None
    if growth:
        return RowName(name[: growth.start()], depth, unit or unit_of("%"), growth=True)
    share = _SHARE_ROW.search(name) if relative else None
    if share and share.start() and is_indicator(name[: share.start()]):
        return RowName(name[: share.start()], depth, unit or unit_of("%"), share=True)
    total = name in _WORDS["totals"]
    name = name if total or not _LETTER.search(name) else _SUM.sub("", name)
    return RowName(name, depth, unit, total=total, place=_PLACE_ROW.fullmatch(name) is not None)


def _period(name: str) -> Mention | None:
    """Read a row's name that is a period and nothing else: 2021年, 2021, 1-3月, 3月."""
    mention, rest = period_in(name)
    return None if rest else mention


def can_be_of(unit: TableUnit, noun: str, noun_unit: TableUnit | None) -> bool:
    """Tell whether a row with a unit of its own can be a class of what is counted: no 企业(个) is of 收入."""
    if noun_unit is not None:
        return unit.alike(noun_unit)
    is_money = unit.unit is None or unit.unit.dimension.startswith("money")
    return is_money or not noun.endswith(words("tails")["money"])


@cache
def caption_noun(caption: str) -> str:
    """Return what a caption says is counted: 表2 2023年居民消费价格比上年涨跌幅度 is of 居民消费价格.

    Empty where it ends in no name of a measured quantity.
    """
    text = bare(_CAPTION_LEAD.sub("", _BRACKET.sub("", fold(caption).text)))
    for mention in reversed(mentions(text)):
        text = text[: mention.start].rstrip("至到-") + re.sub(
            r"^(?:年?末|年|底|份|度)", "", text[mention.end :]
        )
    text = re.sub(r"(?:19|20)\d{2}年?(?:末|底)?", "", text)
    for _ in range(3):
        text = _CAPTION_TAIL.sub("", text)
        text = _CAPTION_MANNER.sub("", _PLACE_LEAD.sub("", text))
    text = text.lstrip("、和及的,:")
    if text in _WORDS["subjects"]:
        return ""
    return text if is_indicator(text) or text.endswith(("人口", "人口数")) else ""


def of_class(name: str, noun: str) -> str:
    """Name a class of what is counted.

    制造业 of 固定资产投资 is 制造业投资, 住宿企业 of 商业企业数 is 住宿企业数.
    """
    if not noun:
        return name
    noun = re.sub(r"(?:总计|合计|总数)$", "", noun) or noun
    if name in _WORDS["rests"] or (is_price(noun) and name in words("modifiers")["residence"]):
        return name + noun
    tail = class_tail(noun) or noun
    if name.endswith(tail):
        return name
    at = noun.rfind(name[-2:])
    if at >= 0 and len(name) > 1:
        return name + noun[at + 2 :]
    return merged(name, tail)


@dataclass(frozen=True, slots=True)
class Whole:
    """What rows are classes of: its name and unit, its depth, and whether they are its parts in percent."""

    name: str
    unit: TableUnit | None = None
    depth: int = 0
    divided: bool = False


@dataclass
class Outline:
    """The rows read so far, as far as they name the rows below."""

    noun: str
    marked: bool = False
    above: list[Whole] = field(default_factory=list)

    def depth(self, row: RowName) -> int:
        """Return a row's depth; an unmarked row in a table of marked ones stands deeper than 一、."""
        self.marked = self.marked or 0 < row.depth <= 4
        return row.depth or (_UNMARKED_BELOW_MARKED if self.marked else 0)

    def enter(self, row: RowName, unit: TableUnit | None) -> None:
        """Take in an indicator that the rows below may be classes of."""
        depth = self.depth(row)
        self.above = [each for each in self.above if each.depth < depth]
        self.above.append(Whole(row.name, unit, depth, row.share))

    def section(self, text: str) -> None:
        """Take in a row without numbers: a head of its own, or 其中, which goes back to the whole."""
        row = read_row_name(text)
        if _OF_WHOLE.match(bare(text).rstrip(":")) or not row.name:
            self.above = self.above[:1]
        elif is_indicator(row.name):
            self.enter(row, row.unit)
        else:
            self.above = []

    def parent(self, row: RowName) -> Whole:
        """Return what a class is a class of: the nearest indicator above it, else the caption's noun.

        A row with a mark (2., 其中) is no class of one with the same mark.
        """
        depth = self.depth(row) - (row.depth > 0)
        return next((each for each in reversed(self.above) if each.depth <= depth), Whole(self.noun))
