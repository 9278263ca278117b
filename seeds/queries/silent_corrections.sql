-- 哪些数字未作说明而更改
-- Which figures were silently corrected
select
    captured_at, office, title, indicator, measure, status, period_start, period_end, old_written, new_written,
    old_value, old_unit, new_value, new_unit, old_sentence, new_sentence, url, document_id, version,
    old_span_start, old_span_end, new_span_start, new_span_end, old_captured_at, old_payload_digest, new_payload_digest
from mart.changes
where change = 'changed'
order by captured_at desc, document_id, new_span_start
limit 500
