-- 某份文档中的全部数字
-- Every figure of a document
-- $document =  -- 文档编号或网址，留空为最新一份 | id or address of the document, empty for the newest
select
    title, indicator, measure, written, value, unit, qualifier, status, period_start, period_end, section, sentence, url,
    document_id, span_start, span_end, captured_at, payload_digest
from mart.metrics
where
    document_id = $document
    or url = $document
    or (
        $document = ''
        and document_id = (
            select document_id from mart.metrics order by published desc nulls last, captured_at desc, document_id limit 1
        )
    )
order by span_start
