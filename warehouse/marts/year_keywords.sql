-- The fifty words that tell best what was written of a year: in a district, and everywhere (where `district` is null),
-- as `level` says. Scored as in mart.keywords, with all documents of the district or year taken for one. The document
-- shown has the word most often. An office's year is asked of mart.keywords: it has few documents.
with of_districts as (
    select
        district,
        year,
        word,
        sum(occurrences)::bigint as occurrences,
        count(*) as documents
    from mart.words
    where year is not null
    group by district, year, word
),

counted as (
    select 'district' as level, * from of_districts where district is not null
    union all
    select 'all', null, year, word, sum(occurrences)::bigint, sum(documents)::bigint
    from of_districts
    group by year, word
),

best as (
    select
        counted.level,
        counted.district,
        counted.year,
        sum(counted.occurrences) as size,
        max(
            {
                'weight': counted.occurrences * vocabulary.idf,
                'word': counted.word,
                'occurrences': counted.occurrences,
                'documents': counted.documents,
                'documents_with_word': vocabulary.documents_with_word
            },
            50
        ) filter (not contains(coalesce(counted.district, ''), counted.word)) as words
    from counted
    inner join mart.vocabulary as vocabulary using (word)
    group by counted.level, counted.district, counted.year
),

listed as (
    select best.* exclude (words), one.*
    from best
    cross join unnest(best.words) as list (one)
),

shown as (
    select
        listed.*,
        max({'occurrences': words.occurrences, 'document_id': words.document_id, 'start': words.span_start}) as shown
    from listed
    inner join mart.words as words
        on
            words.word = listed.word
            and words.year = listed.year
            and (listed.level = 'all' or words.district = listed.district)
    group by all
)

select
    shown.level,
    shown.district,
    shown.year,
    shown.word,
    row_number() over (
        partition by shown.level, shown.district, shown.year order by shown.weight desc, shown.word desc
    ) as place,
    (shown.weight / shown.size)::decimal(9, 6) as score,
    shown.occurrences,
    shown.documents,
    shown.documents_with_word,
    documents.office,
    documents.document_id,
    documents.title,
    documents.url,
    documents.published,
    documents.captured_at,
    shown.shown.start as span_start,
    (shown.shown.start + length(shown.word))::integer as span_end,
    documents.payload_digest
from shown
inner join mart.documents as documents on documents.document_id = shown.shown.document_id
