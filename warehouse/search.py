"""Search in the texts of documents: exact, character by character, over the newest version of each.

The index beside a published copy answers; where it is missing or cannot be read, every text is looked
through, with the same answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.query import refuse_half_characters
from warehouse.snippet import Snippet, snippet
from warehouse.text_index import find, index_path

# texts are looked at where they lie and let go: sorted or joined, all of them would be held in memory
SCAN = """
    with found as (
        select payload_digest
        from core.documents
        where list_bool_and(list_transform($words, lambda word: contains(body, word)))
    )

    select document_id, payload_digest
    from mart.documents
    semi join found using (payload_digest)
    where
        ($office is null or office = $office)
        and ($district is null or district = $district or district_code = $district)
        and ($year is null or year(published) = $year)
        and ($kind is null or kind = $kind)
        and ($state is null or state = $state)
    order by published desc nulls last, document_id
"""
TEXT = "select body from core.documents where payload_digest = ?"
SHOWN = """
    select document_id, title, office, district, kind, state, url, published, payload_digest
    from mart.documents
    where document_id in (select unnest(string_split(?, ',')))
"""
NAMED = """
    select
        count(*) filter ({column} = $name) > 0 as is_one,
        list(distinct {column} order by {column}) filter (contains({column}, $name))[:5] as names
    from mart.documents
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
    limit: int = 20,
) -> Found:
    """Find the documents whose newest text has all `words` (parted by white space), the newest first.

    `connection` reads the published `copy`. All are counted, the first `limit` shown. No words find nothing.
    Raise QueryError for what is asked with half a character.
    """
    wanted = words.split()
    if not wanted:
        return Found(0, (), None)
    terms = {name: str(value) for name, value in asdict(filters).items() if value is not None}
    for asked in (words, *terms.values()):
        refuse_half_characters(asked, "search")
    try:
        count, snippets = find(index_path(copy), wanted, terms, limit)
        return Found(count, tuple(_hits(connection, snippets)), None)
    except (OSError, ValueError) as error:
        without_index = _reason(error)
    count, snippets = scan(connection, wanted, filters, limit)
    return Found(count, tuple(_hits(connection, snippets)), without_index)


def _reason(error: OSError | ValueError) -> str:
    return f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)


def scan(
    connection: DuckDBPyConnection, words: Sequence[str], filters: Filters, limit: int
) -> tuple[int, list[Snippet]]:
    """Look through every text; return what `text_index.find` returns."""
    found = connection.execute(SCAN, {"words": words, **asdict(filters)}).fetchall()
    snippets = []
    for document_id, payload_digest in found[:limit]:
        ((body,),) = connection.execute(TEXT, [payload_digest]).fetchall()
        snippets.append(snippet(document_id, body, words[0]))
    return len(found), snippets


def unknown_names(connection: DuckDBPyConnection, filters: Filters) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the office and district of the filters that no document is of, each with up to five names that
    contain it. A district of digits is a code.
    """
    district = "district_code" if (filters.district or "").isdecimal() else "district"
    for column, name in (("office", filters.office), (district, filters.district)):
        if name is None:
            continue
        rows = connection.execute(NAMED.format(column=column), {"name": name}).fetchall()
        is_one, names = rows[0]
        if not is_one:
            yield name, tuple(names or ())


def _hits(connection: DuckDBPyConnection, snippets: Sequence[Snippet]) -> Iterator[Hit]:
    """Yield the hits in the order of their snippets; raise ValueError for a document that is not there."""
    rows = connection.execute(SHOWN, [",".join(found.document_id for found in snippets)]).fetchall()
    documents = {row[0]: row for row in rows}
    for found in snippets:
        if found.document_id not in documents:
            raise ValueError("the index is that of another copy")
        yield Hit(*[*documents[found.document_id], found.offset, found.occurrences, found.sentence])
