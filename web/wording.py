"""How the pages say values, periods, times and the closed words of the warehouse in Chinese."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from web.queries import Change, Figure

LOCAL = ZoneInfo("Asia/Shanghai")
NOTHING = "—"

WORDS = {
    "level": "数值",
    "change": "增减",
    "rank": "排名",
    "progress": "进度",
    "actual": "实际",
    "estimate": "预计",
    "plan": "计划",
    "held": "已存",
    "gone": "已撤下",
    "seen": "仅见标题",
    "fetched": "已抓取",
    "failed": "未能取得",
    "not_fetched": "尚未抓取",
    "payload": "字节相同",
    "text": "正文相同",
    "near": "正文近似，数字相同",
    "changed": "改动",
    "added": "新增",
    "removed": "删去",
}

# 以上 and 以下 stand for all that `gt` and `lt` cover: 超, 不低于, 余; 不足, 以内, 不超过.
_QUALIFIED = {"approx": "约 {}", "gt": "{} 以上", "lt": "{} 以下"}

_PARTS_OF_A_YEAR = {
    ("01-01", "12-31"): "",
    ("01-01", "06-30"): "上半年",
    ("07-01", "12-31"): "下半年",
    ("01-01", "03-31"): "第一季度",
    ("04-01", "06-30"): "第二季度",
    ("07-01", "09-30"): "第三季度",
    ("10-01", "12-31"): "第四季度",
    ("01-01", "09-30"): "前三季度",
}


def word(term: str | None) -> str:
    """Return the Chinese word for a closed value (`plan`, `gone` …); what is unknown stays as it is."""
    return WORDS.get(term, term) if term else NOTHING


def or_nothing(value: object) -> str:
    """Return a value as text, a dash where there is none."""
    return NOTHING if value is None or value == "" else f"{value}"


def is_web_address(url: str) -> bool:
    """Tell whether an address may become a link: http and https only, never `javascript:`."""
    return url.lower().startswith(("http://", "https://"))


def number(value: Decimal) -> str:
    """Return a decimal as people write it: no exponent, no zeros at the end."""
    return f"{value.normalize():f}"


def amount(figure: Figure) -> str:
    """Return a figure's value with its range, unit and qualifier: 约 3–5 个, 95 % 以上."""
    upper = f"–{number(figure.value_max)}" if figure.value_max is not None else ""
    plain = f"{number(figure.value)}{upper} {figure.unit or ''}".rstrip()
    return _QUALIFIED.get(figure.qualifier or "", "{}").format(plain)


def period(row: Figure | Change) -> str:
    """Return the period of a row in words: 2024年, 2024年上半年, 2024-03-31, or its two days."""
    start, end = row.period_start, row.period_end
    if start is None or end is None or start == end:
        return or_nothing(start or end)
    part = _PARTS_OF_A_YEAR.get((f"{start:%m-%d}", f"{end:%m-%d}"))
    if start.year == end.year and part is not None:
        return f"{start.year}年{part}"
    return f"{start} 至 {end}"


def moment(time: datetime | None) -> str:
    """Return a UTC time of the warehouse or archive as local time (UTC+8), to the minute."""
    if time is None:
        return NOTHING
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return f"{aware.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def note(figure: Figure) -> str:
    """Return what a mark says of its figure: indicator, value, period and status in one line."""
    name = figure.indicator or "未命名指标"
    kind = "，".join(word(term) for term in (figure.measure, figure.status) if term)
    return f"{name}：{amount(figure)}（{period(figure)}，{kind}）"
