-- The newest text of each document, how long it is, and the year it is of: the first that the title tells
-- (…2023年工作总结), else the year of publication. `words` are those that are counted, see mart.words.
select
    documents.office,
    documents.district,
    coalesce(
        try_cast(regexp_extract(documents.title, '((?:19|20)[0-9]{2})年', 1) as integer),
        year(documents.published)
    )::integer as year,
    length(bodies.body)::integer as characters,
    coalesce(list_sum(list_transform(bodies.words, lambda one: one.occurrences)), 0)::integer as words,
    documents.document_id,
    documents.title,
    documents.url,
    documents.published,
    documents.captured_at,
    documents.payload_digest
from mart.documents as documents
inner join core.documents as bodies using (payload_digest)
where bodies.kind in ('article', 'file')
