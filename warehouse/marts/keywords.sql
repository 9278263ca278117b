-- The twenty words of each document that tell it best from the others, by TF-IDF over all documents of this warehouse:
-- score = occurrences / words of the document * idf. Words of the office's or district's own name are counted and not
-- listed. The list is made of weights and words alone, and the rest joined after: it is held in memory.
with best as (
    select
        words.document_id,
        sum(words.occurrences) as size,
        max({'weight': words.occurrences * vocabulary.idf, 'word': words.word}, 20)
        filter (not contains(concat(words.office, words.district), words.word)) as listed
    from mart.words as words
    inner join mart.vocabulary as vocabulary using (word)
    group by words.document_id
),

listed as (
    select
        best.document_id,
        one.word,
        row_number() over (partition by best.document_id order by one.weight desc, one.word desc) as place,
        (one.weight / best.size)::decimal(9, 6) as score
    from best
    cross join unnest(best.listed) as list (one)
)

select
    words.office,
    words.district,
    words.year,
    words.word,
    listed.place,
    listed.score,
    words.occurrences,
    vocabulary.documents_with_word,
    words.document_id,
    words.title,
    words.url,
    words.published,
    words.captured_at,
    words.span_start,
    words.span_end,
    words.payload_digest
from mart.words as words
inner join listed using (document_id, word)
inner join mart.vocabulary as vocabulary using (word)
