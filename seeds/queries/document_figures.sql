-- 某份文档中的全部数字
-- Every figure of a document
-- $document =  -- 文档编号或网址 | id or address of the document
select
    indicator, measure, written, value, unit, status, period_start, period_end, section, sentence, url, document_id,
    span_start, span_end, captured_at, payload_digest
from mart.metrics
where document_id = $document or url = $document
order by span_start
