"""The lines above a body that tell where and when it was published: 来源, 发布时间, 索引号 and their kin.

One reader serves HTML and plain text. A line is cut at its labels (信息来源:, 发 布 时 间 :, 浏览次数:,
【字体), so that values glued together (来源:某报发布时间:2020-01-19) come apart; a label at the end of a
line takes the next line or the next cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.dates import DAY, is_bare_day, read_day

Field = Literal["source", "published", "issued", "index", "number", "publisher", "title", "other"]

_LABELS: dict[Field, str] = {
    "source": "信息来源 文章来源 稿件来源 内容来源 新闻来源 来源 稿源",
    "published": "信息提供日期 信息发布日期 信息发布时间 发布日期 发布时间 公开日期 公布日期 发稿时间 "
    "上传时间 更新时间 更新日期 发表时间 日期 时间",
    "issued": "成文日期 生成日期 发文日期 成文时间 印发日期",
    "index": "索引号 信息索引号 统一编号 信息索引",
    "number": "发文字号 发文文号 文件编号 文号",
    "publisher": "发布机构 发布机关 发文机关 发文单位 发布单位 "
    "公开责任部门 信息公开责任部门 公开主体 制发机关",
    "title": "名称 标题 信息名称",
    "other": "浏览次数 阅读次数 访问次数 点击次数 浏览量 阅读量 访问量 点击数 点击量 阅读 浏览 "
    "点击 字体大小 浏览字号 字体 字号 视力保护色 保护视力色 背景色 分享到 分享至 分享 "
    "打印本页 打印 保存 收藏 内容纠错 作者 记者 编辑 责任编辑 责编 审核 文章类型 "
    "公开分类 分类 信息分类 主题分类 体裁分类 主题词 关键词 有效性 文件状态 失效日期 "
    "失效时间 实施日期 生效日期 生效时间 废止日期 废止时间 语种 语言 公开方式 公开范围 "
    "公开形式 公开时限",
}
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split()}


def _spaced(label: str) -> str:
    return r"[ \u3000]{0,4}".join(label)


_ALTERNATIVES = "|".join(_spaced(label) for label in sorted(_FIELD_OF, key=len, reverse=True))
_LABEL = re.compile(
    rf"[T|【\[（(]{{0,2}}\s{{0,3}}(?<![一-鿿、])({_ALTERNATIVES})\s{{0,3}}[:：∶]"
    rf"|(?<=[一-鿿])({_spaced('发布时间')}|{_spaced('发布日期')}|{_spaced('信息提供日期')})\s{{0,3}}[:：]"
    r"|[【\[（(]\s{0,2}(?:字体|字号|打印|内容纠错|大\s{0,2}中\s{0,2}小)"
)
_CELL_LABEL = re.compile(rf"({_ALTERNATIVES})\s{{0,3}}[:：]?")
_INNER_SPACE = re.compile(r"[ \u3000]+")
_BUTTONS = re.compile(r"\s(?:打印|分享|收藏|字号|字体|浏览|点击|阅读|访问|纠错|[大中小]\s|A[+-]|[Tt]\|)")
_EDGE = " \t|丨·:：∶;；,，【[（(】"
_OTHER_CLOCK = re.compile(r"(?:时间|日期|期限|截止)\s{0,3}[:：]$")
_LINE_MAX = 300


@dataclass(frozen=True, slots=True)
class Segment:
    """A label's field and its value as written; `field` is None for the text before the first label."""

    field: Field | None
    value: str


def segments_of(line: str) -> list[Segment]:
    """Cut one line at its labels, in linear time; a line without labels is one segment without a field."""
    if len(line) > _LINE_MAX:
        return [Segment(None, line)]
    if "\t" in line:
        return [*_segments_of_cells(line.split("\t"))]
    marks = list(_LABEL.finditer(line))
    starts = [mark.start() for mark in marks] + [len(line)]
    segments = [Segment(None, line[: starts[0]].strip(_EDGE))]
    for mark, end in zip(marks, starts[1:], strict=True):
        label = next((group for group in mark.groups() if group), "")
        field = _FIELD_OF.get(_INNER_SPACE.sub("", label), "other")
        segments += _values(field, line[mark.end() : end].strip(_EDGE))
    return [segment for segment in segments if segment.field or segment.value]


def _values(field: Field, written: str) -> Iterator[Segment]:
    """Return a label's value; a day or a button after a source is not of its name (某报 2022-11-14 打印)."""
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
            waiting = _FIELD_OF[_INNER_SPACE.sub("", label[1])]
            continue
        segments = segments_of(cell)
        is_value = waiting is not None and not any(segment.field for segment in segments)
        yield from [Segment(waiting, cell.strip(_EDGE))] if is_value else segments
        waiting = None


def is_head_line(line: str) -> bool:
    """Tell whether the line is made of a source, a date or an index entry: not the document's own text."""
    if not line or len(line) > _LINE_MAX:
        return False
    if is_bare_day(line):
        return True
    segments = segments_of(line)
    told = [segment for segment in segments if segment.field]
    if not any(_is_telling(segment) for segment in told):
        return False
    lead = segments[0].value if segments[0].field is None else ""
    return (is_bare_day(lead) or len(lead) <= 30) and all(len(segment.value) <= 100 for segment in told)


def _is_telling(segment: Segment) -> bool:
    if segment.field in ("published", "issued"):
        return not segment.value or read_day(segment.value) is not None
    return segment.field in ("source", "index", "number", "publisher") and "。" not in segment.value


def fields_of(lines: Sequence[str]) -> dict[Field, str]:
    """Collect the values that the lines tell; the last line wins, for it stands nearest to the body.

    A bare day counts as published where no label tells one. An empty value never replaces a told one.
    """
    found: dict[Field, str] = {}
    bare_day = ""
    waiting: Field | None = None
    previous = ""
    for line in lines:
        segments = segments_of(line)
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
    if bare_day and not read_day(found.get("published")):
        found["published"] = bare_day
    return found


def _open_field(line: str, segments: Sequence[Segment]) -> Field | None:
    """Return the field of a label that ends the line, for its value stands on the next one."""
    if not segments or segments[-1].value or segments[-1].field == "other" or "\t" in line:
        return None
    return segments[-1].field


def _keep(found: dict[Field, str], field: Field, value: str) -> None:
    if not value or (field == "published" and read_day(value) is None and field in found):
        return
    found[field] = value[:200]
