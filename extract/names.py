"""Names of what is measured: the noun phrase left or right of a number, cleaned of what is no part of it.

Left of a number stand times, places, manners and light verbs before the name, and words of reach behind it
(达到, 突破). Right of a unit the name ends where its predicate begins. The words are data, in
`seeds/wording.toml`.
"""

import re

from extract.period import mentions
from extract.wording import either, words

_LEAD, _TRAIL, _PREDICATES = words("leading"), words("trailing"), words("predicate")
_TAILS = either(words("tails")["words"])
_PLAIN = {*_LEAD["places"], *_LEAD["times"], *_LEAD["links"], *_LEAD["manners"]} - {
    *_LEAD["before_verbs"],
    "共",
    "均",
}
_AND_FIRST = r"和(?![平谐睦美田顺县静布政])"  # and not the first character of a name
_LINK_FIRST = re.compile(rf"^(?:[、,的及与]|{_AND_FIRST})+")
_LEADING = re.compile(
    rf"{either(_PLAIN)}(?!率|度|性|型|结转|结余|寿命)|{_AND_FIRST}"
    r"|有(?!机|效|线|色|限|轨|害|关|奖|偿|证|组织|条件)|共(?!建(?!成|设|立)|享|产|青|治|同|有产)|均(?!衡|价|等)|其(?!他|它|中|余)"
    rf"|{either(_LEAD['before_verbs'])}(?={either(_LEAD['verbs'])})"
    rf"|{either({*_LEAD['verbs']} - {*_LEAD['kept_verbs']})}了?(?!率|度|性|量|情况)"
    rf"|[\u4e00-\u9fff]{{2}}并(?={either({*_LEAD['verbs'], *words('work')['verbs']})})"
)
_PLACE = re.compile(either(_LEAD["places"]))
_TRAILING = re.compile(either(_TRAIL["words"]) + "$")
_WHOLE = re.compile(either(_TRAIL["whole"]) + "$")
_BEHIND = {word: f"(?<![{''.join(before)}])" for word, before in words("predicate_lookbehind").items()}
_GUARDED = [
    rf"{_BEHIND.get(word, '')}{re.escape(word)}(?![{''.join(after)}])"
    for word, after in words("predicate_guards").items()
]
_PREDICATE = re.compile("|".join([*map(re.escape, _PREDICATES["words"]), *_GUARDED]) + r"|[中内后时上]$")
_TOPIC = re.compile(
    rf"^(?!{either(_PREDICATES['states'])})(?P<name>[^,;]{{2,60}}?){either(_PREDICATES['states'])}"
)

_ASPECT_OF = re.compile(
    r"^(?:其中,?)?(?:在|从)?(?P<name>[^,;]{2,16}?)(?:方面|来看|上|分[\u4e00-\u9fff]{1,4}看)$"
)
# The head that a bulletin runs into its sentence: 人口|年末常住人口.
_RUN_IN = re.compile(
    r"^[\u4e00-\u9fff]{2,6}(?=年末(?:常住|户籍|总人口|全[市区县])|全年(?:全[市区县]|(?:实现)?地区生产总值|农作物|粮食))"
)
_YEARS = r"(?:[“\"]?十[一二三四五]五|(?:19|20)\d{2}年|上年|去年|全[国省市区])"
_PERIOD_TAIL = re.compile(r"^(?:年?(?:末|底|初)?(?:之?前)?|份|度|以来|期间|内)的?")
_TIMES_WHAT = re.compile(
    r"^(?:已)?(?:(?:是|相当于)[^,;]{0,14}"
    rf"|(?:为|约为|达到)(?:{_YEARS}|20|19|历史|原|过去|同期)[^,;]{{0,10}})$"
)
_ITEM = re.compile(r"^(?:\d{1,2}[.、]|[①-⑩]|[·•▪◆●■★▶])+")
_FROM = re.compile(r"[由从](?:原来的?|原)?\d[^,;]{0,10}$")
_ORIGIN = re.compile(r"[由从自](?:[^,;、由从]{0,10}[年期月底末初]的?|[^,;、由从]{1,14}的)?$")
_DEADLINE = re.compile(
    r"^(?:[3-9]|十)年(?:来|间)?(?=完成|实现|累计|共|新增|建成)|^(?:到年[底末]|年[底末](?=之?前))(?:之?前)?|^\d{1,2}月(?:底|份|末|初|中旬|[上下]旬|\d{1,2}日)?之?前?"
)
_EXAMPLES = re.compile(r"^[^,;]{2,40}、[^,;、]{1,20}等(?=[“\u4e00-\u9fff]{2})")
_MORE = re.compile(r"、(?=若干|一批|多[个家条项])")
_NOTE = re.compile(r"\(\)|\([^()]{4,40}\)|\([^()]{1,3}\)$")
_LISTING = re.compile(r"的有|的是|包括|分别为")
_SUBJECT = re.compile(
    r"^[^、]{1,8}们|^[^,;]{0,10}达产后可?|^在[^,、]{1,8}[内上](?=[\u4e00-\u9fff]{3})|^该(?:项目|工程)?(?=[\u4e00-\u9fff]{2})"
    r"|^(?:全?街道|[区市县省]?政府|[区市县镇乡]?党委政府|[区市县]委|社区)(?=获得|荣获|获评|开展|组织|完成|实现|累计|共|谋划)"
    r"|^(?:为|向|给|由|与|同|通过|利用|围绕|依托|针对|对|结合|根据|按照|会同|经)[^,、]{1,24}?"
    rf"(?={either(_PREDICATES['doing'])})"
    r"|在[^,、]{1,12}下(?=实现|完成)"
    r"|^(?:完成)?[省市区县]?人代?会(?:批准|审议通过|通过|确定)的?|^(?:剔除|扣除|还原)[^,;]{2,14}?(?:因素影响后|因素后|影响后|后|因素)|^按[^,;]{1,10}?(?:口径|价格?|人口|比例)(?:计算)?|^加上|^动用"
)
# What is cut out of a name, in this order: verbs bound between its parts (渔业|实现|产值), examples before
# 等, the project that brings something new, 人均 before a verb, the base of a multiple, a number of years.
_CUTS = (
    re.compile(r"^[^,;]{4,60}(?:开展|举办|举行)(?:了|各类|各种|系列)*(?=[^率情]{2})"),
    re.compile(
        rf"(?<=[\u4e00-\u9fff])(?:(?:共|累计|已){{1,4}}(?:实现|完成)?|实现|完成)(?![率量数额])(?={_TAILS}$)"
    ),
    re.compile(r"^[^,;]{2,80}、[^,;]{2,40}等(?=[^,;]{3})"),
    re.compile(r"^[^,;]{5,60}?(?:工程|项目|园区|工作)(?=新增|新接入)"),
    re.compile(r"(?<=.{4})(?:每)?[年月]?(?:人均|户均)(?:每?[年月])?$"),
    re.compile(rf"(?<=.{{2}})(?:已)?(?:是|为|相当于|达到){_YEARS}[^,;]{{0,8}}$"),
    re.compile(r"(?<=.{2})(?:连续)?(?:[一二三四五六七八九十]|\d{1,2})年$"),
    re.compile(r"(?<=.{4})已(?=.{2})"),
)
_CUT_HINT = re.compile(
    r"实现|完成|[、共年月均是为达相已]|累计|工程|项目|园区|工作|开展|举[办行]"
)  # none: no cut
_BETWEEN_NUMBERS = re.compile(
    rf"^(?P<counted>[^,;、的]{{0,24}}?{either(words('counted')['nouns'])})"
    rf"(?P<measured>(?:计划|总|年|实现|完成|组织|累计)?[^,;、]{{0,6}}?(?<!企业){_TAILS}(?:达到?|约|为|超|近)?)$"
)
_RELATIVE_CLAUSE = re.compile(r"[^,;、的]{1,8}的(?!目标|任务|工作|要求|计划|情况)(?=[\u4e00-\u9fff]{2})")
_LONGEST_STATE = 4  # characters behind the word that begins it: 不断|增加
_LONGEST = 90  # characters beside a number that can belong to its name
_OF = re.compile(r"(?:\d{1,2}周?岁(?:及)?以[上下])?(?:及以[上下]|以[上下]|多|余)?(?:[长宽高厚]的)?的?")
_ENDS = re.compile(r"[,;:。!?]|\((?![\u4e00-\u9fff]{1,3}\))")
_AND = re.compile(
    r"(?<=项目|工程|培训|活动|行动|任务|措施|课题|平台|基地|中心|企业|小区|学校)(?:及|和|以及|与)(?!其)"
)


def _without_periods(text: str) -> str:
    """Drop the periods a phrase names: 2022年上半年河长考核 is 河长考核."""
    for mention in reversed(mentions(text)):
        before = text[: mention.start].rstrip("到至于在自从由是")
        text = before + _PERIOD_TAIL.sub("", text[mention.end :])
    return text


def without_origin(phrase: str) -> str:
    """Drop what leads to a first value: 占比由2015年的 is 占比."""
    return _ORIGIN.sub("", phrase)


def strip_lead(text: str) -> str:
    """Strip where, when, how and light head verbs from the front of a phrase."""
    while text and (found := _LEADING.match(text)) and len(text) != found.end() + 1:
        text = text[found.end() :].lstrip("、,")
    return text


def strip_trail(text: str) -> str:
    """Strip the words that lead from a name to its number: 管网普查率达到 is 管网普查率."""
    while text and not _WHOLE.search(text) and (found := _TRAILING.search(text)):
        text = text[: found.start()].rstrip("、,")
    return text


def left_name(phrase: str) -> str:
    """Return the name in the phrase left of a number, or an empty string where only verbs stand there."""
    phrase = _RUN_IN.sub("", phrase)
    phrase = _LISTING.split(strip_trail(_without_periods(phrase[-_LONGEST:])))[-1].lstrip("、,:的")
    phrase = _LINK_FIRST.sub("", phrase)
    phrase = _DEADLINE.sub("", _FROM.sub("", _NOTE.sub("", _ITEM.sub("", phrase))))
    if _TIMES_WHAT.match(phrase):
        return ""
    name = strip_lead(_SUBJECT.sub("", strip_trail(phrase))).lstrip("的").rstrip("、")
    if _CUT_HINT.search(name):
        for cut in _CUTS:
            name = cut.sub("", name)
    return "" if len(name) < 2 else name


def place(phrase: str) -> str | None:
    """Return the place word that a phrase left of a number speaks of: 全市, 我区, 辖区."""
    found = _PLACE.search(phrase)
    return found.group() if found else None


def right_name(phrase: str, *, people: bool = False) -> str:
    """Return the name in the phrase right of a unit: up to its predicate, or from it if it comes first.

    With `people` counted, 150名困难学生的助学贷款得到落实 counts the 困难学生.
    """
    phrase = _ENDS.split(_OF.sub("", phrase[:_LONGEST], count=1), maxsplit=1)[0]
    phrase = _MORE.split(phrase, maxsplit=1)[0]
    examples = _EXAMPLES.match(phrase)
    if examples and not _PREDICATE.search(examples.group()[:-1], 2):
        phrase = phrase[examples.end() :]
    if _PREDICATE.match(phrase):
        return phrase if strip_trail(phrase) else ""
    predicate = _PREDICATE.search(phrase, 2)
    if predicate and (relative := _RELATIVE_CLAUSE.match(phrase, predicate.start())):
        predicate = _PREDICATE.search(phrase, relative.end() + 2)
    if predicate:
        phrase = phrase[: predicate.start()]
        phrase = (phrase.split("的")[0] if people else "") or phrase
    for mention in mentions(phrase):
        phrase = phrase[: mention.start] if mention.start > 1 else phrase
    return _AND.split(phrase, maxsplit=1)[0].strip("、和及与").rstrip("的")


def parted(phrase: str) -> tuple[str, str] | None:
    """Part the phrase between two numbers into what the first counts and the name of the second.

    7家|企业|总投资|1亿元. None where the phrase is not made so.
    """
    found = _BETWEEN_NUMBERS.match(phrase)
    return (found["counted"], found["measured"]) if found else None


def begins_with_predicate(phrase: str) -> bool:
    """Tell whether the phrase right of a unit says what happened rather than what was counted."""
    return _PREDICATE.match(phrase) is not None


def behind_predicate(phrase: str) -> str:
    """Return the phrase from its predicate on: left of a second number, 渔民发放船补 is 发放船补."""
    found = _PREDICATE.search(phrase, 2)
    return phrase[found.start() :] if found and len(phrase) - found.start() > 3 else phrase


def last_told(name: str) -> str:
    """Return the last part of a list of clauses: 码头建成、货运量 is 货运量."""
    before, _, last = name.rpartition("、")
    return last if before and _PREDICATE.search(before, 2) else name


def opener_name(phrase: str) -> str:
    """Return the name in the phrase before a bracket: 总量不断增加(… is 总量."""
    found = _TOPIC.match(phrase)
    is_said = found is not None and len(phrase) - found.end() <= _LONGEST_STATE
    return (topic(phrase) if is_said else "") or left_name(phrase)


def topic(clause: str) -> str:
    """Return what a clause without a number speaks of: 续保率再创新高 is 续保率; empty if it does not say."""
    found = _ASPECT_OF.match(clause) or _TOPIC.match(clause)
    return left_name(found["name"]) if found else ""
