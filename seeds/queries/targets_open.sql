-- 尚无结果的计划目标
-- Targets of which no outcome was told yet
select office, indicator, measure, period_end, written, sentence, url, document_id, span_start, span_end
from mart.targets
where met is null and indicator is not null
order by period_end desc, office, indicator, document_id, span_start
limit 500
