"""The lines above a body that tell where and when it was published: 来源, 发布时间, 索引号 and their kin.

One reader serves HTML and plain text. A line is cut at its labels (信息来源:, 发 布 时 间 :, 浏览次数:,
【字体), so that values glued together (来源:某报发布时间:2020-01-19) come apart; a label at the end of a
line takes the next line or the next cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.dates import DAY, is_bare_day, read_day
from extract.labels import FIELD_OF, GLUED, Field


def _spaced(label: str) -> str:
    return r"[ \u3000]{0,4}".join(label)


_ALTERNATIVES = "|".join(_spaced(label) for label in sorted(FIELD_OF, key=len, reverse=True))
_LABEL = re.compile(
    rf"[T|【\[（(]{{0,2}}\s{{0,3}}(?<![一-鿿、])({_ALTERNATIVES})\s{{0,3}}[:：∶]"
    rf"|(?<=[一-鿿])({GLUED})\s{{0,3}}[:：]"
    r"|[【\[（(]\s{0,2}(?:字体|字号|打印|内容纠错|大\s{0,2}中\s{0,2}小)"
)
_CELL_LABEL = re.compile(rf"[\[【〔]?\s{{0,2}}({_ALTERNATIVES})\s{{0,3}}[:：]?\s{{0,2}}[\]】〕]?")
_INNER_SPACE = re.compile(r"[ \u3000]+")
_BUTTONS = re.compile(
    r"[\s|丨│｜┃](?:我要|扫一扫|下载|返回|关闭|打印|分享|收藏|字号|字体|浏览|点击|阅读|访问|纠错|[大中小]\s|A[+-]|[Tt]\||"
    r"作者|记者|通讯员|责编|责任编辑|编辑(?!部)|审核)"
)
_EDGE = " \t|丨│｜┃·:：∶;；,，【[（(]】"
_COUNT_OR_PLACE = re.compile(r"(?:(?<=[一-鿿》])\s\d{1,7}次?|\s发[布表]于\s[一-鿿]{2,6})$")
# names that need no label beside a day (2024-05-18 09:20 某报), and labels that need no colon before one
_NAME = re.compile(
    r"[《]?[一-鿿]{1,14}(?:报|网|社|台|发布|政府|[局办委院厅部科处站队]|中心|街道|社区|[镇乡县区]|办公室|客户端|融媒体?|"
    r"公众号|频道|政协|人大|大学|学校|公司|(?:委员|联合|协)会)[》]?"
)
_LABELLED_NAME = re.compile(rf"(?:信息|文章|稿件)?来源\s?({_NAME.pattern})")
_LABELLED_DAY = re.compile(r"((?:发布|更新|公开)(?:时间|日期))\s?(\S.{7,24})")
_DATED_TITLE = re.compile(
    r"(?P<title>.{6,80}?)\s{1,4}[（(]?(?P<day>(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?)[）)]?"
)
_OTHER_CLOCK = re.compile(r"(?:时间|日期|期限|截止)\s{0,3}[:：]$")
_NAMING = frozenset(("source", "supplier", "office", "index", "number", "publisher"))
_LINE_MAX = 300
_WORDS_MAX = 24
_HEAD_MARK = re.compile(r"[:：∶\d\t]|来\s{0,4}源")  # no head line is without one


@dataclass(frozen=True, slots=True)
class Segment:
    """A label's field and its value as written; `field` is None for the text before the first label."""

    field: Field | None
    value: str


def segments_of(line: str) -> list[Segment]:
    """Cut one line at its labels, in linear time; a line without labels is one segment without a field."""
    if len(line) > _LINE_MAX:
        return [Segment(None, line)]
    if _HEAD_MARK.search(line) is None:
        value = line.strip(_EDGE)
        return [Segment(None, value)] if value else []
    if "\t" in line:
        return [*_segments_of_cells(line.split("\t"))]
    marks = list(_LABEL.finditer(line))
    starts = [mark.start() for mark in marks] + [len(line)]
    lead = line[: starts[0]].strip(_EDGE)
    segments = _without_colon(lead) or (_day_last(lead) if marks else [Segment(None, lead)])
    for mark, end in zip(marks, starts[1:], strict=True):
        label = next((group for group in mark.groups() if group), "")
        field = FIELD_OF.get(_INNER_SPACE.sub("", label), "other")
        segments += _values(field, line[mark.end() : end].strip(_EDGE))
    return [segment for segment in segments if segment.field or segment.value]


def _values(field: Field, written: str) -> Iterator[Segment]:
    """Return a label's value; a day or a button after a source is not of its name (某报 2022-11-14 打印)."""
    if field == "supplier":
        name = _BUTTONS.split(written, maxsplit=1)[0].strip(_EDGE)
        yield Segment("supplier" if _NAME.fullmatch(name) else "other", name)
        return
    if field != "source":
        yield Segment(field, written)
        return
    name = _BUTTONS.split(written, maxsplit=1)[0]
    day = DAY.search(name)
    yield Segment(field, (name[: day.start()] if day else name).strip(_EDGE))
    if day:
        yield Segment(None, name[day.start() :].strip(_EDGE))


def _segments_of_cells(cells: Sequence[str]) -> Iterator[Segment]:
    waiting: Field | None = None
    for cell in cells:
        label = _CELL_LABEL.fullmatch(cell.strip())
        if label:
            if waiting:
                yield Segment(waiting, "")
            waiting = FIELD_OF[_INNER_SPACE.sub("", label[1])]
            continue
        segments = segments_of(cell)
        is_value = waiting is not None and not any(segment.field for segment in segments)
        yield from [Segment(waiting, cell.strip(_EDGE))] if is_value else segments
        waiting = None


def dated_title(line: str) -> tuple[str, str]:
    """Return a title and the day written behind it, which is empty for other lines."""
    match = _DATED_TITLE.fullmatch(line)
    return (match["title"], match["day"]) if match else (line, "")


def is_head_line(line: str) -> bool:
    """Tell whether the line is made of a source, a date or an index entry: not the document's own text."""
    if not line or len(line) > _LINE_MAX:
        return False
    if is_bare_day(line):
        return True
    if _HEAD_MARK.search(line) is None:
        return False
    segments = segments_of(line)
    told = [segment for segment in segments if segment.field]
    if not any(_is_telling(segment) for segment in told):
        return False
    lead = segments[0].value if segments[0].field is None else ""
    return (is_bare_day(lead) or len(lead) <= 30) and all(len(segment.value) <= 100 for segment in told)


def _is_telling(segment: Segment) -> bool:
    if segment.field in ("published", "issued", "recorded"):
        return not segment.value or read_day(segment.value) is not None
    return segment.field in _NAMING and "。" not in segment.value


def fields_of(lines: Sequence[str]) -> dict[Field, str]:
    """Collect the values that the lines tell; the last line wins, for it stands nearest to the body.

    A bare day counts as published where no label tells one, then the first day of the record (更新时间), and
    a name alone on the line beside a bare day as a supplier. An empty value never replaces a told one.
    """
    found: dict[Field, str] = {}
    bare_day = bare_name = ""
    waiting: Field | None = None
    previous = ""
    for line in lines:
        segments = segments_of(line)
        for day, name in ((previous, line), (line, previous)):
            if is_bare_day(day) and _NAME.fullmatch(name):
                bare_name = name
        if waiting and segments and segments[0].field is None:
            _keep(found, waiting, segments[0].value)
            waiting = None
            continue
        for segment in segments:
            if segment.field:
                _keep(found, segment.field, segment.value)
            elif is_bare_day(segment.value) and not _OTHER_CLOCK.search(previous):
                bare_day = segment.value
        waiting = _open_field(line, segments)
        previous = line
    if not read_day(found.get("published")):
        _keep(found, "published", bare_day or found.get("recorded", ""))
    _keep(found, "supplier", found.get("supplier") or bare_name)
    return found


def _without_colon(value: str) -> list[Segment]:
    """Return the fields of a text without a colon: a day and a name side by side, or behind their labels."""
    value = _COUNT_OR_PLACE.sub("", value)
    day = _LABELLED_DAY.fullmatch(value)
    if day and is_bare_day(day[2]):
        return [Segment(FIELD_OF[day[1]], day[2])]
    name = _LABELLED_NAME.fullmatch(value)
    if name:
        return [Segment("source", name[1])]
    labelled = _labelled_words(value.split())
    if labelled:
        return labelled
    first, _, rest = value.partition(" ")
    before, _, last = value.rpartition(" ")
    for written, beside in ((before, last), (rest, first)):
        if _NAME.fullmatch(beside) and is_bare_day(written):
            return [Segment("published", written.strip()), Segment("source", beside)]
    return []


def _labelled_words(words: Sequence[str]) -> list[Segment]:
    """Return the fields of words that begin with a label and tell a day (发布时间 2024-02-06 来源 某局)."""
    if not words or words[0] not in FIELD_OF or len(words) > _WORDS_MAX:
        return []
    starts = [number for number, word in enumerate(words) if word in FIELD_OF]
    ends = [*starts[1:], len(words)]
    fields = [
        Segment(FIELD_OF[words[start]], " ".join(words[start + 1 : end]))
        for start, end in zip(starts, ends, strict=True)
    ]
    is_told = any(each.field in ("published", "recorded") and is_bare_day(each.value) for each in fields)
    return fields if is_told and len(fields) > 1 else []


def _day_last(lead: str) -> list[Segment]:
    """Return a text before the first label, and the day at its end as a segment of its own."""
    words = lead.split()
    for length in (1, 2, 3):
        day = " ".join(words[-length:])
        if length < len(words) and is_bare_day(day) and not is_bare_day(" ".join(words[-length - 1 :])):
            return [Segment(None, " ".join(words[:-length])), Segment(None, day)]
    return [Segment(None, lead)]


def _open_field(line: str, segments: Sequence[Segment]) -> Field | None:
    """Return the field of a label that ends the line, for its value stands on the next one."""
    if not segments or segments[-1].value or segments[-1].field == "other" or "\t" in line:
        return None
    return segments[-1].field


def _keep(found: dict[Field, str], field: Field, value: str) -> None:
    day = read_day(value)
    if not value or (field == "published" and day is None and field in found):
        return
    earlier = read_day(found.get("recorded")) if field == "recorded" else None
    if earlier and (day is None or day > earlier):
        return
    found[field] = value[:200]
