"""Names in lists: split, sharing the head of the last (纺织、造纸业产值), contracted ones opened (城乡)."""

import re

from extract.wording import either, words

# What stands before a tail is shared with it: 播种面积, 人均可支配收入.
_WHOSE = "(?:人均|户均)?(?:计划|实际)?(?:可支配|播种|收获|种植|栽植|养殖|放养|建筑|施工|竣工|销售)?"
_TAIL = re.compile(rf"(?:(?<=..)[\u4e00-\u9fff]{{2}}率|{_WHOSE}{either(words('tails')['words'])}{{1,2}})$")
_THINGS = words("tails")["things"]
_CARRIED = re.compile(either(words("tails")["carried"]) + "$")
_LINK = re.compile(r"[、和]|(?<!普)及|(?<!参)与")
_KINDS = "业类粮食品区民菜肉税"  # last characters that tell what kind of things are listed
_LONGEST_KIND = 18  # characters
_OF_WHOLES = re.compile(r"^(?P<part>[^占]{2,30}占)(?P<wholes>[^占]{4,40}?)(?P<tail>的?(?:比重|比例|份额))$")
_PARTS_OF = re.compile(r"^(?P<parts>[^占]{1,40}[、和及与][^占]{2,30})(?P<of>占[^占、和及与]{2,20})$")
_SHARES_WHOSE = ("deposit", "trade")  # kinds that may stand behind what they are of
_SPLIT = re.compile(r"[、,]|(?<=.)(?:以及|和|(?<!普)及|(?<!参)与)(?=.{2})")


def carried_tail(name: str) -> str:
    """Return the tail that a part takes of a whole: 货物周转量 itself, of 粮食产量 only 产量."""
    found = _CARRIED.search(name)
    return found.group() if found else shared_tail(name)


def shared_tail(name: str) -> str:
    """Return the tail that the names of a list may share: 造纸业产值 has 产值."""
    found = _TAIL.search(name) if not name.endswith(_THINGS) else None
    return found.group() if found else ""


def with_tail_of(name: str, told: str) -> str:
    """Give a name the tail of one of its kind told before: 制造业 after 采矿业增加值 is 制造业增加值."""
    tail = shared_tail(told)
    head = told.removesuffix(tail)
    alike = tail and name and head[-1:] == name[-1] and len(name) <= _LONGEST_KIND and not shared_tail(name)
    return name + tail if alike and name[-1] in _KINDS and name != head else name


def merged(part: str, whole: str) -> str:
    """Join a part and its head where they overlap: 沿海渔民 and 渔民人均收入 share 渔民."""
    for size in range(min(len(part), len(whole)), 1, -1):
        if part.endswith(whole[:size]):
            return part + whole[size:]
    return part + whole


def opened(listing: str, count: int) -> list[str]:
    """Open a contracted name: 城乡低保 is 城镇低保 and 农村低保."""
    if _LINK.search(listing):
        return []
    for short, full in words("contracted").items():
        if len(full) == count and short in listing:
            return [listing.replace(short, each, 1) for each in full]
    return []


def _beside(parts: list[str]) -> list[str]:
    """Give modifiers of one kind the noun of the last: 城镇, 农村居民收入 is 城镇居民收入, 农村居民收入.

    The first may stand behind what all are of: 机构存、贷款余额 is 机构存款余额, 贷款余额.
    """
    for kind, modifiers in words("modifiers").items():
        fitting = [word for word in modifiers if parts[-1].startswith(word)]
        first = max((word for word in modifiers if parts[0].endswith(word)), key=len, default="")
        whose = parts[0].removesuffix(first)
        if not (fitting and first and all(part in modifiers for part in parts[1:-1])):
            continue
        if whose and kind not in _SHARES_WHOSE:
            continue
        if first.startswith("第"):
            parts = ["第" + part.removeprefix("第") for part in parts]
            fitting = ["第" + word.removeprefix("第") for word in fitting]
        last = next((word for word in fitting if len(word) == len(first)), fitting[0])
        return [part + parts[-1].removeprefix(last) for part in parts[:-1]] + parts[-1:]
    return []


def parts_of(listing: str, count: int) -> list[str]:
    """Split a listing into `count` names, empty where it does not have so many.

    纺织业、造纸业产值 is 纺织业产值 and 造纸业产值.
    """
    if not _LINK.search(listing):
        return opened(listing, count)
    if share := _PARTS_OF.match(listing):
        return [part + share["of"] for part in parts_of(share["parts"], count)]
    if shares := _OF_WHOLES.match(listing):
        wholes = parts_of(shares["wholes"], count)
        return [shares["part"] + whole + shares["tail"] for whole in wholes]
    parts = [part for part in _SPLIT.split(listing) if part]
    if len(parts) != count:
        parts = [part for part in listing.split("、") if part]
    if len(parts) != count:
        return []
    if len(parts) > 1 and (whole := _beside(parts)):
        return whole
    tail = shared_tail(parts[-1])
    if tail and not any(shared_tail(part) for part in parts[:-1]):
        parts = [part + tail for part in parts[:-1]] + parts[-1:]
    return parts
