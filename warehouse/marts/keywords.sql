-- The twenty words of each document that tell it best from the others, by TF-IDF over all documents of this warehouse:
-- score = occurrences / words of the document * idf. Words of the office's or district's own name are counted and not
-- listed. All else that is told of a word goes through the lists: to find it again would be to lay out all words twice.
with best as (
    select
        words.document_id,
        sum(words.occurrences) as size,
        max(
            {
                'weight': words.occurrences * vocabulary.idf,
                'word': words.word,
                'occurrences': words.occurrences,
                'span_start': words.span_start,
                'documents_with_word': vocabulary.documents_with_word
            },
            20
        ) filter (not contains(concat(words.office, words.district), words.word)) as listed
    from mart.words as words
    inner join mart.vocabulary as vocabulary using (word)
    group by words.document_id
),

listed as (
    select
        document_id,
        size,
        unnest(listed) as one,
        generate_subscripts(listed, 1) as place
    from best
)

select
    texts.office,
    texts.district,
    texts.year,
    listed.one.word,
    listed.place,
    (listed.one.weight / listed.size)::decimal(9, 6) as score,
    listed.one.occurrences,
    listed.one.documents_with_word,
    listed.document_id,
    texts.title,
    texts.url,
    texts.published,
    texts.captured_at,
    listed.one.span_start,
    (listed.one.span_start + length(listed.one.word))::integer as span_end,
    texts.payload_digest
from listed
inner join mart.texts as texts using (document_id)
