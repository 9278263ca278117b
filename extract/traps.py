"""What is no metric: numbers of names and slogans, dates, ages, ordinals, durations and document numbers.

Each rule looks at how a number stands in its sentence; none knows a particular name. The list follows
`gold/GUIDELINES.md`.
"""

import re
from bisect import bisect_left

from extract.numbers import Quantity
from extract.ranks import is_rank

_QUOTED = re.compile(r"[“\"「][^“”\"「」。\n]{0,30}[”\"」]|《[^《》\n]{0,60}》|〔\d{4}〕|\[\d{4}\]")
_INDEX = re.compile(
    r"(?:指数|系数|性别比|收入比(?=[达为是由从缩])|得分|评分|比值|强度)(?:达到|达|为|是|至|由|从|降至|升至|缩小[到至]|[提升高降低]{2}[至到])?$"
)
_RATIO_NAME = re.compile(r"比例|比重|占比|结构|之比|比(?:达到|达|为|是|调整)|优化|调整|由|[至到为][\d.:]*$")
_OF_SLOGAN = re.compile(r"(?:\d|[一二三四五六七八九十])个$")
_STATUTE = re.compile(r"(?:[\u4e00-\u9fff]{0,4})(?:规定|禁令|准则|铁律)")
_CIRCLE = re.compile(r"[\u4e00-\u9fff“”]{0,10}圈")
_TIMED = re.compile(
    r"天数|时限|时间|时长|周期|年限|工期|寿命|缩短|压缩|减少|控制|办结|优良天|污染天|不超过|培训|学时|用时|历时|日均|延误|等待"
)
_LASTING = re.compile(r"寿命|年龄")
_ROUND = re.compile(r"举办|开展|组织|刊发|编发|印发|制作|培训|出版|推出|发布|播出")
_KIND = re.compile(
    r"(?:的)?(?:[\u4e00-\u9fff]{0,6})(?:项目|企业|工程|家庭|地块|园区|锅炉|单位|楼宇?|产业|集群|[强镇]村|镇)"
)
_OR_MONEY = re.compile(r"或\d[\d.]*[万亿]?[\u4e00-\u9fff]?元")  # 超30亿元或3亿美元项目
_COUNTED = re.compile(r"的?(?:已)?(?:达到|达|共|有)?\d")
_NUMERAL = re.compile(r"[\d.+\-一二两三四五六七八九十百千万亿几数半]")
_CLOSE = re.compile(r"[,;。:、)!?]|$|(?:[缩减]短|压[缩减]|精简|减少?|降低?)[至为到]|以[上内下]")
_ROUND_CLOCK = re.compile(r"24小时|7[×xX*]24")
_CHINESE_AMOUNT = re.compile(r"[百千万亿]")


class Quoted:
    """The short quotations, titles of works and document numbers of a folded text."""

    def __init__(self, text: str) -> None:
        self._spans = [found.span() for found in _QUOTED.finditer(text)]
        self._starts = [start for start, _ in self._spans]

    def hold(self, quantity: Quantity) -> bool:
        """Tell whether a number stands in one of them."""
        index = bisect_left(self._starts, quantity.start) - 1
        return index >= 0 and quantity.end <= self._spans[index][1]


def _in_name(text: str, quantity: Quantity) -> bool:
    """Tell whether a letter, plus sign or ordinal mark ties the number to a name: 20+8, 4A, G15, 第3."""
    before, after = text[quantity.start - 1 : quantity.start], text[quantity.end : quantity.end + 1]
    touches = _NUMERAL.match(text, quantity.start) is not None  # else a word stands between: GDP突破千亿元
    if touches and before and (before in "+第-/#×№_" or (before.isascii() and before.isalpha())):
        return True
    if after and after in "+×°#-%" and quantity.unit is None:
        return True
    return after.isascii() and (after.isalpha() or (quantity.unit is None and after.isdigit()))


def _bare(text: str, quantity: Quantity) -> bool:
    """Tell whether a number has neither unit nor magnitude and is no index."""
    if quantity.unit is not None:
        return False
    if quantity.magnitude:
        return quantity.form == "chinese" or quantity.magnitude not in ("万", "亿", "万亿")
    return _INDEX.search(text[max(0, quantity.start - 12) : quantity.start]) is None


def _small_chinese(quantity: Quantity, written: str) -> bool:
    """Tell whether a Chinese numeral is no amount: 四条, 百日, 十大; amounts are 十余家, 三千多万元, 五成."""
    if quantity.form != "chinese":
        return False
    if quantity.dimension in ("ratio", "doubling", "points"):
        return False
    return quantity.qualifier not in ("gt", "approx") and not (
        len(written) > 2 and _CHINESE_AMOUNT.search(written)
    )


def _time(text: str, quantity: Quantity) -> bool:
    """Tell whether a time is only a date, a service hour or a length: 24小时, 3个月, 60岁以上."""
    before, rest = text[max(0, quantity.start - 16) : quantity.start], text[quantity.end :]
    if quantity.dimension == "age":
        return _LASTING.search(before) is None
    if quantity.dimension != "duration":
        return False
    if quantity.magnitude:
        return False  # 志愿服务7万多小时
    if _ROUND_CLOCK.search(text[max(0, quantity.start - 2) : quantity.end]):
        return True
    return not (_TIMED.search(before) and _CLOSE.match(rest))


def _series(text: str, quantity: Quantity) -> bool:
    """Tell whether 期 and 届 number an edition rather than count rounds of training or news."""
    if quantity.written_unit not in ("期", "届", "级"):
        return False
    before, rest = text[max(0, quantity.start - 24) : quantity.start], text[quantity.end : quantity.end + 1]
    return quantity.written_unit != "期" or not (
        _ROUND.search(before) and (_CLOSE.match(rest) or rest.isalpha())
    )


def _fixed(text: str, quantity: Quantity) -> bool:
    """Tell whether a count belongs to a fixed expression: 15条管理规定, 20分钟…圈, 6个100%."""
    if quantity.dimension in ("voltage", "apparent-power") and not _CLOSE.match(text[quantity.end :]):
        return True
    if quantity.dimension == "score" and text[quantity.end : quantity.end + 1] in (
        "类",
        "布",
        "级",
        "之",
        "公",
    ):
        return True
    if quantity.dimension in ("duration", "length") and _CIRCLE.match(text, quantity.end):
        return True
    if quantity.written_unit == "%" and _OF_SLOGAN.search(text, max(0, quantity.start - 3), quantity.start):
        return True
    if text.startswith("级", quantity.end):
        return True
    if quantity.written_unit in ("条", "项") and _STATUTE.match(text, quantity.end):
        return True
    return quantity.dimension == "item" and text.startswith(("100%", "百分之百"), quantity.end)


def _size_class(text: str, quantity: Quantity) -> bool:
    """Tell whether an amount sorts what is counted: 10亿元以上项目3个, 产值1亿元以上的企业."""
    if quantity.dimension.split("-")[0] not in ("money", "area", "length", "mass", "power", "steam"):
        return False
    class_of_counted = text[quantity.start : quantity.end].endswith(("以上", "以下"))
    if class_of_counted and _COUNTED.match(text, quantity.end):
        return True
    if _OR_MONEY.match(text, quantity.end) or text[quantity.start - 1 : quantity.start] == "或":
        return True
    kind = _KIND.match(text, quantity.end)
    if kind is None:
        return False
    if class_of_counted:
        return True
    if quantity.form == "chinese" and (quantity.qualifier == "exact" or _is_lone(quantity)):
        return True
    counted = _COUNTED.match(text, kind.end()) is not None
    return counted and quantity.qualifier in ("gt", "lt") and not text.endswith("投资", 0, quantity.start)


def _is_lone(quantity: Quantity) -> bool:
    """Tell whether a magnitude stands without a numeral: 超亿元."""
    return quantity.value == 1 and bool(quantity.magnitude)


def is_trap(text: str, quantity: Quantity, quoted: Quoted) -> bool:
    """Tell whether a number of a folded sentence states no metric."""
    if quoted.hold(quantity):
        return True
    if quantity.form == "rank":
        return not is_rank(text, quantity.start, quantity.end)
    if quantity.form == "ratio":
        return _RATIO_NAME.search(text[max(0, quantity.start - 16) : quantity.start]) is None
    if _in_name(text, quantity):
        return True
    if quantity.form == "fraction":
        return False
    written = text[quantity.start : quantity.end]
    return (
        _bare(text, quantity)
        or _small_chinese(quantity, written)
        or _time(text, quantity)
        or _series(text, quantity)
        or _fixed(text, quantity)
        or _size_class(text, quantity)
    )
