"""Search in the texts of documents: exact, character by character, over the newest version of each.

The index beside a published copy answers; where it is missing or cannot be read, every text is looked
through, with the same answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.text_index import find, index_path

SENTENCE_ENDS = "。！？；\n"
WINDOW = 120
TEXTS_AT_ONCE = 500

SCAN = """
    select document_id
    from mart.documents as documents
    inner join core.documents as read using (payload_digest)
    where
        ($office is null or documents.office = $office)
        and ($district is null or documents.district = $district or documents.district_code = $district)
        and ($year is null or year(documents.published) = $year)
        and ($kind is null or documents.kind = $kind)
        and ($state is null or documents.state = $state)
        and list_bool_and(list_transform($words, lambda word: contains(read.body, word)))
    order by documents.published desc nulls last, document_id
"""
SHOWN = """
    with chosen as (
        select
            unnest(string_split($ids, ',')) as document_id,
            generate_subscripts(string_split($ids, ','), 1) as place
    )

    select
        document_id,
        documents.title,
        documents.office,
        documents.district,
        documents.kind,
        documents.state,
        documents.url,
        documents.published,
        payload_digest,
        strpos(body, $first) - 1 as "offset",
        (length(body) - length(replace(body, $first, ''))) // length($first) as occurrences,
        greatest(strpos(body, $first) - 1 - $window, 0) as window_start,
        substr(body, window_start + 1, length($first) + 2 * $window) as "window"
    from mart.documents as documents
    inner join chosen using (document_id)
    inner join core.documents as read using (payload_digest)
    order by chosen.place
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents are searched; None is any.

    `district` is a name or a code of six digits, `year` that of publication, `kind` what the document is
    (article, file …), `state` whether it is held or gone.
    """

    office: str | None = None
    district: str | None = None
    year: int | None = None
    kind: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that has the words: where the first of them comes first, its sentence, and how often."""

    document_id: str
    title: str | None
    office: str | None
    district: str | None
    kind: str
    state: str
    url: str
    published: date | None
    payload_digest: str
    offset: int
    occurrences: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """How many documents have the words, the first of them, and why the index was not used, if so."""

    count: int
    hits: tuple[Hit, ...]
    without_index: str | None


def search(
    connection: DuckDBPyConnection,
    copy: Path,
    words: str,
    filters: Filters = Filters(),
    *,
    limit: int | None = None,
) -> Found:
    """Find the documents whose newest text has all `words` (parted by white space), the newest first.

    `connection` reads the published `copy`. All are counted, the first `limit` shown. No words find nothing.
    """
    wanted = words.split()
    if not wanted:
        return Found(0, (), None)
    without_index = None
    terms = {name: str(value) for name, value in asdict(filters).items() if value is not None}
    try:
        count, ids = find(index_path(copy), wanted, terms, limit)
    except (OSError, ValueError) as error:
        without_index = str(error)
        count, ids = _scan(connection, wanted, filters, limit)
    return Found(count, tuple(_hits(connection, ids, wanted[0])), without_index)


def _scan(
    connection: DuckDBPyConnection, words: Sequence[str], filters: Filters, limit: int | None
) -> tuple[int, list[str]]:
    """Look through every text; return what `text_index.find` returns."""
    rows = connection.execute(SCAN, {"words": words, **asdict(filters)}).fetchall()
    return len(rows), [document_id for (document_id,) in rows[:limit]]


def _hits(connection: DuckDBPyConnection, ids: Sequence[str], first: str) -> Iterator[Hit]:
    for start in range(0, len(ids), TEXTS_AT_ONCE):
        chosen = ",".join(ids[start : start + TEXTS_AT_ONCE])
        rows = connection.execute(SHOWN, {"ids": chosen, "first": first, "window": WINDOW}).fetchall()
        for *shown, window_start, window in rows:
            sentence = sentence_around(window, shown[-2] - window_start, len(first))
            yield Hit(*[*shown, sentence])


def sentence_around(text: str, start: int, length: int) -> str:
    """Return the sentence of `text` around `length` characters from `start`, its end mark included."""
    begin = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    ends = [found for mark in SENTENCE_ENDS if (found := text.find(mark, start + length)) >= 0]
    return text[begin : min(ends) + 1 if ends else len(text)].strip()
