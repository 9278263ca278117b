"""Search in the texts of documents: exact, character by character, over the newest version of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

SENTENCE_ENDS = "。！？；\n"
WINDOW = 120

FIND = """
    with texts as (
        select documents.*, read.body
        from mart.documents as documents
        inner join core.documents as read using (payload_digest)
        where
            ($office is null or documents.office = $office)
            and ($district is null or documents.district = $district or documents.district_code = $district)
            and ($year is null or year(documents.published) = $year)
    )

    select
        document_id,
        title,
        office,
        url,
        published,
        payload_digest,
        strpos(body, $first) - 1 as "offset",
        (length(body) - length(replace(body, $first, ''))) // length($first) as occurrences,
        greatest(strpos(body, $first) - 1 - $window, 0) as window_start,
        substr(body, window_start + 1, length($first) + 2 * $window) as "window"
    from texts
    where list_bool_and(list_transform($words, lambda word: contains(body, word)))
    order by published desc nulls last, document_id
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that has the words: where the first of them comes first, its sentence, and how often."""

    document_id: str
    title: str | None
    office: str | None
    url: str
    published: date | None
    payload_digest: str
    offset: int
    occurrences: int
    sentence: str


def search(
    connection: DuckDBPyConnection,
    words: str,
    *,
    office: str | None = None,
    district: str | None = None,
    year: int | None = None,
) -> Iterator[Hit]:
    """Yield the documents whose newest text has all `words` (parted by spaces), newest first.

    `district` is a name or a code of six digits, `year` that of publication. No words find nothing.
    """
    wanted = words.split()
    if not wanted:
        return
    rows = connection.execute(
        FIND,
        {
            "words": wanted,
            "first": wanted[0],
            "office": office,
            "district": district,
            "year": year,
            "window": WINDOW,
        },
    ).fetchall()
    for document_id, title, office, url, published, digest, offset, occurrences, start, window in rows:
        sentence = sentence_around(window, offset - start, len(wanted[0]))
        yield Hit(document_id, title, office, url, published, digest, offset, occurrences, sentence)


def sentence_around(text: str, start: int, length: int) -> str:
    """Return the sentence of `text` around `length` characters from `start`, its end mark included."""
    begin = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    ends = [found for mark in SENTENCE_ENDS if (found := text.find(mark, start + length)) >= 0]
    return text[begin : min(ends) + 1 if ends else len(text)].strip()
