-- 哪些数字从文档中删去了
-- Which figures were taken out of a document
select captured_at, office, title, indicator, measure, status, period_start, period_end, old_written, old_value, old_unit,
    old_sentence, url, document_id, version, old_span_start, old_span_end, old_captured_at, old_payload_digest
from mart.changes
where change = 'removed'
order by captured_at desc, document_id, old_span_start
limit 500
