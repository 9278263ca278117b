"""Rates that are parts of something: shares (占…的三成) and progress towards a target (完成目标的九成)."""

import re

_REACH = (
    r"(?:达到|达|为|约|近|(?:稳定|保持|维持|控制)在|超过|超|接近|突破"
    r"|(?:提高|提升|上升|增加|下降|降低|回落|降)(?:到|至))?"
)
_SHARE = re.compile(
    r"^(?P<part>[^占]{0,40})占(?P<whole>(?!比|地(?!方|区))[^,;]{1,30}?)(?:的)?(?:比重|比例|份额)?"
    rf"(?:\([^()]{{1,20}}\))?(?:已|也|均|又|由)?{_REACH}$"
)
_TARGET = r"(?:任务|目标|计划|(?:年度|全年|考核|工作)指标|预算(?!收入|支出)|序时|进度)"
_PROGRESS = re.compile(
    r"^(?P<part>.*?)(?:已|共|超额|提前|累计){0,4}"
    rf"(?P<phrase>(?:完成|占|为|达到|达|实现|执行)(?:了)?[^,;]{{0,20}}?{_TARGET}[^,;]{{0,6}}?)(?:的)?{_REACH}$"
)


def read_share(phrase: str) -> tuple[str, str] | None:
    """Read 绿化用地占规划用地的 before a rate: the part (may be empty) and the whole."""
    found = _SHARE.match(phrase)
    return (found["part"], found["whole"]) if found else None


def read_progress(phrase: str) -> tuple[str, str] | None:
    """Read 完成目标的, 占年度计划的 before a rate: what progressed (may be empty), and the phrase."""
    found = _PROGRESS.match(phrase)
    return (found["part"], found["phrase"]) if found else None
