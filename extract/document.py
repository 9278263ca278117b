"""A payload read as a document: the one entry of the document half of this room.

Bytes are decoded, the kind of answer is told, and a page gives its body, title, dates, source, numbers,
tables and attachments. Three forms come in: a platform's JSON record, an HTML page (with such a record
inside, or not), and the plain text of a page. Everything is a function of the payload, its address and its
content type.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, replace
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extract.attachments import Attachment, read_attachments
from extract.challenge import is_published
from extract.container import find_container
from extract.decode import decode
from extract.digest import payload_digest
from extract.embedded import Post, detail_of, post_of, read_json
from extract.files.reader import read_file
from extract.headings import title_of
from extract.kind import Kind, file_type, is_error, poor_kind, says_nothing
from extract.limits import PAYLOAD_BYTES_MAX, too_much
from extract.lines import hidden_nodes, lines_of
from extract.metadata import Facts, meta_tags, number_in_text, read_facts
from extract.plain import read_plain, title_of_lines
from extract.related import related_lists
from extract.sketch import Sketch, sketch_of
from extract.strip import comparable, document_lines, is_paragraph
from extract.tables import Table, read_tables

__all__ = ["SELECTOR_MISSED", "VERSION", "Attachment", "Document", "Kind", "Table", "read_document"]

VERSION = "5"
SELECTOR_MISSED = "page: the site's selector"  # begins the warning of a page that has no such element

_EMPTY = "page: empty answer"  # begins the warning of an answer that says nothing, not even a refusal
_OPENING = re.compile(r"<[a-zA-Z/!?]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!(?:--|doctype)", re.IGNORECASE)
_INSTEAD_OF_TEXT = re.compile(r"<(?:a|audio|embed|iframe|img|object|video)\b", re.IGNORECASE)
_PLAIN_ERROR_MAX = 300  # characters: a text without menus tells an error in few, and in one paragraph
_PARAGRAPHS_MIN = 2
_JSON_STARTS = ('{"', "[{", "[[", '["')
_NO_TEXT = payload_digest(b"")
_DAMAGED_SHARE_MAX = 0.05  # of the characters: noise that no charset fits


@dataclass(frozen=True, slots=True)
class Document:
    """What a payload says.

    `body` is the text that is stored and that offsets count in (Unicode code points). Digests are `sha256:`
    and hex; `text_digest` is over the body in NFKC without white space, so a redesign
    that breaks lines elsewhere makes no new version. `sketch` is None where the text is too short for one.
    """

    payload_digest: str
    extractor_version: str
    kind: Kind
    title: str | None
    published_on: date | None
    issued_on: date | None
    document_number: str | None
    index_number: str | None
    publisher: str | None
    source: str | None
    body: str
    text_digest: str
    tables: tuple[Table, ...]
    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...]
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a payload came from, as far as it helps to read it."""

    url: str | None
    content_type: str | None
    body_selector: str | None


@dataclass(frozen=True, slots=True)
class _Content:
    """A document's parts before digests are taken."""

    kind: Kind
    facts: Facts = field(default_factory=Facts)
    body: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()


def read_document(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    body_selector: str | None = None,
) -> Document:
    """Read a payload (content-decoded bytes); `url` is the page's address, `content_type` the HTTP header.

    `body_selector` is the CSS selector of a site file for the element that holds the document; where it
    matches nothing the general rules find it, with a warning.

    Never raises for what a server can send: the kind and the warnings tell what it was and why it gave
    nothing.
    """
    content = _content(payload, _Origin(url, content_type, body_selector))
    body = "\n".join(content.body)
    text = comparable(body)
    facts = content.facts
    return Document(
        payload_digest=payload_digest(payload),
        extractor_version=VERSION,
        kind=content.kind,
        title=facts.title,
        published_on=facts.published_on,
        issued_on=facts.issued_on,
        document_number=facts.document_number,
        index_number=facts.index_number,
        publisher=facts.publisher,
        source=facts.source,
        body=body,
        text_digest=payload_digest(text.encode()),
        tables=content.tables,
        attachments=content.attachments,
        warnings=(*content.warnings, *facts.warnings),
        sketch=sketch_of(facts.title, body, text),
    )


def unread_document(payload_digest: str, reason: str) -> Document:
    """Return the document of a payload that nobody could read, which says why."""
    return Document(
        payload_digest=payload_digest, extractor_version=VERSION, kind="file", title=None, published_on=None,
        issued_on=None, document_number=None, index_number=None, publisher=None, source=None, body="",
        text_digest=_NO_TEXT, tables=(), attachments=(), warnings=(reason,),
    )  # fmt: skip


def _content(payload: bytes, origin: _Origin) -> _Content:
    if not payload.strip():
        return _Content("error", warnings=(_EMPTY,))
    kind_of_file = file_type(payload, origin.content_type)
    if kind_of_file:
        return _of_file(payload, kind_of_file)
    if len(payload) > PAYLOAD_BYTES_MAX:
        reason = f"page: {len(payload)} bytes, more than the {PAYLOAD_BYTES_MAX} that are parsed"
        return _Content("error", warnings=(reason,))
    decoded = decode(payload, origin.content_type)
    damaged = decoded.text.count("\ufffd")
    if damaged > _DAMAGED_SHARE_MAX * len(decoded.text):
        return _Content("error", warnings=(f"page: no text, {damaged} characters are unreadable",))
    content = _of_text(decoded.text, origin)
    return replace(content, warnings=(*decoded.warnings, *content.warnings))


def _of_file(payload: bytes, kind: str) -> _Content:
    content = read_file(payload, kind)
    facts = Facts(title=title_of_lines(content.lines), document_number=number_in_text(None, content.lines))
    return _Content("file", facts, content.lines, content.tables, (), content.warnings)


def _of_text(text: str, origin: _Origin) -> _Content:
    if says_nothing([text]):
        return _nothing(text)
    start = text[:2_000].lstrip()
    if start[:1] in ("{", "["):
        record = read_json(text)
        if record is not None or start.startswith(_JSON_STARTS):
            return _of_json(record, origin.url)
    declared = (origin.content_type or "").lower()
    if "html" in declared or _OPENING.match(start) or len(_TAG.findall(start)) >= 3:
        return _of_html(text, origin)
    lines = text.splitlines()
    is_brief = len(text) <= _PLAIN_ERROR_MAX and sum(map(is_paragraph, lines)) < _PARAGRAPHS_MIN
    if is_brief and is_error("", lines):
        return _Content("error", warnings=("page: a short text with an error word",))
    page = read_plain(text)
    return _Content("article" if page.body else "error", page.facts, page.body)


def _nothing(text: str) -> _Content:
    return _Content("error", warnings=(f"{_EMPTY}, only {text.strip()[:40]!r}",))


def _of_json(record: object, url: str | None) -> _Content:
    post = post_of(record, url)
    if post is not None:
        return _of_post(post, url)
    if isinstance(record, dict) and isinstance(record.get("articles"), list):
        return _Content("list")
    return _Content("error", warnings=("page: JSON without a document in it",))


def _of_post(post: Post, url: str | None, source: str | None = None) -> _Content:
    refusal = too_much(post.content)
    if refusal:
        return _Content("error", warnings=(refusal,))
    tree = LexborHTMLParser(post.content)
    hidden = hidden_nodes(tree)
    container = tree.body
    lines = document_lines(lines_of(container, hidden)) if container is not None else []
    tables, notes = read_tables(container, hidden) if container is not None else ((), ())
    linked = read_attachments(container, url, hidden) if container is not None else ()
    facts = Facts(
        title=post.title,
        published_on=post.published_on,
        issued_on=post.issued_on,
        document_number=post.document_number or number_in_text(post.title, lines),
        index_number=post.index_number,
        publisher=post.publisher,
        source=source or post.source,
        warnings=post.warnings,
    )
    return _Content("article", facts, tuple(lines), tables, _each_once(post.attachments, linked), notes)


def _each_once(*groups: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    by_address = {each.url: each for group in reversed(groups) for each in group}
    ordered = dict.fromkeys(each.url for group in groups for each in group)
    return tuple(by_address[address] for address in ordered)


def _of_html(page: str, origin: _Origin) -> _Content:
    post = detail_of(page, origin.url)
    if post is None:
        return _of_shown(page, origin)
    head = page[: page.find("</head>") + 1][:100_000]
    metas = meta_tags(LexborHTMLParser(head)) if head and not too_much(head) else {}
    told = _of_post(post, origin.url, metas.get("contentsource"))
    if told.kind != "article" or told.body or _INSTEAD_OF_TEXT.search(post.content):
        return told
    shown = _of_shown(page, origin)
    return _completed(told, shown) if shown.kind == "article" and shown.body else told


def _completed(told: _Content, shown: _Content) -> _Content:
    """Return the document of a record without content: its facts, and what the page shows."""
    facts = {
        each.name: getattr(told.facts, each.name) or getattr(shown.facts, each.name) for each in fields(Facts)
    }
    attachments = _each_once(told.attachments, shown.attachments)
    return replace(shown, facts=Facts(**facts), attachments=attachments)


def _of_shown(page: str, origin: _Origin) -> _Content:
    refusal = too_much(page)
    if refusal:
        return _Content("error", warnings=(refusal,))
    return _of_tree(LexborHTMLParser(page), page, origin)


def _of_tree(tree: LexborHTMLParser, page: str, origin: _Origin) -> _Content:
    metas = meta_tags(tree)
    title = title_of(tree, metas)
    hidden = hidden_nodes(tree)
    selected, missed = _selected(tree, origin.body_selector)
    container = selected or find_container(tree, title, hidden)
    hidden = hidden | related_lists(container, hidden) if container is not None else hidden
    inside = lines_of(container, hidden) if container is not None else []
    if _is_nothing(tree, page, inside, hidden):
        return _nothing("".join(inside))
    poor = poor_kind(tree, page, title or "", inside, hidden)
    if poor is not None:
        return _Content(poor, Facts(title=title), warnings=(f"page: no document, a page of kind {poor}",))
    facts, body = read_facts(tree, page, metas, container, inside, hidden)
    lines = tuple(document_lines(body))
    if container is None:
        return _Content("article", facts, warnings=(*missed, "page: no text, perhaps only pictures"))
    tables, notes = read_tables(container, hidden)
    attachments = read_attachments(container, origin.url, hidden)
    return _Content("article", facts, lines, tables, attachments, (*missed, *notes))


def _is_nothing(tree: LexborHTMLParser, page: str, inside: list[str], hidden: AbstractSet[int]) -> bool:
    """Tell a page whose whole text says nothing, with no picture, no file and no mark of a published page."""
    if not inside or not says_nothing(inside) or tree.body is None or _INSTEAD_OF_TEXT.search(page):
        return False
    return says_nothing(lines_of(tree.body, hidden)) and not is_published(page, "")


def _selected(tree: LexborHTMLParser, selector: str | None) -> tuple[LexborNode | None, tuple[str, ...]]:
    """Return the element that a site file names, and a warning where the page has none."""
    if selector is None:
        return None, ()
    try:
        node = tree.css_first(selector)
    except SelectolaxError:
        node = None
    return node, () if node is not None else (f"{SELECTOR_MISSED} {selector!r} matches nothing",)
