"""The number scanner: finds written numbers with magnitude, unit and qualifier in a folded sentence.

It knows how numbers are written and nothing of what they mean; `traps` and `metrics` decide that. Patterns
are bounded and begin with a lookbehind, so that 100,000 digits or numerals in a row cost linear time.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Literal, NamedTuple

from extract.numerals import MAGNITUDES, fraction, number
from extract.units import Unit, lexicon

Qualifier = Literal["exact", "approx", "gt", "lt"]
Form = Literal["arabic", "chinese", "fraction", "ratio", "rank"]

_CHARACTERS = "一二两三四五六七八九十百千零〇"
_ORDINAL = r"(?:[一二两三四五六七八九十]{1,3}|\d{1,3})"
# The first character decides between the two kinds, so that the search skips all others quickly.
_ARABIC = r"(?<=\d)(?<![\d.].)(?:\d{0,2}(?:,\d{3}){1,5}(?!\d)|\d{0,14})(?:\.\d{1,8})?(?!\d)"
_REST = rf"[{_CHARACTERS}]{{0,7}}(?:[万亿][{_CHARACTERS}]{{1,8}}(?![瓦克米伏升]))?"
# A single character (一批, 三农) is an amount only beside words that make it one: 五成, 十余, 近百.
_MAKES_AMOUNT = (
    rf"(?:(?=[{_CHARACTERS}余多来万亿成倍个折])|(?<=[百千])(?=.{{0,3}}以上)|(?<=[约近超逾足到至于过-].))"
)
_CHINESE = rf"(?<=\D)(?<![{_CHARACTERS}].){_MAKES_AMOUNT}{_REST}"
_NUMBER = re.compile(rf"[\d{_CHARACTERS}](?:{_ARABIC}|{_CHINESE})")
_RATIO = re.compile(r"\d(?<![\d.].)(?<!\d:.)\d{0,3}(?:\.\d{1,4})?(?::\d{1,4}(?:\.\d{1,4})?){1,5}(?![\d:])")
_FRACTIONS = (
    re.compile(
        rf"(?P<whole>[{_CHARACTERS}](?<![{_CHARACTERS}].)[{_CHARACTERS}]{{0,3}})分之(?P<part>[{_CHARACTERS}]{{1,4}})"
    ),
    re.compile(r"(?P<part>\d(?<![\d./].)\d{0,2})/(?P<whole>\d{1,4})(?![\d/.])"),
)
_DOUBLING = re.compile(r"翻(?:了)?(?P<times>[一两二三四几\d])番(?P<more>多|以上)?")
_RANK = re.compile(
    rf"[第前首榜](?:(?<=第)(?P<place>{_ORDINAL})(?:位|名)?"
    rf"|(?<=前)(?<![目以之当提先].)(?P<band>{_ORDINAL})(?:位|名(?!义)|列|(?=[,;。、)!\n]|水平|行列|$))"
    r"|(?P<first>(?<=首)位|(?<=榜)首))"
)
_LONE = re.compile(r"[万亿](?<=(?:[突打]破|超过|接近|将近|[^赶]超|.逾|[^附邻临亲靠最就]近).)(?:(?<=万)亿)?")
_MAGNITUDE = re.compile("|".join(sorted(MAGNITUDES, key=len, reverse=True)))
# Units are written with 万 and 亿 only: 3千亩 is 3000亩, 2百万元 200万元.
_SCALES = {
    head + large: (factor, large)
    for head, factor in (("十", 10), ("百", 100), ("千", 1000))
    for large in ("", "万", "亿")
}
_AND = re.compile(r"[和、与及](?:全[国省市区])?")
_MORE = re.compile(r"[余多来]")
_TO = re.compile(r"[-~—至到]{1,2}")

_BEFORE: dict[str, Qualifier] = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "超过", "突破", "多于", "超", "逾"), "gt"),
    **dict.fromkeys(("不超过", "未超过", "不高于", "不多于", "不足", "不到", "少于", "低于"), "lt"),
    **dict.fromkeys(("大约", "约合", "约为", "接近", "将近", "约", "近"), "approx"),
}
_AFTER: dict[str, Qualifier] = {
    **dict.fromkeys(("及以上", "以上", "之上"), "gt"),
    **dict.fromkeys(("及以下", "以下", "以内", "之内"), "lt"),
    **dict.fromkeys(("左右", "上下"), "approx"),
}
# Words that end like a qualifier: 签约800公顷 is no 约800公顷.
_LONGEST_QUALIFIER = 3  # characters
_WHOLE_WORD = re.compile(r"(?:[签节条预制契违邀合公履相]约|[附邻临亲靠最就]近|[赶]超)$")


class Quantity(NamedTuple):
    """A written number at folded offsets: value, magnitude and unit as written, qualifier and form."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    magnitude: str
    unit: Unit | None
    written_unit: str | None
    qualifier: Qualifier
    form: Form

    @property
    def dimension(self) -> str:
        """Return the dimension of the unit, or an empty string."""
        return self.unit.dimension if self.unit else ""


class _Tail(NamedTuple):
    """What follows the digits: a factor, magnitude, unit, the word for more, and where it ends."""

    end: int
    factor: int
    magnitude: str
    unit: Unit | None
    written_unit: str | None
    more: bool


def _tail(text: str, at: int, *, is_whole: bool = True) -> _Tail:
    """Read 余, a magnitude and a unit behind digits; 千瓦 is a unit, 千万元 a magnitude with 元.

    Behind a decimal 千 stays with the unit, as statistics write it: 9.5千张.
    """
    more = _MORE.match(text, at)
    at = more.end() if more else at
    direct = lexicon().match(text, at)
    large = _MAGNITUDE.match(text, at)
    if large and not (direct and len(direct.written) > len(large.group())):
        written = large.group()
        (factor, magnitude), at = (_SCALES if is_whole else {}).get(written, (1, written)), large.end()
        again = _MORE.match(text, at)
        at = again.end() if again else at
        more = more or again
        direct = lexicon().match(text, at)
    else:
        factor, magnitude = 1, ""
    if direct is None:
        return _Tail(at, factor, magnitude, None, magnitude or None, more is not None)
    end = direct.end
    again = _MORE.match(text, end) if direct.unit.dimension in ("duration", "area", "length") else None
    return _Tail(end, factor, magnitude, direct.unit, magnitude + direct.written, (more or again) is not None)


def _qualified(text: str, quantity: Quantity, floor: int) -> Quantity:
    """Widen a quantity by the qualifier words that touch it; `floor` is the end of the one before."""
    before = text[max(floor, quantity.start - _LONGEST_QUALIFIER) : quantity.start]
    for size in range(len(before), 0, -1):
        if (qualifier := _BEFORE.get(before[-size:])) and not _WHOLE_WORD.search(before):
            return quantity._replace(start=quantity.start - size, qualifier=qualifier)
    for size in range(_LONGEST_QUALIFIER, 1, -1):
        if qualifier := _AFTER.get(text[quantity.end : quantity.end + size]):
            return quantity._replace(end=quantity.end + size, qualifier=qualifier)
    return quantity


def _range(text: str, first: Quantity) -> Quantity | None:
    """Join a second number of a range (3至5个, 4.5%—5%); the first may name the same unit or none."""
    link = _TO.match(text, first.end)
    if link is None or first.qualifier != "exact":
        return None
    second = _NUMBER.match(text, link.end())
    if second is None or second.group()[0].isascii() != (first.form == "arabic"):
        return None
    tail, high = _tail(text, second.end()), number(second.group())
    if first.written_unit not in (None, tail.written_unit) or high is None:
        return None
    scale = tail.factor if first.written_unit is None else 1
    if high * tail.factor <= first.value * scale:
        return None
    qualifier: Qualifier = "gt" if tail.more else "exact"
    return first._replace(
        end=tail.end,
        value=first.value * scale,
        value_max=high * tail.factor,
        magnitude=tail.magnitude,
        unit=tail.unit,
        written_unit=tail.written_unit,
        qualifier=qualifier,
    )


def _signed(text: str, quantity: Quantity) -> Quantity:
    """Take a sign in: 增速为-6.7%, 同比+3.1%. Between letters or digits it is a dash or part of a name."""
    at = quantity.start - 1
    sign = text[at] if at > 0 and not (text[at - 1].isascii() and text[at - 1].isalnum()) else ""
    if sign in ("-", "+") and quantity.dimension in ("ratio", "points"):
        value = -quantity.value if sign == "-" else quantity.value
        return quantity._replace(start=at, value=value)
    return quantity


def _plain(text: str, found: re.Match[str]) -> Quantity | None:
    """Build the quantity of an ordinary number."""
    value = number(found.group())
    if value is None:
        return None
    tail = _tail(text, found.end(), is_whole="." not in found.group())
    form: Form = "arabic" if found.group()[0].isascii() else "chinese"
    first = Quantity(
        found.start(), tail.end, value * tail.factor, None, tail.magnitude, tail.unit, tail.written_unit,
        "gt" if tail.more else "exact", form,
    )  # fmt: skip
    return _range(text, first) or _signed(text, first)


def _ratios(text: str) -> Iterator[Quantity]:
    for found in _RATIO.finditer(text):
        at = found.start()
        for part in found.group().split(":"):
            yield Quantity(at, at + len(part), Decimal(part), None, "", None, None, "exact", "ratio")
            at += len(part) + 1


def _fractions(text: str) -> Iterator[Quantity]:
    for found in chain.from_iterable(pattern.finditer(text) for pattern in _FRACTIONS):
        unit, value = None, fraction(found["part"], found["whole"])
        if found["whole"] == "百":
            unit, value = lexicon().units["%"], number(found["part"])
        if value is not None:
            spelling = unit.spelling if unit else None
            yield Quantity(found.start(), found.end(), value, None, "", unit, spelling, "exact", "fraction")


def _doublings(text: str) -> Iterator[Quantity]:
    for found in _DOUBLING.finditer(text):
        times = number(found["times"])
        if times is not None:
            unit = lexicon().units["番"]
            qualifier: Qualifier = "gt" if found["more"] else "exact"
            yield Quantity(found.start(), found.end(), times, None, "", unit, "番", qualifier, "fraction")


def _ranks(text: str) -> Iterator[Quantity]:
    for found in _RANK.finditer(text):
        band = found["band"]
        value = Decimal(1) if found["first"] else number(band or found["place"])
        if value:
            qualifier: Qualifier = "lt" if band else "exact"
            yield Quantity(found.start(), found.end(), value, None, "", None, "位", qualifier, "rank")


def _lone(text: str) -> Iterator[Quantity]:
    """Find magnitudes that stand for themselves behind a word of reach: 突破万亿元, 逾万人次."""
    for found in _LONE.finditer(text):
        magnitude = found.group()
        if unit := lexicon().match(text, found.end()):
            written = magnitude + unit.written
            yield Quantity(
                found.start(), unit.end, Decimal(1), None, magnitude, unit.unit, written, "exact", "chinese"
            )


def _special(text: str) -> list[Quantity]:
    """Find ratios, fractions, doublings, ranks and lone magnitudes, in order; few sentences have a sign."""
    found: list[Quantity] = []
    if ":" in text:
        found.extend(_ratios(text))
    if "分之" in text or "/" in text:
        found.extend(_fractions(text))
    if "番" in text:
        found.extend(_doublings(text))
    if "第" in text or "前" in text or "首位" in text or "榜首" in text:
        found.extend(_ranks(text))
    if "万" in text or "亿" in text:
        found.extend(_lone(text))
    found.sort(key=lambda quantity: quantity.start)
    return found


def _shared_units(found: list[Quantity], text: str) -> None:
    """Give a bare number the rate's unit of the one it is joined to: 1.9和1.6个百分点."""
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        bare = (first.unit is None and not first.magnitude) or first.written_unit == "个"
        bare = bare and first.form == "arabic"
        if bare and second.dimension in ("points", "ratio") and _AND.fullmatch(text, first.end, second.start):
            found[index] = first._replace(unit=second.unit, written_unit=second.written_unit)


def scan(text: str) -> list[Quantity]:
    """Find all written numbers of a folded text, in order and without overlap, dates and names included."""
    taken = _special(text)
    found: list[Quantity] = []
    floor, waiting = 0, 0
    for match in _NUMBER.finditer(text):
        while waiting < len(taken) and taken[waiting].start <= match.start():
            if taken[waiting].start >= floor:
                found.append(_qualified(text, taken[waiting], floor))
                floor = found[-1].end
            waiting += 1
        if match.start() < floor:
            continue
        quantity = _plain(text, match)
        if quantity is not None:
            found.append(_qualified(text, quantity, floor))
            floor = found[-1].end
    for quantity in taken[waiting:]:
        if quantity.start >= floor:
            found.append(_qualified(text, quantity, floor))
            floor = found[-1].end
    _shared_units(found, text)
    return found
