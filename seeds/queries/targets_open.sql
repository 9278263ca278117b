-- 尚无结果的计划目标
-- Targets that no outcome has decided yet
select
    office, indicator, subject, measure, period_start, period_end, written, value, unit, outcome_written as outcome,
    sentence, title, url, document_id, span_start, span_end
from mart.targets
where met is null
order by period_end desc, office, indicator, document_id, span_start
limit 500
