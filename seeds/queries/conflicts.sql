-- 两份文档对同一数字说法不一
-- Two documents, two values for the same thing
select
    office, indicator, subject, measure, status, period_start, period_end, written, other_written, value, unit,
    other_value, other_unit, sentence, other_sentence, title, other_title, published, other_published, url, other_url,
    document_id, span_start, span_end, other_document_id, other_span_start, other_span_end
from mart.conflicts
order by office, indicator, period_end, document_id, span_start, other_document_id
limit 500
