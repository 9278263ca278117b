"""The full-text index beside a published copy: every character of every text with its place, in tantivy.

A word is asked as the phrase of its characters, so what is found is what a plain scan would find. Words cut
by a dictionary find more than there is, and trigrams find no word of two characters. The files of an index
are never written twice: the next copy's index begins as links to them and adds what is new.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import tantivy
from duckdb import DuckDBPyConnection
from tantivy import Document, Index, Occur, Query, Searcher, TextAnalyzerBuilder, Tokenizer

from warehouse.errors import WarehouseError
from warehouse.index_files import carry_over, damage, own_links, seal
from warehouse.snippet import Snippet, snippet

SUFFIX = ".search"
HEAP_BYTES = 30_000_000
ROWS_AT_ONCE = 200
FILTERS = ("office", "district", "year", "kind", "state")
# No word of a question holds white space, so one mark stands for all of it that parts tokens
SPACES = dict.fromkeys(map(ord, " \t\n\r\f"), "\u2028")
ORDER_BITS = 40
PANIC = "PanicException"

# a text is written anew where anything that the index knows of it has changed
SEARCHED = """
    select
        md5_number_lower(concat_ws(
            chr(31), document_id, coalesce(documents.office, ''), coalesce(documents.district, ''),
            coalesce(documents.district_code, ''), coalesce(documents.published::varchar, ''),
            documents.kind, documents.state, read.body
        )) as key,
        document_id,
        documents.office,
        [documents.district, documents.district_code] as district,
        documents.published,
        documents.kind,
        documents.state,
        read.body
    from mart.documents as documents
    inner join core.documents as read using (payload_digest)
"""
KEYS = f"select key from ({SEARCHED})"  # noqa: S608 - our own
NEW = f"""
    from ({SEARCHED})
    semi join (select unnest(string_split($keys, ','))::ubigint as key) using (key)
    where $keys <> ''
"""


def index_path(copy: Path) -> Path:
    """Return where the index of a published copy is kept: beside it."""
    return copy.with_suffix(SUFFIX)


def write_index(connection: DuckDBPyConnection, folder: Path, previous: Path | None) -> None:
    """Write the index of the newest texts of a copy's documents to the new `folder`.

    `connection` is the copy's, with its marts; `previous` is the index of an earlier copy: what has not
    changed is kept of it, where it is whole. Raise OSError or WarehouseError where the folder cannot be
    written.
    """
    if previous is not None and not damage(previous):
        try:
            carry_over(previous, folder)
            return _bring_up(_with_characters(Index.open(str(folder))), connection, folder)
        except ValueError:  # another version of tantivy wrote it
            shutil.rmtree(folder)
    folder.mkdir(parents=True)
    try:
        _bring_up(_with_characters(Index(_schema(), str(folder))), connection, folder)
    except ValueError as error:
        reason = f"{error}; make room where the disk is full, and run again; what is stored is whole"
        raise WarehouseError(f"{folder}: cannot be written: {reason}") from error


def _bring_up(index: Index, connection: DuckDBPyConnection, folder: Path) -> None:
    """Take out of an index what the copy has not, add what only the copy has, and seal it."""
    keys = {key for (key,) in connection.execute(KEYS).fetchall()}
    known = set(_keys(index.searcher()))
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
    # by a query: a deletion by the term of a number deletes nothing, without a word
    writer.delete_documents_by_query(Query.term_set_query(index.schema, "key", sorted(known - keys)))
    cursor = connection.execute(NEW, {"keys": ",".join(map(str, sorted(keys - known)))})
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        for row in rows:
            writer.add_document(_document(*row))
    writer.commit()
    writer.wait_merging_threads()
    seal(folder)


def find(
    folder: Path, words: Sequence[str], filters: Mapping[str, str], limit: int
) -> tuple[int, list[Snippet]]:
    """Return how many documents have all words and pass all filters, and where the first word stands in the
    first `limit` of them.

    The newest come first, those without a date last. `filters` are of FILTERS. Raise OSError or ValueError
    where the index is missing or cannot be read.
    """
    with own_links(folder) as own:
        try:
            return _ask(_with_characters(Index.open(str(own))), words, filters, limit)
        except BaseException as error:
            # where bytes of a file are not what they were, tantivy panics; its class cannot be imported
            if type(error).__name__ != PANIC:
                raise
            raise ValueError(f"{folder}: is damaged ({error})") from error


def _ask(
    index: Index, words: Sequence[str], filters: Mapping[str, str], limit: int
) -> tuple[int, list[Snippet]]:
    searcher = index.searcher()
    terms = [Query.term_query(index.schema, name, value) for name, value in filters.items()]
    query = Query.boolean_query([(Occur.Must, part) for part in [*terms, *_phrases(index, words)]])
    # room for the whole limit is taken beforehand
    shown = min(limit, max(searcher.num_docs, 1))
    found = searcher.search(query, limit=shown, order_by_field="rank")
    count: int = found.count  # type: ignore[attr-defined] # its stub has no count
    kept = [searcher.doc(address) for _, address in found.hits]
    return count, [snippet(each["document_id"][0], each["body"][0].decode(), words[0]) for each in kept]


def _phrases(index: Index, words: Iterable[str]) -> Iterator[Query]:
    for word in words:
        if len(word) == 1:
            yield Query.term_query(index.schema, "text", word)
        else:
            yield Query.phrase_query(index.schema, "text", list(word))


def _document(
    key: int,
    document_id: str,
    office: str | None,
    district: list[str | None],
    published: date | None,
    kind: str,
    state: str,
    body: str,
) -> Document:
    document = Document()
    document.add_unsigned("key", key)
    document.add_unsigned("rank", _rank(published, document_id))
    document.add_text("document_id", document_id)
    year = str(published.year) if published else None
    told = (("office", office), *(("district", name) for name in district), ("year", year))
    for name, value in (*told, ("kind", kind), ("state", state)):
        if value:
            document.add_text(name, value)
    document.add_bytes("body", body.encode())
    document.add_text("text", " ".join(body.translate(SPACES)))
    return document


def _rank(published: date | None, document_id: str) -> int:
    """Return a number that is higher the earlier a document stands: by its day, then by its id."""
    day = published.toordinal() if published else 0
    last = (1 << ORDER_BITS) - 1
    return day << ORDER_BITS | last - (int(document_id, 16) >> (64 - ORDER_BITS))


def _keys(searcher: Searcher) -> Iterator[int]:
    if not searcher.num_docs:
        return
    found = searcher.search(Query.all_query(), limit=searcher.num_docs, order_by_field="key")
    for key, _ in found.hits:
        yield int(key)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="characters")
    for name in FILTERS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("body", stored=True)
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("rank", fast=True)
    return builder.build()


def _with_characters(index: Index) -> Index:
    index.register_tokenizer("characters", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index
