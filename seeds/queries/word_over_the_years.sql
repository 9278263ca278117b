-- 某词历年出现多少次，写到它的文档占几成
-- How often a word stands in each year's documents, and which share of them has it
-- $word = 安全生产 -- 词，seeds/userdict.txt 可添 | word; seeds/userdict.txt takes more
-- $office = % -- 机构，可用 % | office, % stands for anything
with years as (
    select year, count(distinct document_id) as documents, sum(occurrences) as words
    from mart.words
    where coalesce(office, '') like $office
    group by year
),

told as (
    select year, count(*) as documents_with_word, sum(occurrences) as occurrences,
        max_by(struct_pack(title, url, document_id, span_start, span_end), (occurrences, document_id)) as shown
    from mart.words
    where word = $word and coalesce(office, '') like $office
    group by year
)

select years.year, documents, coalesce(documents_with_word, 0) as documents_with_word, coalesce(occurrences, 0) as occurrences,
    round(10000 * coalesce(occurrences, 0) / words, 1) as per_10000_words, unnest(shown)
from years
left join told on told.year is not distinct from years.year
order by years.year
