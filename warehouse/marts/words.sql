-- The words of the newest version of each document, a row a word: how often it stands there and where first. The year is
-- the first that the title tells (…2023年工作总结), else the year of publication.
with texts as (
    select
        documents.*,
        coalesce(
            try_cast(regexp_extract(documents.title, '((?:19|20)[0-9]{2})年', 1) as integer),
            year(documents.published)
        )::integer as year,
        bodies.words
    from mart.documents as documents
    inner join core.documents as bodies using (payload_digest)
    where bodies.kind in ('article', 'file')
)

select
    texts.office,
    texts.district,
    texts.year,
    one.word,
    one.occurrences,
    texts.document_id,
    texts.title,
    texts.url,
    texts.published,
    texts.captured_at,
    one.span_start,
    (one.span_start + length(one.word))::integer as span_end,
    texts.payload_digest
from texts
cross join unnest(texts.words) as list (one)
