"""The title of a page: what its meta tag says, else the visible line that its `<title>` is built from.

`<title>` holds the title and the names of site and column, in either order and behind any separator; the
lines above the body hold the title and much else. What both hold, between separators and as long as
possible, is the title: over two lines and with its subtitle, if the page sets it so.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborHTMLParser

from extract.dates import DAY
from extract.headline import dated_title, is_head_line
from extract.lines import fold_spaces, lines_of
from extract.strip import comparable, is_crumb, is_furniture

_SEPARATOR = re.compile(
    r"(?<!\s)\s*+(?:[_|丨]+|(?<=\s)[-–—]+|-(?=\s))\s*|-(?=[^-\d][^-]{1,30}(?:-[^-]{2,30})?$)"
)
_BOUNDARIES = frozenset(" \t_|丨-–—·:：>»【】()（）")
_TAG = re.compile(r"<[^<>]{0,300}>?")
_SITE = re.compile(
    r"[一-鿿“”（）()]{2,24}(?:政府|网|网站|平台|门户|[局厅委部院]|办事处|办公室|街道|[镇乡]|中心|专栏|频道)"
)
# the label before a title, and the mark of a note behind it
_NOT_OF_TITLE = re.compile(r"^(?:标\s{0,4}题|名\s{0,4}称)\s{0,2}[:：]\s{0,2}|\[\d{1,2}\]$")
_CUT = ("…", "...")
_TITLE_MIN, _PART_MIN, _LINES_MAX = 5, 5, 4
_SPREAD_MAX = 4  # a line so many times as long as `<title>` does not stand in it, whatever is spaced out
_ABOVE_HEAD = range(3, 91)  # characters of a title that only its place tells


def plain_text(text: str) -> str:
    """Return an attribute's text without markup that was written into it, spaces folded."""
    if "<" in text or "&" in text:
        text = _TAG.sub(" ", html.unescape(text))
    return fold_spaces(text).replace("\t", " ").strip()


def page_title(tree: LexborHTMLParser) -> str:
    """Return the text of `<title>`, empty where there is none."""
    node = tree.css_first("title")
    return plain_text(node.text()) if node is not None else ""


def site_names(metas: Mapping[str, str], title: str) -> set[str]:
    """Return the names by which a page calls its site, comparable: SiteName and the last part of `title`."""
    return {comparable(metas.get("sitename", "")), comparable(_SEPARATOR.split(title)[-1])}


def title_of(tree: LexborHTMLParser, metas: Mapping[str, str]) -> str | None:
    """Return the title that the head of the page tells: ArticleTitle, else `<title>` without the names of
    site and column.
    """
    return _told(metas) or _own_part(page_title(tree), metas.get("sitename", "")) or None


def _told(metas: Mapping[str, str]) -> str:
    """Return ArticleTitle, the site's name cut off its end; empty where it says no more than that name."""
    told, site = metas.get("articletitle", ""), comparable(metas.get("sitename", ""))
    if not told or comparable(told) == site:
        return ""
    parts = _SEPARATOR.split(told)
    is_named = len(parts) > 1 and bool(site) and comparable(parts[-1]) == site
    return told[: told.rindex(parts[-1])].rstrip(" \t_|丨-–—") if is_named else told


def _own_part(title: str, site: str) -> str:
    if title == site:
        return ""
    parts = [part.strip() for part in _SEPARATOR.split(title)]
    own = (part for part in parts if len(part) >= _PART_MIN and not _SITE.fullmatch(part))
    return next(own, parts[0]) if _SITE.fullmatch(parts[0]) else parts[0]


def visible_title(
    tree: LexborHTMLParser, metas: Mapping[str, str], above: Sequence[str], hidden: AbstractSet[int]
) -> str | None:
    """Return the title as shown above the body, where the head's title leaves a choice.

    ArticleTitle stands as it is unless it was cut. Without it the longest of the lines `above` that
    `<title>` holds is the title, then a heading element, then the line above the source and date, then
    what `<title>` says.
    """
    own = (_NOT_OF_TITLE.sub("", line) for line in above if not is_crumb(line))
    near = [line for line in own if line and not is_furniture(line)]
    told = _told(metas)
    if told:
        return _made_whole(told, near)
    written, site = page_title(tree), metas.get("sitename", "")
    cut = _own_part(written, site)
    return (
        (_made_whole(cut, near) if cut.endswith(_CUT) else None)
        or _shared_title(written, near, site)
        or _heading(tree, hidden)
        or _above_head_line(near, above)
        or title_of(tree, metas)
    )


def _made_whole(told: str, near: Sequence[str]) -> str:
    """Return the visible line, or the lines together, that a cut title begins."""
    wanted = comparable(told).rstrip(".…")
    if not told.endswith(_CUT) or len(wanted) < 12:
        return told
    longer = [run for run in _runs(near) if len(run) <= 200 and comparable(run).startswith(wanted)]
    return min(longer, key=len, default=told)


def _shared_title(written: str, near: Sequence[str], site: str) -> str | None:
    """Return the longest visible text that `<title>` holds between two of its separators.

    Names of sites and offices count only where nothing else does; of two that are equally long the nearer to
    the body wins.
    """
    folded, edges = _edges_of(written)
    best, best_rank = None, (False, 0)
    length_max = _SPREAD_MAX * len(folded)
    for text in _runs(near, lambda line: len(line) <= length_max and comparable(line) in folded):
        wanted = comparable(text)
        start = folded.find(wanted) if len(wanted) >= _TITLE_MIN else -1
        if start < 0 or not {start, start + len(wanted)} <= edges or wanted == comparable(site):
            continue
        rank = (_SITE.fullmatch(text) is None, len(wanted))
        if rank > best_rank:
            best, best_rank = text, rank
    return best


def _edges_of(written: str) -> tuple[str, set[int]]:
    """Return the comparable form of a text, and the places in it where a part begins or ends."""
    folded: list[str] = []
    edges = {0}
    length = 0
    for char in written:
        kept = comparable(char)
        if char in _BOUNDARIES:
            edges |= {length, length + len(kept)}
        folded.append(kept)
        length += len(kept)
    return "".join(folded), edges | {length}


def _runs(lines: Sequence[str], may_begin: Callable[[str], bool] = bool) -> Iterator[str]:
    """Yield each line, without a day at its end, and joined with the lines below it; the lowest first.

    Lines that `may_begin` refuses begin none.
    """
    for number in range(len(lines) - 1, -1, -1):
        undated = dated_title(lines[number])[0]
        if not may_begin(undated):
            continue
        yield undated
        for end in range(number + 2, min(number + 1 + _LINES_MAX, len(lines) + 1)):
            if is_head_line(lines[end - 1]):
                break
            yield " ".join(lines[number:end])


def _above_head_line(lines: Sequence[str], shown: Sequence[str]) -> str | None:
    """Return the line above the first head line, with the line before it where the page shows both as one."""
    number = next((number for number, line in enumerate(lines) if is_head_line(line)), 0)
    if not number or len(lines[number - 1]) not in _ABOVE_HEAD or is_head_line(lines[number - 1]):
        return None
    whole = comparable("".join(lines[max(0, number - 2) : number]))
    is_split = any(whole in comparable(line) for line in shown)
    return " ".join(lines[max(0, number - 2) : number]) if is_split else lines[number - 1]


def _heading(tree: LexborHTMLParser, hidden: AbstractSet[int]) -> str | None:
    for name in ("ucaptitle", "h1", "h2"):
        nodes = [node for node in tree.css(name)[:5] if node.mem_id not in hidden]
        texts = [text for node in nodes if 6 <= len(text := _undated(" ".join(lines_of(node)))) <= 150]
        if len(texts) == 1:
            return texts[0]
    return None


def _undated(heading: str) -> str:
    """Return a heading without the source and the day that some templates put into it."""
    day = DAY.search(heading)
    return heading[: day.start()].rstrip() if day and is_head_line(heading[day.start() :]) else heading
