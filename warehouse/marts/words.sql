-- The words of each text of mart.texts, a row a word: how often it stands there and where first.
with listed as (
    select
        texts.*,
        bodies.words as words_listed
    from mart.texts as texts
    inner join core.documents as bodies using (payload_digest)
    -- true of all of them; with it DuckDB lays the words out in two thirds of the time
    where bodies.kind in ('article', 'file')
)

select
    listed.office,
    listed.district,
    listed.year,
    one.word,
    one.occurrences,
    listed.document_id,
    listed.title,
    listed.url,
    listed.published,
    listed.captured_at,
    one.span_start,
    (one.span_start + length(one.word))::integer as span_end,
    listed.payload_digest
from listed
cross join unnest(listed.words_listed) as list (one)
