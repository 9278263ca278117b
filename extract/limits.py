"""Pages that are refused before they are parsed: a parser cannot be stopped once it has begun.

The parser (lexbor) takes quadratic time for elements nested in each other, for attributes on one tag and for
the options of a list: 100,000 nested elements took it 14 s. Formatting that nobody closes it opens anew in
each paragraph, as the HTML standard wants: 80 KB of that took it 3 GB. The looks here are linear, and the
close ones are taken only at pages so large that they could hide anything.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

PAYLOAD_BYTES_MAX = 8 * 1024 * 1024
_TAGS_MAX, _ATTRIBUTES_MAX = 40_000, 50_000  # of a page
_DEPTH_MAX, _OPTIONS_MAX, _TAG_WORDS_MAX = 10_000, 10_000, 20_000
_COPIES_MAX = 400_000
_LONG_PAGE, _LONG_TAG = 100_000, 40_000  # characters: fewer hold no names for that many attributes
_FEW_TAGS = 800  # fewer than these cannot open as many copies
_CLOSED_BY_NEXT = (
    "p|li|dt|dd|option|optgroup|tr|td|th|tbody|thead|tfoot|"
    "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
)
_NESTING_TAG = re.compile(rf"<(/?)(?!(?:{_CLOSED_BY_NEXT})\b)[a-zA-Z]", re.IGNORECASE)
_FORMATTING_TAG = re.compile(  # its letters first: of the tags few begin with one of them
    r"<(/?)(?=[bcefistu])(b|big|code|em|font|i|s|small|strike|strong|tt|u)(?![a-z0-9:-])[^<>]*(>?)",
    re.IGNORECASE,
)
_ALIKE_MAX = 3  # formatting elements that are alike; of more the parser forgets the first (HTML, 13.2.4.3)
# linear: a quote that no other one ends is the last of its kind
_QUOTED_VALUE = re.compile(r"=\s{0,9}(?:\"[^\"]*\"|'[^']*')")
_OPTION = re.compile(r"<opt", re.IGNORECASE)
_SCRIPT_START, _SCRIPT_END = re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script", re.IGNORECASE)


def too_much(text: str) -> str | None:
    """Return why a page is refused before it is parsed, None where it may be parsed."""
    for count, limit, name in _counts(text):
        if count > limit:
            return f"page: {count} {name}, more than the {limit} that are parsed"
    return None


def _counts(text: str) -> Iterator[tuple[int, int, str]]:
    tags = text.count("<")
    yield tags, _TAGS_MAX, "tags ('<')"
    attributes = text.count("=")
    if attributes > _ATTRIBUTES_MAX:
        attributes = sum(part.count("=") for part in _without_scripts(text))
    yield attributes, _ATTRIBUTES_MAX, "attributes ('=')"
    if tags > _FEW_TAGS:
        yield _copies(text), _COPIES_MAX, "copies of formatting left open"
    if tags > _DEPTH_MAX:
        yield _depth(text), _DEPTH_MAX, "elements inside each other"
        yield len(_OPTION.findall(text)), _OPTIONS_MAX, "options of a list"
    if len(text) > _LONG_PAGE:
        yield _words_of_longest_tag(text), _TAG_WORDS_MAX, "attributes on one tag"


def _without_scripts(text: str) -> Iterator[str]:
    for part in _SCRIPT_END.split(text):
        yield _SCRIPT_START.split(part, maxsplit=1)[0]


def _depth(text: str) -> int:
    """Return how deep elements stand in each other at most, those left out that the next one closes."""
    depth = deepest = 0
    for closing in _NESTING_TAG.findall(text):
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _copies(text: str) -> int:
    """Return how many elements of formatting (`<font>`, `<b>`) the parser may add, one at each tag for each
    that is open there.
    """
    opened: defaultdict[str, list[str]] = defaultdict(list)
    alike: Counter[str] = Counter()
    copies = standing = place = 0
    for tag in _FORMATTING_TAG.finditer(text):
        copies += standing * text.count("<", place, tag.start())
        place = tag.start()
        name = tag[2].lower()
        if not tag[1]:
            written = tag[0] if _is_whole(tag) else f"{place}"
            opened[name].append(written)
            alike[written] += 1
            standing += alike[written] <= _ALIKE_MAX
        elif opened[name]:
            written = opened[name].pop()
            standing -= alike[written] <= _ALIKE_MAX
            alike[written] -= 1
    return copies + standing * text.count("<", place)


def _is_whole(tag: re.Match[str]) -> bool:
    """Tell whether a match is the whole tag: a quoted value may hold the marks of a tag's end."""
    return bool(tag[3]) and not (tag[0].count('"') % 2 or tag[0].count("'") % 2)


def _words_of_longest_tag(text: str) -> int:
    """Count what can be attributes in the longest tags; quoted values may hold the marks of a tag's end."""
    parts = (part for part in _QUOTED_VALUE.sub("=", text).split(">") if len(part) > _LONG_TAG)
    tags = (re.search(r"<[a-zA-Z].*", part, re.DOTALL) for part in parts)
    return max((len(tag[0].replace("/", " ").split()) for tag in tags if tag), default=0)
