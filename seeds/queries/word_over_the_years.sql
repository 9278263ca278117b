-- 某词历年出现的次数，以及含该词的文档数
-- How often a word stands in each year's documents, and in how many of them
-- $word = 安全生产 -- 词，可在 seeds/userdict.txt 中添加 | word; seeds/userdict.txt takes more
-- $office = % -- 机构，可用 % | office, % stands for anything
with texts as (
    -- sooner than from mart.words, where every word of every text is a row
    select texts.*, list_filter(bodies.words, lambda one: one.word = $word)[1] as told
    from core.documents as bodies
    inner join mart.texts as texts using (payload_digest)
    where coalesce(texts.office, '') like $office
)

select year, count(*) as documents, count(told) as documents_with_word, coalesce(sum(told.occurrences), 0) as occurrences,
    round(10000 * coalesce(sum(told.occurrences), 0) / nullif(sum(words), 0), 1) as per_10000_words,
    unnest(max_by(
        struct_pack(title, url, document_id, span_start := told.span_start, span_end := told.span_start + length(told.word)),
        (told.occurrences, document_id)
    ) filter (told is not null))
from texts
group by year
order by year
