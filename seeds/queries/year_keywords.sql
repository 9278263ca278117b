-- 某年报告的关键词及其所在文档
-- What the reports of a year were about: its keywords, each with a document that has it
-- $year = 2024 -- 年份 | year
-- $documents = 2 -- 至少写在几份文档中 | in how many documents it stands at least
-- $district = % -- 区，可用 %；空为全部 | district, % stands for anything; empty for all together
select district, place, word, occurrences, documents, documents_with_word, score, title, url, document_id, span_start,
    span_end
from mart.year_keywords
where
    year = try_cast($year as integer) and documents >= try_cast($documents as integer)
    and if($district = '', level = 'all', district like $district)
order by district, place
