"""Ranks: what is ranked and among whom (位列全镇第三, 居沿江城市港口首位), and which ordinals are none."""

import re
from dataclasses import dataclass

from extract.wording import either, words

_STANDS = (
    r"(?:排名|排位|排在|排列|排(?=全|第|$)|排列|位列|名列|列(?=全|$)|位居|高居|雄踞|稳居|跃居|居于|居(?!民|家|住)|位次|跻身|挺进|迈进|进入(?=[^,;]{2,12}$)|升至|跃升至|上升[至到]"
    r"|进位至|前移[至到])"
)
_GAINED = r"(?:保持|获得|荣获|取得|获|夺得|处于|进入|达到|斩获)"
_COUNT = r"[\d一二三四五六七八九十两]{1,2}"
_ADVERB = (
    rf"(?:连续{_COUNT}(?:个)?(?:年|季度|月)|均|都|分别|一直|始终|持续|稳定|继续|也|已|再次|双双|总体|综合)"
)
_PLACE = (
    r"(?:全[国省市区县州旗盟镇球]|(?<![一二三四五六七八九十])[三四五六七八九十]{1,2}[区县]|全?自治区|[省市区国]内|世界|全街道|各[区市县街][\u4e00-\u9fff]{0,4}"
    rf"|(?:中心|主|市辖?)城区|(?:各|全[区市])?镇街|[东南西北中]部(?:地区)?|{either(words('regions')['groups'])}(?:地区)?)"
)
_RANKED = re.compile(
    rf"^(?P<name>.{{0,60}}?){_ADVERB}{{0,3}}"
    rf"(?:(?:在)?(?P<before>{_PLACE}[\u4e00-\u9fff]{{0,5}}?)?{_STANDS}(?:名次|位)?{_ADVERB}{{0,3}}(?:在|于|到|至|了|为)?(?P<among>[^,;]{{0,14}}?)"
    rf"|{_GAINED}?{_ADVERB}{{0,2}}(?:在|于)?(?P<place>{_PLACE})(?:同类[\u4e00-\u9fff]{{0,6}})?)"
    r"(?:排名|位列|的)?$"
)
# The place may stand before what is measured: 连续两年夺得全省种植规模第一.
_WITHIN = re.compile(rf"(?P<place>{_PLACE})(?P<name>[\u4e00-\u9fff]{{2,10}})$")
_AMONG = re.compile(rf"{_PLACE}(?:[\u4e00-\u9fff]{{0,6}}(?:城市|区县|县区|地区|镇街))?")
_NO_PART = re.compile(rf"^{_ADVERB}{{1,4}}|^(?:在|于|到|至)|(?<=..)(?:中|里|内)$")
_RANKED_BEFORE = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}|首位)(?:位|名)?[、和]$")
# Where a rank came from: 由全区第八名上升至 is 在全区上升至.
_MOVED_FROM = re.compile(
    r"(?:排名|排位|位次|名次)?[由从](?P<among>[^,;、\d]{0,10}?)第?[一二三四五六七八九十\d]{1,3}(?:名|位)"
)
_INDUSTRIES = re.compile(r"(?:[、和及]第[二三])?产业")  # 第一、第二、第三产业
_LONGEST_CLAUSE = 90  # characters
_FOLLOWS = re.compile(r"[,;。、:)!?]|$|的|和|及|位|名(?!义|单)|并|且")


@dataclass(frozen=True, slots=True)
class Rank:
    """What is ranked (empty where the clause does not say) and among whom."""

    name: str
    scope: str | None


def read_rank(before: str, after: str) -> Rank | None:
    """Read a rank from the clause before and after the ordinal; None where that is a name (第一书记)."""
    if not _FOLLOWS.match(after):
        return None
    before = _MOVED_FROM.sub(r"\g<among>", before)
    found = _RANKED.match(before[-_LONGEST_CLAUSE:])
    if found is None:
        within = _WITHIN.search(before)
        return Rank(within["name"], within["place"]) if within else None
    among = _NO_PART.sub("", found["place"] or found["among"] or found["before"] or "")
    return Rank(found["name"], among or None)


def scope_in(phrase: str) -> str | None:
    """Return among whom a phrase ranks: 在全国城市的排位 is 全国城市."""
    found = _AMONG.search(phrase)
    return found.group() if found else None


def is_rank(text: str, start: int, end: int) -> bool:
    """Tell whether the ordinal at folded offsets start to end of a sentence ranks something."""
    if _RANKED_BEFORE.search(text, max(0, start - 8), start):
        return _FOLLOWS.match(text, end) is not None and not _INDUSTRIES.match(text, end)
    first = max(0, start - _LONGEST_CLAUSE)
    clause = max(first, *(text.rfind(mark, first, start) + 1 for mark in ",;:。(\n"))
    return read_rank(text[clause:start], text[end : end + 2]) is not None
