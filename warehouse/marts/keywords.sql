-- The twenty words of each document that tell it best from the others, by TF-IDF over all documents of this warehouse:
-- score = occurrences / words of the document * ln((N + 1) / (documents_with_word + 0.5)), where N documents have words.
-- A word that all have comes to almost nothing. Words of the office's or district's own name are counted and not listed.
with spread as (
    select word, count(*) as documents_with_word, ln((any_value(corpus.documents) + 1) / (count(*) + 0.5)) as rarity
    from mart.words
    cross join (select count(distinct document_id) as documents from mart.words) as corpus
    group by word
),

best as (
    select
        words.document_id,
        any_value(words.year) as year,
        sum(words.occurrences) as size,
        max(
            {
                'weight': words.occurrences * spread.rarity,
                'word': words.word,
                'occurrences': words.occurrences,
                'documents_with_word': spread.documents_with_word,
                'span_start': words.span_start,
                'span_end': words.span_end
            },
            20
        ) filter (not contains(concat(words.office, words.district), words.word)) as listed
    from mart.words as words
    inner join spread using (word)
    group by words.document_id
)

select
    documents.office,
    documents.district,
    best.year,
    one.word,
    row_number() over (partition by documents.document_id order by one.weight desc, one.word desc) as place,
    (one.weight / best.size)::decimal(9, 6) as score,
    one.occurrences,
    one.documents_with_word,
    documents.document_id,
    documents.title,
    documents.url,
    documents.published,
    documents.captured_at,
    one.span_start,
    one.span_end,
    documents.payload_digest
from best
cross join unnest(best.listed) as list (one)
inner join mart.documents as documents using (document_id)
