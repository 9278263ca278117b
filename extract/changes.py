"""Growth and decline against an earlier period, as the phrase left of a number tells it.

The sign follows the verb as applied to the named quantity: 办证环节减少40% is -40. A verb with 到 or 至
(提高到35个) gives a level and is no change.
"""

import re
from typing import NamedTuple

from extract.wording import either, words

RELATIVE = ("ratio", "doubling", "points")  # dimensions of rates

_CHANGE = words("change")
_UP, _DOWN = _CHANGE["up"], _CHANGE["down"]
_FALLING = frozenset((*_DOWN, *_CHANGE["beside_down"], *_CHANGE["rates_down"], *_CHANGE["down_heads"]))
_SINGLE = frozenset(word for word in (*_UP, *_DOWN) if len(word) == 1)
_BETWEEN = rf"(?:{either(_CHANGE['between'])}|(?<![人户亩地平])均){{0,4}}"
_AFTER = rf"{either(_CHANGE['after'])}{{0,2}}"

_THAN = r"(?:(?<![占同环可对])比(?!重|例|率|值|赛)|较(?!快|大|好|高|多|强|低)|与(?=[^,]{1,12}相比))"
_COMPARED = re.compile(
    rf"{_THAN}[^,;、]{{1,16}}?(?=同期|增|减|上|下|提|降|扩|回|收|高|低|多|少|净|快|慢|加|压|缩|放|趋|相比|翻)"
    r"(?:全年增速|同期增速|同期|增速|相比|同比)?"
)
_BASE_AT_END = re.compile(r"(?<![占同环可对])(?:比|较|与)(?![重例率值赛大好快])[^,;、]{1,12}(?:相比)?$")
_LEVEL_TO = re.compile(rf"(?:{either((*_UP, *_DOWN))}|发展)(?:到|至|为)$")
_GROWTH = re.compile(
    rf"^(?P<name>.*?){_BETWEEN}(?P<verb>(?<![新最至不创较]){either((*_UP, *_DOWN))}){_AFTER}$"
)
_BESIDE = re.compile(
    rf"^(?P<name>.*?){_BETWEEN}(?P<verb>{either((*_CHANGE['beside_up'], *_CHANGE['beside_down']))}"
    r"|超(?:过|出)?(?=全[国省市区县州]|[^,;]{0,6}(?:平均|水平|目标)))"
    rf"[^,;]{{0,14}}?{_AFTER}$"
)
_RATE = re.compile(
    rf"^(?P<name>.*?){_BETWEEN}(?P<rate>(?<!自然){either((*_CHANGE['rates'], *_CHANGE['rates_down']))})"
    rf"(?:{_BETWEEN}|{either(_CHANGE['reach'])}){{0,3}}$"
)
_RATE_NAME = re.compile(rf"(?:同比|同期)?{either((*_CHANGE['rates'], *_CHANGE['rates_down']))}$")
_NAMES_RATE = re.compile(either((*_CHANGE["rates"], *_CHANGE["rates_down"])))
_PULL = re.compile(
    r"(?P<name>(?:(?:向上|负向|共同)?[拉带]动|[上下]拉)[^,;]{1,20}?(?:增长|提高|上升|下降|提升|回升|增速))(?:了|约|近|达|为|超)?$"
)
_OBJECT = re.compile(
    rf"^(?P<verb>{either((*_CHANGE['up_heads'], *_CHANGE['down_heads']))})(?:了)?(?P<name>[^\d]{{2,30}})$"
)
_BY = re.compile(r"^(?P<name>.*?)(?:同比|环比)(?:分别)?$")
_ALSO_WORK = ("提升", "提高", "改善")  # 道路提升3公里 is work done, 收入提高3元 a growth
_MEASURE = re.compile(either(words("tails")["words"]) + "$")
_SPEEDS = ("增速", "增长率", "同比增速")
_VERB_IN_NAME = ("实现", "完成", "新")


class Change(NamedTuple):
    """A growth or decline.

    The name the phrase gives (may be empty), the sign, and where a rate changed, that rate: 增速 or 降幅.
    """

    name: str
    sign: int
    of_rate: str
    rule: str
    verb: str = ""


def _sign(verb: str) -> int:
    return -1 if verb in _FALLING else 1


def read_change(phrase: str, *, relative: bool, points: bool) -> Change | None:
    """Read the phrase left of a number as a growth or decline; None where it is none.

    `relative` tells that the unit is a rate (%, 倍, 个百分点), `points` that it is 个百分点.
    """
    if _LEVEL_TO.search(phrase):
        return None
    if relative and (pull := _PULL.search(phrase)):
        return Change(pull["name"], -1 if pull["name"].startswith(("下拉", "负向")) else 1, "", "pull")
    if points and (beside := _BESIDE.match(phrase)):
        return Change(_RATE_NAME.sub("", beside["name"]), _sign(beside["verb"]), "增速", "beside")
    rest = _COMPARED.sub("", phrase)
    if relative and (rate := _RATE.match(rest)):
        return Change(
            _RATE_NAME.sub("", rate["name"]),
            _sign(rate["rate"]),
            "增速" if not points and rate["rate"] in _SPEEDS else "",
            "rate",
        )
    growth = _GROWTH.match(rest)
    if growth is None:
        by = _BY.match(phrase) if relative else None  # 同比-6.2%: the sign is written
        return Change(by["name"], 1, "", "growth") if by else None
    return _growth(phrase, growth, relative=relative, points=points, compared=rest != phrase)


def _growth(
    phrase: str, found: re.Match[str], *, relative: bool, points: bool, compared: bool
) -> Change | None:
    """Judge a verb of change: single characters (增, 高) need a rate or a comparison beside them."""
    name, verb = found["name"], found["verb"]
    if not (relative or compared) and (verb in _SINGLE or name.endswith(_VERB_IN_NAME)):
        return None
    measured = not name or name.endswith("均") or _MEASURE.search(name)
    if verb in _ALSO_WORK and not (relative or compared or measured):
        return None
    names_rate = _NAMES_RATE.search(phrase)
    of_rate = ""
    if points and (names_rate or (compared and not name)):
        of_rate = "降幅" if names_rate and names_rate.group() in _FALLING else "增速"
    return Change(_RATE_NAME.sub("", name) if names_rate else name, _sign(verb), of_rate, "growth", verb)


def read_object(phrase: str) -> Change | None:
    """Read 压减钢铁产能 and 增加苗木面积 before an amount: a verb of change with its object."""
    found = _OBJECT.match(phrase)
    return Change(found["name"], _sign(found["verb"]), "", "object") if found else None


def without_base(phrase: str) -> str:
    """Drop the base of comparison from a phrase: 排放量比上年 is 排放量."""
    return _BASE_AT_END.sub("", _COMPARED.sub("", phrase))
